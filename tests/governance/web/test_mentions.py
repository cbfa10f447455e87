"""Names in threads as links."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.authz.policy import Role
from models_catalog.changes.actions import add_comment, open_discussion
from models_catalog.repos.models import Repo
from tests.factories.people import acting, make_team, make_user

pytestmark = pytest.mark.django_db
TEAM = '<a class="acc" href="/orgs/savanna/teams/field">@savanna/field</a>'


@pytest.fixture
def thread(scene):
    Repo.objects.filter(pk=scene.repo.pk).update(is_protected=False)
    scene.repo.refresh_from_db()
    make_team(scene.organization, "field")
    body = "Ask @savanna-maker, @savanna/field or `@savanna-maker`. <b>@nobody</b>"
    return open_discussion(scene.repo, title="Why?", body=body, actor=acting(scene.owner))


def page(at, thread, by=None):
    return at(f"/{thread.number}", by=by).content.decode()


def test_people_are_links_and_everything_else_stays_text(at, thread, scene):
    said = page(at, thread, by=scene.owner)

    assert said.count('<a class="acc" href="/savanna-maker">@savanna-maker</a>') == 1
    assert "`@savanna-maker`" in said
    assert "&lt;b&gt;@nobody&lt;/b&gt;" in said


def test_a_team_is_a_link_for_those_who_may_know_of_it_alone(at, thread, scene):
    insider = scene.member(Role.READER)

    assert TEAM in page(at, thread, by=insider)
    for by in (None, make_user("stranger")):
        said = page(at, thread, by=by)
        assert "@savanna/field" in said
        assert "/orgs/savanna/teams" not in said


def test_one_comment_and_twenty_cost_the_same(at, thread, scene):
    def cost():
        with CaptureQueriesContext(connection) as asked:
            page(at, thread, by=scene.owner)
        return len(asked)

    add_comment(thread, body="@savanna-owner", actor=acting(scene.maker))
    page(at, thread, by=scene.owner)
    one = cost()
    for number in range(20):
        add_comment(thread, body=f"@savanna-owner @x{number}", actor=acting(scene.maker))

    assert cost() == one
