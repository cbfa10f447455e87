"""Every endpoint of notifications and webhooks, asked by every kind of caller."""

from __future__ import annotations

import pytest
from django.utils import timezone

from accounts.authz.policy import Role
from governance.api.news_urls import urlpatterns
from governance.outbox.models import Notification
from governance.outbox.posting import tell
from governance.outbox.watching import watch
from governance.webhooks.actions import create_webhook, send_test
from governance.webhooks.models import Delivery
from models_catalog.changes.actions import open_discussion
from models_catalog.repos.models import Repo
from tests.accounts.api.callers import Browser, routes_of, surprises
from tests.factories.api import Program
from tests.factories.models import make_repo
from tests.factories.people import acting, add_member, make_organization, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.data]
PLACES = {"org": "savanna", "namespace": "savanna", "name": "leaf"}
NEW = {"url": "https://ci.example.org/hub", "events": ["version:released"]}
PEOPLE = {"nobody": 401, "else": 200}
# to read is enough to read; what changes something needs more, and a token for elsewhere counts only there
CHANGES = PEOPLE | {"read token": 403, "token for elsewhere": 403}
MANAGERS = ("owner", "browser", "admin token")


def among(*who, status=200, otherwise=404, **others):
    return {"nobody": 401, "else": otherwise} | dict.fromkeys(who, status) | others


@pytest.fixture
def world():
    owner = make_user("ada")
    savanna = make_organization("savanna", owner, preset="open")
    repo = make_repo("leaf", owner=owner, organization=savanna)
    elsewhere = make_organization("tundra", owner)
    reader = add_member(savanna, make_user("rita"), Role.READER.value)
    hook, _ = create_webhook(
        savanna, url=str(NEW["url"]), events=NEW["events"], actor=acting(owner)
    )
    sent = send_test(hook, actor=acting(owner))
    Delivery.objects.update(state="delivered")
    watch(repo, level="all", actor=acting(owner))
    open_discussion(repo, title="Why?", body="Why?", actor=acting(reader))
    tell()
    Repo.objects.filter(pk=repo.pk).update(visibility="public")
    callers = {
        "nobody": Program(),
        "stranger": Program(make_user("stan")),
        "reader": Program(reader),
        "owner": Program(owner),
        "browser": Browser(owner),
        "admin token": Program(owner, scope="admin"),
        "read token": Program(owner, scope="read"),
        "token for elsewhere": Program(owner, organizations=(elsewhere,)),
    }
    return callers, rows(
        Notification.objects.filter(user=owner).latest("pk").pk, hook.public_id, sent.pk
    )


def rows(notification=1, hook="hook", sent="sent"):
    one, message = f"/webhooks/{hook}", f"/webhooks/{hook}/deliveries/{sent}"
    own = (*MANAGERS, "read token", "token for elsewhere")
    until = {"state": "read", "until": timezone.now().isoformat()}
    rest = {"read token": 403, "token for elsewhere": 403}
    managed = among(*MANAGERS)
    listed = among(*MANAGERS, otherwise=403)
    return [
        ("GET", "/me/notifications", None, PEOPLE),
        ("POST", "/me/notifications/mark-all", until, CHANGES),
        ("POST", "/me/notifications/feed", None, among("browser", status=201, otherwise=403)),
        ("DELETE", "/me/notifications/feed", None, CHANGES | {"else": 204}),
        ("GET", f"/me/notifications/{notification}", None, among(*own)),
        ("PATCH", f"/me/notifications/{notification}", {"state": "done"}, among(*MANAGERS) | rest),
        ("GET", "/me/notification-settings", None, PEOPLE),
        ("PATCH", "/me/notification-settings", {"upkeep": "none"}, CHANGES),
        ("GET", "/me/watching", None, PEOPLE),
        ("DELETE", "/me/watching/1", None, CHANGES | {"else": 204}),
        ("GET", "/watch/savanna", None, PEOPLE),
        ("PUT", "/watch/savanna", {"level": "all"}, CHANGES),
        ("GET", "/models/savanna/leaf/watch", None, PEOPLE),
        ("PUT", "/models/savanna/leaf/watch", {"level": "muted"}, CHANGES),
        ("GET", "/me/webhooks", None, CHANGES),
        ("POST", "/me/webhooks", NEW, CHANGES | {"else": 201}),
        ("GET", "/orgs/savanna/webhooks", None, listed),
        ("POST", "/orgs/savanna/webhooks", NEW, among(*MANAGERS, status=201, otherwise=403)),
        ("GET", "/models/savanna/leaf/webhooks", None, listed),
        ("POST", "/models/savanna/leaf/webhooks", NEW, among(*MANAGERS, status=201, otherwise=403)),
        ("GET", one, None, managed),
        ("PATCH", one, {"is_active": False}, managed),
        ("DELETE", one, None, among(*MANAGERS, status=204)),
        ("POST", f"{one}/secret", {}, among(*MANAGERS, status=201)),
        ("POST", f"{one}/test", None, among(*MANAGERS, status=202)),
        ("GET", f"{one}/deliveries", None, managed),
        ("GET", message, None, managed),
        ("POST", f"{message}/replay", None, among(*MANAGERS, status=202)),
    ]


def test_each_caller_is_answered_as_the_table_says(world):
    callers, table = world

    found = {who: surprises(caller, who, table) for who, caller in callers.items()}

    assert {who: each for who, each in found.items() if each} == {}


def test_every_route_is_in_the_table():
    asked = {(method, path) for method, path, _, _ in rows()}
    routed = {
        (
            method,
            path.replace("<int:notification>", "1")
            .replace("<int:watched>", "1")
            .replace("<uuid:webhook>", "hook")
            .replace("<uuid:delivery>", "sent"),
        )
        for method, path in routes_of(urlpatterns, **PLACES)
    }

    assert asked == routed


def test_a_new_webhook_comes_with_its_secret_and_later_without(world):
    owner = world[0]["owner"]

    made = owner.post("/orgs/savanna/webhooks", NEW).json()
    read = owner.get(f"/webhooks/{made['id']}").json()

    assert made["secret"].startswith("whsec_")
    assert "secret" not in read
    assert read["owner"] == "savanna"


@pytest.mark.parametrize("url", ["https://ada:pw@ci.example.org/", "gopher://ci.example.org/"])
def test_an_address_that_nothing_is_sent_to_is_a_fault_of_its_field(world, url):
    answer = world[0]["owner"].post("/me/webhooks", NEW | {"url": url})

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["field"] == "url"
