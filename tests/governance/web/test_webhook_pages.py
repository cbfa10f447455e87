from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from governance.webhooks.actions import create_webhook, send_test
from governance.webhooks.delivering import deliver
from governance.webhooks.models import Delivery, Webhook
from hub.core.outgoing import Outgoing
from tests.factories.models import make_repo
from tests.factories.people import acting, add_member, make_organization, make_user
from tests.services.receiver import receiving

pytestmark = [pytest.mark.django_db, pytest.mark.data]
URL = "https://hooks.example/in"


@pytest.fixture
def owner(client):
    person = make_user("ada")
    client.force_login(person)
    return person


@pytest.fixture
def organization(owner):
    return make_organization("savanna", owner, preset="open")


@pytest.fixture
def hook(organization, owner):
    made, _ = create_webhook(
        organization, url=URL, events=["version:released"], actor=acting(owner)
    )
    return made


def page(client, path):
    return client.get(path).content.decode()


@pytest.mark.parametrize(
    "path", ["/orgs/savanna/webhooks", "/savanna/leaf/settings/webhooks", "/settings/webhooks"]
)
def test_a_webhook_is_added_and_its_secret_shown_once(organization, owner, client, path):
    make_repo("leaf", owner=owner, organization=organization)

    answer = client.post(path, {"url": URL, "events": ["version:released"]})

    secret = re.search(r"whsec_[\w+/=]+", answer.content.decode())
    assert secret
    assert answer.headers["Cache-Control"] == "no-store"
    assert "hooks.example" in page(client, path)
    assert secret[0] not in page(client, f"/webhooks/{Webhook.objects.get().public_id}")


def test_what_is_refused_is_said_at_its_field_and_nothing_is_added(organization, client):
    answer = client.post("/orgs/savanna/webhooks", {"url": "ftp://hooks.example"})

    assert answer.status_code == 422
    assert "begins with https://" in answer.content.decode()
    assert not Webhook.objects.exists()


def test_only_who_manages_it_finds_it(hook, organization, client):
    client.force_login(add_member(organization, make_user("member"), "admin"))

    assert client.get("/orgs/savanna/webhooks").status_code == 403
    assert client.get(f"/webhooks/{hook.public_id}").status_code == 404
    assert client.post(f"/webhooks/{hook.public_id}/delete").status_code == 404
    assert Webhook.objects.exists()


def test_it_is_changed_turned_off_and_removed(hook, client):
    where = f"/webhooks/{hook.public_id}"

    client.post(where, {"url": URL + "2", "events": ["repo:withdrawn", "version:released"]})
    client.post(f"{where}/off")
    hook.refresh_from_db()
    changed = (hook.url, len(hook.events), hook.is_active)
    client.post(f"{where}/delete")

    assert changed == (URL + "2", 2, False)
    assert not Webhook.objects.exists()


def test_a_new_secret_replaces_the_old_one(hook, client):
    answer = client.post(f"/webhooks/{hook.public_id}/secret")

    hook.refresh_from_db()
    assert "whsec_" in answer.content.decode()
    assert (hook.secret_round, hook.previous_until is None) == (2, False)


def test_the_log_shows_what_was_sent_and_answered_and_sends_it_again(hook, owner, client, settings):
    with receiving() as receiver:
        settings.WEBHOOK_NETWORKS = ["127.0.0.0/8"]
        settings.WEBHOOK_PORTS = [receiver.port]
        Webhook.objects.update(url=receiver.url())
        sent = send_test(hook, actor=acting(owner))
        outgoing = Outgoing(resolver=lambda host, port: ["127.0.0.1"])
        deliver({"delivery": str(sent.pk)}, outgoing=outgoing)
    where = f"/webhooks/{hook.public_id}/deliveries/{sent.pk}"

    shown = page(client, where)
    client.post(f"{where}/replay")

    assert "Answered with 200" in shown
    assert "webhook.test" in shown
    assert "v1,[hidden]" in shown
    assert Delivery.objects.get().state == "waiting"


def test_as_many_queries_for_one_message_as_for_twenty(hook, owner, client):
    where = f"/webhooks/{hook.public_id}"
    send_test(hook, actor=acting(owner))
    with CaptureQueriesContext(connection) as one:
        client.get(where)
    for _ in range(19):
        send_test(hook, actor=acting(owner))

    with CaptureQueriesContext(connection) as twenty:
        client.get(where)

    assert len(twenty) == len(one)
