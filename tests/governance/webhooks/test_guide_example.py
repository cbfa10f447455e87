import re

import pytest

from governance.webhooks.actions import create_webhook, send_test
from governance.webhooks.delivering import deliver
from hub.core.outgoing import Outgoing
from hub.guide.instance import this_instance
from hub.guide.rendering import source
from tests.factories.people import acting, make_user
from tests.services.receiver import receiving


@pytest.mark.django_db
@pytest.mark.data
def test_the_example_of_the_guide_believes_this_hub_and_nobody_else(settings):
    text = source("webhooks", this_instance())
    example: dict = {}
    (code,) = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    exec(code, example)
    ada = make_user("ada")
    with receiving() as receiver:
        settings.WEBHOOK_NETWORKS, settings.WEBHOOK_PORTS = ["127.0.0.1/32"], [receiver.port]
        hook, secret = create_webhook(
            ada, url=receiver.url(), events=["version:released"], actor=acting(ada)
        )
        sent = send_test(hook, actor=acting(ada))
        outgoing = Outgoing(resolver=lambda host, port: ["127.0.0.1"])
        deliver({"delivery": str(sent.pk)}, outgoing=outgoing)
    _, headers, body = receiver.got[0]

    assert example["is_from_hub"](secret, headers, body)
    assert not example["is_from_hub"](secret, headers, body + b" ")
    assert not example["is_from_hub"](example["secret"], headers, body)
    assert not example["is_from_hub"](
        secret, headers, body, now=int(headers["webhook-timestamp"]) + 301
    )
