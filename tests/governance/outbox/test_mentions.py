"""Who is named in a thread hears of it, if they may see it."""

from __future__ import annotations

import pytest

from accounts.authz.policy import Role
from governance.outbox.models import Envelope
from governance.outbox.posting import tell
from governance.outbox.queries import notification_page
from governance.outbox.watching import watch
from governance.reviews.actions import decide
from models_catalog.changes.actions import add_comment, open_discussion
from models_catalog.repos.models import Repo, Visibility
from tests.factories.people import acting, add_member, make_organization, make_team, make_user
from tests.factories.reviews import make_scene

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene():
    return make_scene()


def said(scene, body, by=None):
    """Somebody says it in a thread of a model that everybody sees."""
    Repo.objects.filter(pk=scene.repo.pk).update(is_protected=False, visibility=Visibility.PUBLIC)
    scene.repo.refresh_from_db()
    thread = open_discussion(scene.repo, title="Why?", body="Why?", actor=acting(scene.owner))
    Envelope.objects.all().delete()
    add_comment(thread, body=body, actor=acting(by or scene.owner))
    tell()


def why(person):
    return [each.why for each in notification_page(actor=acting(person)).rows]


def test_who_is_named_is_told_why(scene):
    grace = make_user("grace")

    said(scene, "What does @Grace say?")

    assert why(grace).count("mentioned") == 1


def test_who_is_named_in_code_or_names_themselves_is_not_told(scene):
    grace = make_user("grace")

    said(scene, "`@grace` is how @savanna-owner names somebody")

    assert "mentioned" not in why(grace)
    assert "mentioned" not in why(scene.owner)


def test_a_team_is_told_when_the_author_belongs_to_its_organisation(scene):
    grace = scene.member(Role.READER, "grace")
    make_team(scene.organization, "field", grace)

    said(scene, "Ask @savanna/field", by=make_user("stranger"))
    assert "mentioned" not in why(grace)

    said(scene, "Ask @savanna/field", by=scene.maker)
    assert why(grace).count("mentioned") == 1


def test_who_may_not_see_the_thread_hears_nothing_of_it(scene):
    stranger = make_user("stranger")
    decide(
        scene.change,
        kind="request_changes",
        reason="Ask @stranger and @savanna-maker",
        actor=acting(scene.member(Role.REVIEWER)),
        expected_sha1=scene.change.head.sha1,
    )

    tell()

    assert "mentioned" not in why(stranger)
    assert "mentioned" in why(scene.maker)


def test_who_watches_and_is_named_is_told_once(scene):
    grace = make_user("grace")
    watch(scene.repo, level="all", actor=acting(scene.owner))
    watch(scene.repo, level="muted", actor=acting(grace))

    said(scene, "@grace @grace")

    assert why(grace).count("mentioned") == 1


def test_a_team_of_the_same_name_elsewhere_is_another_team(scene):
    steppe = make_organization("steppe")
    grace = add_member(steppe, make_user("grace"), Role.READER.value)
    make_team(steppe, "field", grace)

    said(scene, "@savanna/field and @steppe/field")

    assert "mentioned" not in why(grace)
