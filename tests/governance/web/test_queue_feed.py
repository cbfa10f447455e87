from __future__ import annotations

import re
from datetime import timedelta
from xml.etree import ElementTree as ET

import pytest
from django.utils import timezone

from accounts.authz.policy import Role
from accounts.orgs.actions import remove_member
from governance.reviews.queues.models import QueueEntry, QueueFeed, Risk
from tests.factories.models import propose
from tests.factories.people import acting, make_user

pytestmark = pytest.mark.django_db

QUEUE = "/orgs/savanna/reviews"
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def reviewer(scene):
    return scene.member(Role.REVIEWER)


def made(client, person, page=QUEUE):
    """A new address of the feed of a queue, as the page shows it once."""
    client.force_login(person)
    shown = client.post(f"{page}/feed-address").content.decode()
    (address,) = re.findall(r"http://testserver(/reviews/feed/[\w-]+)", shown)
    client.logout()
    return address


def titles(response):
    entries = ET.fromstring(response.content).findall(f"{ATOM}entry")
    return [entry.findtext(f"{ATOM}title") for entry in entries]


def test_a_queue_is_read_as_a_feed_by_its_secret_address(scene, reviewer, client):
    feed = client.get(made(client, reviewer))

    assert titles(feed) == ["savanna/leaf: Sort more leaves"]
    assert feed.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert feed.headers["Cache-Control"] == "private, no-store"
    assert feed.headers["Referrer-Policy"] == "no-referrer"


def test_the_newest_stands_first_and_the_address_narrows_it(scene, reviewer, client):
    newer = propose(scene.repo, {"b.txt": b"b"}, by=scene.maker, title="Another one")
    QueueEntry.objects.filter(pk=newer.discussion_id).update(risk=Risk.HIGH)
    address = made(client, reviewer)

    assert titles(client.get(address))[0] == "savanna/leaf: Another one"
    assert titles(client.get(f"{address}?risk=high")) == ["savanna/leaf: Another one"]
    assert len(titles(client.get(f"{address}?view=you"))) == 2
    assert client.get(f"{address}?view=nothing").status_code == 404


def test_ones_own_queue_has_a_feed_of_its_own(scene, reviewer, client):
    address = made(client, reviewer, "/reviews")
    made(client, reviewer)

    assert titles(client.get(address)) == ["savanna/leaf: Sort more leaves"]


def test_who_lost_the_right_to_see_the_queue_gets_what_nobody_gets(scene, reviewer, client):
    address = made(client, reviewer)
    own = made(client, reviewer, "/reviews")
    remove_member(scene.organization, user=reviewer, actor=acting(scene.owner))

    lost, never = client.get(address), client.get(f"/reviews/feed/{'x' * 43}")

    assert (lost.status_code, never.status_code) == (404, 404)
    assert lost.content.replace(address.encode(), b"") == never.content.replace(
        b"/reviews/feed/" + b"x" * 43, b""
    )
    assert titles(client.get(own)) == []


def test_who_is_suspended_reads_no_feed(scene, reviewer, client):
    addresses = [made(client, reviewer), made(client, reviewer, "/reviews")]
    type(reviewer).objects.filter(pk=reviewer.pk).update(is_active=False)

    assert [client.get(address).status_code for address in addresses] == [404, 404]


def test_an_address_is_shown_once_and_only_its_digest_is_kept(scene, reviewer, client):
    secret = made(client, reviewer).rsplit("/", 1)[1]
    client.force_login(reviewer)

    page = client.get(QUEUE).content.decode()

    assert secret not in page
    assert "End the address" in page
    assert secret not in str(list(QueueFeed.objects.values()))


@pytest.mark.parametrize("page", [QUEUE, "/reviews"])
def test_a_new_address_ends_the_one_before_and_an_ended_one_stays_ended(
    scene, reviewer, client, page
):
    first = made(client, reviewer, page)
    second = made(client, reviewer, page)
    before = client.get(first).status_code, client.get(second).status_code
    client.force_login(reviewer)
    client.post(f"{page}/feed-address", {"end": "1"})

    assert before == (404, 200)
    assert client.get(second).status_code == 404


def test_who_does_not_see_the_queue_makes_no_address(scene, client):
    client.force_login(make_user("stranger"))

    assert client.post(f"{QUEUE}/feed-address").status_code == 404
    assert not QueueFeed.objects.exists()


def test_what_is_late_says_when_it_was_due(scene, reviewer, client):
    due = timezone.now() - timedelta(days=2)
    QueueEntry.objects.update(due_at=due)

    feed = client.get(f"{made(client, reviewer)}?late=on").content.decode()

    assert f"{due:%Y-%m-%d}" in feed
