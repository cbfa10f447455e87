from __future__ import annotations

import base64
import hashlib
import hmac
import json
from datetime import timedelta

import pytest
from django.utils import timezone

from governance.outbox.models import Notification
from governance.outbox.posting import tell
from governance.outbox.watching import watch
from governance.webhooks.actions import (
    change_webhook,
    create_webhook,
    replay,
    rotate_secret,
    send_test,
)
from governance.webhooks.delivering import TRIES, deliver, forget, wait_after
from governance.webhooks.models import Delivery, Try, Webhook
from hub.core.errors import Conflict, Forbidden, Invalid, NotFound
from hub.core.jobs.actions import NotYet
from hub.core.jobs.models import Job
from hub.core.outgoing import Outgoing
from models_catalog.repos.models import Repo
from tests.factories.models import commit_files, make_repo, release
from tests.factories.people import acting, add_member, make_organization, make_user
from tests.services.receiver import receiving

pytestmark = [pytest.mark.django_db, pytest.mark.data]
OUT = Outgoing(resolver=lambda host, port: ["127.0.0.1"])
EVENTS = ["version:released", "repo:withdrawn"]


@pytest.fixture
def receiver(settings):
    with receiving() as found:
        settings.WEBHOOK_NETWORKS = ["127.0.0.0/8"]
        settings.WEBHOOK_PORTS = [found.port]
        yield found


@pytest.fixture
def owner():
    return make_user("ada")


@pytest.fixture
def organization(owner):
    return make_organization("savanna", owner, preset="open")


@pytest.fixture
def repo(owner, organization):
    return make_repo(owner=owner, organization=organization, visibility="private")


@pytest.fixture
def hook(organization, owner, receiver):
    return create_webhook(organization, url=receiver.url(), events=EVENTS, actor=acting(owner))


def released(repo, owner, content=b"a"):
    release(repo, commit_files(repo, {"a.bin": content}, by=owner), by=owner)
    tell()


def send():
    """Carry every waiting message once, as the worker does; answer what came of each."""
    found: list[str | float] = []
    for delivery in Delivery.objects.filter(state="waiting").order_by("created_at"):
        try:
            found.append(deliver({"delivery": str(delivery.pk)}, outgoing=OUT))
        except NotYet as wait:
            found.append(wait.seconds)
    Webhook.objects.update(rest_until=None)
    return found


def verified(message, secret):
    """What the specification tells receivers to do."""
    _, headers, body = message
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    wanted = "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    return wanted in headers["webhook-signature"].split(" ")


def test_an_organisations_webhook_is_told_of_its_private_models_with_a_good_signature(
    hook, repo, owner, receiver
):
    _, secret = hook
    released(repo, owner)

    assert send() == ["delivered, 200"]

    message = receiver.got[0]
    said = json.loads(message[2])
    assert verified(message, secret)
    assert said["type"] == "version.released"
    assert said["data"]["model"]["name"] == "savanna/minilm"
    assert said["data"]["details"]["number"] == 1
    assert said["data"]["actor"] == {"name": "ada"}


def test_models_of_others_and_events_that_were_not_chosen_are_not_told(hook, repo, owner, receiver):
    elsewhere = make_repo("other", owner=make_user("mallory"))
    released(elsewhere, elsewhere.created_by)

    assert send() == []
    assert receiver.got == []


def test_a_persons_webhook_is_told_of_what_they_watch_and_may_see_when_it_is_sent(
    repo, owner, organization, receiver
):
    grace = add_member(organization, make_user("grace"), "contributor")
    create_webhook(grace, url=receiver.url(), events=EVENTS, actor=acting(grace))
    watch(repo, level="releases", actor=acting(grace))
    released(repo, owner)
    released(repo, owner, b"b")
    first = Delivery.objects.order_by("created_at")[0]
    deliver({"delivery": str(first.pk)}, outgoing=OUT)

    grace.groups.clear()

    assert send() == ["not to be told any more"]
    assert len(receiver.got) == 1


def test_both_secrets_sign_while_one_takes_over(hook, repo, owner, receiver):
    webhook, old = hook
    new = rotate_secret(webhook, actor=acting(owner))
    released(repo, owner)
    send()
    Webhook.objects.update(previous_until=timezone.now() - timedelta(seconds=1))
    released(repo, owner, b"b")
    send()

    first, second = receiver.got
    assert old != new
    assert verified(first, old)
    assert verified(first, new)
    assert verified(second, new)
    assert not verified(second, old)


def test_what_fails_is_tried_again_with_the_same_id_and_bytes(hook, repo, owner, receiver):
    receiver.status = 500
    released(repo, owner)
    (wait,) = send()
    receiver.status = 204
    receiver.pieces = ()

    assert send() == ["delivered, 204"]

    first, second = receiver.got
    assert 8 <= wait <= 12
    assert (first[1]["webhook-id"], first[2]) == (second[1]["webhook-id"], second[2])
    assert list(Try.objects.order_by("pk").values_list("status", flat=True)) == [500, 204]


def test_the_tries_take_about_a_day():
    waits = [wait_after(tries, chance=0.5) for tries in range(1, TRIES)]

    assert waits == sorted(waits)
    assert 22 * 3600 < sum(waits) < 26 * 3600
    assert wait_after(3, chance=0) < wait_after(3, chance=0.5) < wait_after(3, chance=1)


def test_a_webhook_that_took_nothing_for_a_day_is_turned_off_and_its_owners_are_told(
    hook, repo, owner, receiver
):
    receiver.status = 500
    released(repo, owner)
    for _ in range(TRIES):
        send()
    tell()

    webhook = Webhook.objects.get()
    assert (webhook.is_active, webhook.disabled_reason) != (True, "")
    assert Delivery.objects.get().state == "failed"
    assert Notification.objects.get(user=owner).event.name == "webhook:disabled"
    released(repo, owner, b"b")
    assert Delivery.objects.count() == 1


def test_one_lost_message_does_not_turn_off_what_took_others(hook, repo, owner, receiver):
    receiver.status = 500
    released(repo, owner)
    for _ in range(TRIES - 1):
        send()
    Webhook.objects.update(succeeded_at=timezone.now())

    send()

    assert Webhook.objects.get().is_active


def test_gone_turns_it_off_at_once(hook, repo, owner, receiver):
    receiver.status = 410
    released(repo, owner)

    send()

    assert not Webhook.objects.get().is_active


def test_an_address_that_fails_rests_before_anything_else_is_tried_there(
    hook, repo, owner, receiver
):
    receiver.status = 500
    released(repo, owner)
    released(repo, owner, b"b")
    first, second = Delivery.objects.order_by("created_at")

    for each in (first, second):
        with pytest.raises(NotYet):
            deliver({"delivery": str(each.pk)}, outgoing=OUT)

    assert len(receiver.got) == 1
    assert Delivery.objects.get(pk=second.pk).tries == 0


def test_a_message_can_be_sent_again_with_its_id_but_not_while_it_waits(
    hook, repo, owner, receiver
):
    released(repo, owner)
    delivery = Delivery.objects.get()
    with pytest.raises(Conflict):
        replay(delivery, actor=acting(owner))
    send()

    replay(delivery, actor=acting(owner))
    send()

    assert len({message[1]["webhook-id"] for message in receiver.got}) == 1
    assert len(receiver.got) == 2


def test_the_test_button_sends_a_message_that_says_nothing(hook, owner, receiver):
    send_test(hook[0], actor=acting(owner))

    send()

    assert json.loads(receiver.got[0][2])["type"] == "webhook.test"


def test_the_log_holds_the_answer_without_secrets(hook, repo, owner, receiver):
    receiver.pieces = (b'{"token": "abcdef123456", "ok": true}',)
    released(repo, owner)
    send()

    kept = Try.objects.get()
    assert "abcdef123456" not in kept.body
    assert "ok" in kept.body


def test_a_model_that_moved_elsewhere_is_no_longer_told_of(repo, owner, receiver):
    create_webhook(repo, url=receiver.url(), events=EVENTS, actor=acting(owner))
    released(repo, owner)
    other = make_organization("tundra")
    Repo.objects.filter(pk=repo.pk).update(namespace=other.namespace)

    assert send() == ["not to be told any more"]


def test_who_may_not_manage_may_not_listen(organization, repo, receiver):
    reader = add_member(organization, make_user("reader"), "reader")
    stranger = make_user("stranger")

    for person, owner, refusal in (
        (reader, organization, Forbidden),
        (reader, repo, Forbidden),
        (stranger, repo, NotFound),
        (stranger, reader, NotFound),
    ):
        with pytest.raises(refusal):
            create_webhook(owner, url=receiver.url(), events=EVENTS, actor=acting(person))
    assert not Webhook.objects.exists()


def test_events_that_nobody_emits_are_refused(organization, owner, receiver):
    for events in (["version:invented"], []):
        with pytest.raises(Invalid):
            create_webhook(organization, url=receiver.url(), events=events, actor=acting(owner))


def test_turning_it_on_again_forgets_the_failures(hook, owner):
    webhook, _ = hook
    Webhook.objects.update(is_active=False, disabled_reason="Nothing arrived.", failures=9)
    webhook.refresh_from_db()

    change_webhook(webhook, is_active=True, actor=acting(owner))

    webhook.refresh_from_db()
    assert (webhook.is_active, webhook.disabled_reason, webhook.failures) == (True, "", 0)


def test_old_messages_are_removed_with_their_jobs(hook, repo, owner, receiver):
    released(repo, owner)
    send()
    Delivery.objects.update(created_at=timezone.now() - timedelta(days=31))

    assert forget() == 1

    assert not Job.objects.filter(kind="webhook.deliver").exists()
