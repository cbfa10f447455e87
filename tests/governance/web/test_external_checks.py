from __future__ import annotations

import pytest

from accounts.namespaces.models import Preset
from governance.checks.actions import Report, report_check
from governance.checks.models import ExternalCheck
from tests.factories.models import commit_files, make_repo, release
from tests.factories.people import acting, make_user
from tests.factories.reviews import make_scene

pytestmark = pytest.mark.django_db

REPORT = Report("ci/bias", "failure", "<b>3</b> tests failed", "https://ci.example.org/?a=1&b=2")


def test_a_change_shows_what_was_reported_about_its_head(client):
    scene = make_scene(Preset.LIGHT)
    report_check(scene.repo, scene.change.head, report=REPORT, actor=acting(scene.maker))
    client.force_login(scene.owner)

    text = client.get("/savanna/leaf/discussions/1").content.decode()

    assert "ci/bias" in text
    assert "&lt;b&gt;3&lt;/b&gt; tests failed" in text
    assert (
        'href="https://ci.example.org/?a=1&amp;b=2" rel="nofollow noopener noreferrer external"'
        in text
    )
    assert "Read more at ci.example.org" in text


def test_a_commit_and_its_version_show_what_was_reported(client):
    ada = make_user("ada")
    revision = commit_files(make_repo("mine", owner=ada), {"a.txt": b"a"}, by=ada)
    release(revision.repo, revision, by=ada)
    report_check(revision.repo, revision, report=REPORT, actor=acting(ada))

    for address in (f"/ada/mine/commit/{revision.sha1}", "/ada/mine/versions/1"):
        assert "ci/bias" in client.get(address).content.decode()


def test_many_reports_take_as_many_queries_as_one(client, django_assert_max_num_queries):
    scene = make_scene(Preset.LIGHT)
    client.force_login(scene.owner)
    counted = []
    for number in (1, 20):
        for each in range(number):
            ExternalCheck.objects.get_or_create(
                repo=scene.repo,
                revision=scene.change.head,
                name=f"n{each}",
                state="success",
                reported_by=scene.maker,
            )
        with django_assert_max_num_queries(200) as queries:
            client.get("/savanna/leaf/discussions/1")
        counted.append(len(queries))

    assert counted[0] == counted[1]
