from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.authz.policy import Role
from accounts.namespaces.models import Preset
from governance.reviews.requests.check_waivers import waive_check
from governance.reviews.requests.models import CheckWaiver
from governance.reviews.waivers import end_waiver, waive
from governance.scanning.models import Waiver
from models_catalog.storage.models import Verdict
from tests.factories.api import Program
from tests.factories.people import acting, make_user
from tests.factories.reviews import make_scene, with_reviewer

pytestmark = pytest.mark.django_db

OF_ORG, OF_MODEL = "/orgs/savanna/waivers", "/savanna/leaf/waivers"
BOTH = pytest.mark.parametrize("address", [OF_ORG, OF_MODEL])


@pytest.fixture
def scene(db):
    found = with_reviewer(make_scene(verdict=Verdict.UNSCANNABLE))
    waive(
        found.change,
        path="config.json",
        reason="I read every line.",
        days=7,
        actor=acting(found.reviewer),
        expected_sha1=found.change.head.sha1,
    )
    return found


def words(client, address, by):
    client.force_login(by)
    return " ".join(client.get(address).content.decode().split())


def excuse(scene, number=1, *, ends=None):
    """Waivers of a rule, as an older release wrote them."""
    later = timezone.now() + timedelta(days=3)
    for n in range(number):
        CheckWaiver.objects.create(
            repo=scene.repo,
            rule="licence_present",
            manifest_digest=f"{n:064x}",
            reason=f"Reason {n}.",
            given_by=scene.reviewer,
            expires_at=ends or later,
        )


@BOTH
def test_insiders_read_who_answers_for_which_file_and_why(scene, client, address):
    page = words(client, f"{address}?of=files", scene.owner)

    assert "config.json" in page
    assert "I read every line." in page
    assert Waiver.objects.get().blob.sha256[:12] in page or Waiver.objects.get().blob.sha256 in page
    assert 'href="/the-reviewer"' in page
    assert 'href="/savanna/leaf/discussions/1"' in page
    assert "Cannot be read" in page


@BOTH
def test_a_waiver_of_a_rule_says_which_rule_and_where_it_was_given(db, client, address):
    scene = with_reviewer(make_scene(Preset.STRICT))
    waive_check(
        scene.change,
        rule="licence_present",
        reason="It comes on Friday.",
        days=7,
        actor=acting(scene.reviewer),
        expected_sha1=scene.change.head.sha1,
    )

    page = words(client, address, scene.owner)

    assert "It comes on Friday." in page
    assert 'href="/savanna/leaf/discussions/1"' in page


@BOTH
def test_what_has_ended_is_kept_apart(scene, client, address):
    end_waiver(Waiver.objects.get(), actor=acting(scene.reviewer))

    assert "I read every line." not in words(client, f"{address}?of=files", scene.owner)
    assert "I read every line." in words(client, f"{address}?of=files&ended=1", scene.owner)


@BOTH
def test_nobody_else_learns_of_waivers(scene, client, address):
    for person in (make_user("stranger"), scene.member(Role.READER)):
        client.force_login(person)
        assert client.get(address).status_code == 404
    client.logout()
    assert client.get(address).status_code in (302, 404)


@BOTH
def test_twenty_waivers_cost_the_queries_of_one(scene, client, address):
    client.force_login(scene.owner)
    excuse(scene)
    client.get(address)
    with CaptureQueriesContext(connection) as one:
        client.get(address)
    excuse(scene, 19)

    with CaptureQueriesContext(connection) as twenty:
        assert client.get(address).content.count(b"Reason ") == 20

    assert len(twenty) == len(one)


def test_a_list_of_waivers_goes_on_behind_a_cursor(scene, client):
    excuse(scene, 31)
    first = words(client, OF_ORG, scene.owner)
    following = first.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0]

    assert "Reason 30." not in first
    assert "Reason 30." in words(client, f"{OF_ORG}{following}".replace("&amp;", "&"), scene.owner)


def test_programs_read_the_same_lists(scene):
    program = Program(scene.owner)

    (said,) = program.get("/orgs/savanna/waivers?of=files").json()["items"]
    (same,) = program.get("/models/savanna/leaf/waivers?of=files").json()["items"]

    assert said == same
    assert (said["path"], said["given_by"], said["number"]) == ("config.json", "the-reviewer", 1)
    assert said["digest"] == Waiver.objects.get().blob.sha256
    assert said["is_in_force"] is True
    assert program.get("/orgs/savanna/waivers").json()["items"] == []
    Waiver.objects.update(expires_at=timezone.now())
    assert len(program.get("/orgs/savanna/waivers?of=files&ended=yes").json()["items"]) == 1


def test_the_pages_of_governance_and_scanning_lead_there(scene, client):
    assert f'href="{OF_ORG}"' in words(client, "/orgs/savanna/governance", scene.owner)
    assert f'href="{OF_MODEL}"' in words(client, "/savanna/leaf/security", scene.owner)
    assert f'href="{OF_ORG}"' not in words(client, "/orgs/savanna/governance", make_user("stan"))
