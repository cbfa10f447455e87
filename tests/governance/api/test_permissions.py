"""Every endpoint of governance, asked by every kind of caller."""

from __future__ import annotations

import pytest

from accounts.authz.policy import Role
from accounts.namespaces.models import Preset
from governance.api.urls import urlpatterns
from governance.policies.drafts import write_draft
from governance.policies.models import PolicyDraft
from governance.policies.places import of_namespace
from governance.policies.presets import PRESET_RULES
from governance.reviews.requests.actions import ask_for
from governance.reviews.requests.kinds import Wish
from governance.reviews.requests.models import ReviewRequest
from governance.reviews.waivers import waive
from models_catalog.storage.models import Verdict
from tests.accounts.api.callers import Browser, routes_of, surprises
from tests.factories.api import Program
from tests.factories.people import acting, make_organization, make_user
from tests.factories.reviews import finish_scan, make_scene, object_to

pytestmark = [pytest.mark.django_db, pytest.mark.data]

ALL = {"else": 200}
PEOPLE = {"nobody": 401, "else": 200}
OUTSIDE = ("stranger", "reader", "token for elsewhere")
SHA1 = "0" * 40
PATH = "config.json"


def among(*who, status=200, otherwise=403, anonymous=401):
    return {"nobody": anonymous, "else": otherwise} | dict.fromkeys(who, status)


INSIDERS = dict.fromkeys(("nobody", *OUTSIDE, "administrator"), 404) | {"else": 200}
SIGNED_IN_INSIDERS = INSIDERS | {"nobody": 401}


def may(*who, status):
    """For insiders, of whom only some may."""
    return SIGNED_IN_INSIDERS | {"else": 403} | dict.fromkeys(who, status)


@pytest.fixture
def world():
    scene = make_scene(verdict=Verdict.UNSCANNABLE)
    reviewers = [scene.member(Role.REVIEWER), scene.member(Role.AUDITOR), scene.member(Role.READER)]
    reviewer, auditor, reader = reviewers
    contributor = scene.member(Role.CONTRIBUTOR)
    admin = scene.member(Role.ADMIN)
    elsewhere = make_organization("tundra", scene.owner)
    waiver = waive(
        scene.change,
        path=PATH,
        reason="Read it.",
        days=7,
        actor=acting(reviewer),
        expected_sha1=scene.change.head.sha1,
    )
    object_to(scene.change, reviewer)
    wish = Wish(scene.repo)
    ask_for(wish, kind="withdraw", reason="It leaks.", actor=acting(contributor))
    write_draft(
        of_namespace(scene.organization.namespace),
        preset=Preset.STRICT,
        rules=PRESET_RULES[Preset.STRICT],
        note="Stricter.",
        actor=acting(scene.owner),
    )
    callers = {
        "nobody": Program(),
        "stranger": Program(make_user("stan")),
        "reader": Program(reader),
        "auditor": Program(auditor),
        "contributor": Program(contributor),
        "reviewer": Program(reviewer),
        "admin": Program(admin),
        "owner": Program(scene.owner),
        "browser": Browser(scene.owner),
        "administrator": Browser(make_user("astrid", is_superuser=True)),
        "read token": Program(scene.owner, scope="read"),
        "write token": Program(scene.owner, scope="write"),
        "token for elsewhere": Program(scene.owner, organizations=(elsewhere,)),
    }
    return callers, rows(scene.change.head.sha1, waiver.pk)


def rows(sha1, waiver):
    org, change = "/orgs/savanna", "/models/savanna/leaf/changes/1"
    scan = f"/models/savanna/leaf/scans/{sha1}"
    deciders = ("reviewer", "admin", "owner", "browser")
    readers_of_record = ("auditor", "admin", "owner", "browser")
    without_audit = {"read token": 403, "write token": 403}
    # a token for elsewhere does not count for its person's own name either
    own_record = PEOPLE | without_audit | {"token for elsewhere": 403}
    own_feed = PEOPLE | {"else": 204, "read token": 403, "token for elsewhere": 403}
    objection = {"kind": "reject", "reason": "No.", "commit": sha1}
    answer = {"path": "model.safetensors", "reason": "Read it.", "days": 7, "commit": sha1}
    of_hub = among("administrator")
    return [
        ("GET", "/instance", None, ALL),
        ("GET", f"{org}/policy", None, ALL),
        (
            "PATCH",
            f"{org}/policy",
            {"preset": "strict", "reason": "Stricter."},
            among(),  # there are two who may, so nobody does it alone
        ),
        ("GET", f"{org}/governance", None, ALL),
        ("GET", "/rules", None, ALL),
        *of_drafts(),
        ("GET", f"{org}/policy/reach", None, among("admin", "owner", "browser")),
        ("GET", f"{org}/policy/versions", None, ALL),
        ("GET", "/me/reviews", None, PEOPLE),
        ("GET", f"{org}/reviews", None, SIGNED_IN_INSIDERS),
        ("POST", "/me/reviews/feed", None, among("browser", "administrator", status=201)),
        ("DELETE", "/me/reviews/feed", None, own_feed),
        (
            "POST",
            f"{org}/reviews/feed",
            None,
            among("browser", status=201) | {"administrator": 404},
        ),
        ("DELETE", f"{org}/reviews/feed", None, own_feed),
        ("GET", f"{org}/waivers", None, SIGNED_IN_INSIDERS),
        ("GET", "/models/savanna/leaf/waivers", None, INSIDERS),
        ("GET", f"{change}/review", None, INSIDERS),
        ("GET", f"{change}/decisions", None, INSIDERS),
        ("POST", f"{change}/decisions", objection, may(*deciders, status=201)),
        (
            "DELETE",
            f"{change}/decisions/mine",
            None,
            SIGNED_IN_INSIDERS
            | {"else": 404, "reviewer": 204, "read token": 403, "write token": 403},
        ),
        ("POST", f"{change}/waivers", answer, may(*deciders, status=201)),
        ("DELETE", f"{change}/waivers/{waiver}", None, may(*deciders, status=204)),
        ("POST", f"{change}/community", None, may(status=200)),
        *of_requests(sha1),
        *of_external_checks(sha1),
        ("GET", scan, None, INSIDERS),
        ("GET", f"{scan}/report", None, INSIDERS),
        ("GET", f"{scan}/sarif", None, INSIDERS),
        ("GET", f"{scan}/files", None, INSIDERS),
        ("GET", f"{scan}/files/{PATH}", None, INSIDERS),
        ("GET", f"{org}/audit", None, among(*readers_of_record)),
        ("GET", f"{org}/audit/export", None, among(*readers_of_record)),
        ("GET", "/me/audit", None, own_record),
        ("GET", "/me/audit/export?format=csv", None, own_record),
        ("GET", "/audit", None, of_hub),
        ("GET", "/audit/export", None, of_hub),
        ("GET", "/audit/chain", None, PEOPLE),
    ]


def of_drafts():
    """The owner wrote the one that is there; nobody has simulated it."""
    drafts, draft = "/policies/savanna/drafts", "/policies/savanna/drafts/1"
    writers = ("admin", "owner", "browser")
    hidden = {"nobody": 401, "else": 404}
    written = {"preset": "strict", "rules": PRESET_RULES[Preset.STRICT], "note": "Stricter."}
    decided = {"digest": digest_of_draft(), "reason": "Agreed."}

    def for_writers(status, **others):
        return hidden | dict.fromkeys(writers, status) | others

    of_maker = {"owner": 409, "browser": 409}
    return [
        ("GET", drafts, None, for_writers(200)),
        ("POST", drafts, written, among(*writers, status=201)),
        ("GET", draft, None, for_writers(200)),
        (
            "PUT",
            draft,
            written | {"note": "More."},
            for_writers(403, owner=200, browser=200),
        ),
        ("GET", f"{draft}/differences", None, for_writers(200)),
        ("POST", f"{draft}/simulation", None, for_writers(200)),
        ("GET", f"{draft}/simulation", None, for_writers(404)),
        ("GET", f"{draft}/simulation/models", None, for_writers(404)),
        ("POST", f"{draft}/rebase", None, for_writers(403, **of_maker)),
        ("POST", f"{draft}/proposal", decided, for_writers(403, **of_maker)),
        ("POST", f"{draft}/approval", decided, for_writers(409, owner=403, browser=403)),
        ("POST", f"{draft}/adoption", decided, for_writers(403)),
        ("POST", f"{draft}/drop", {"reason": "Too much."}, for_writers(200)),
    ]


def of_external_checks(sha1):
    checks = f"/models/savanna/leaf/checks/{sha1}"
    writers = ("contributor", "admin", "owner", "browser", "write token")
    report = {"name": "ci/bias", "state": "success"}
    return [
        ("GET", checks, None, INSIDERS),
        ("POST", checks, report, may(*writers, status=201)),
        ("GET", f"{checks}/reports", None, INSIDERS),
    ]


def of_requests(sha1):
    model, asked = "/models/savanna/leaf", "/models/savanna/leaf/requests/2"
    workers = ("contributor", "reviewer", "admin", "owner", "browser", "write token")
    deciders = ("reviewer", "admin", "owner", "browser")
    objection = {"kind": "reject", "reason": "No.", "commit": asked_sha1()}
    wish = {"kind": "promote", "reason": "Away.", "target": "alias", "name": "champion"}
    answer = {"rule": "licence_present", "reason": "Soon.", "days": 7, "commit": sha1}
    return [
        ("GET", f"{model}/requests", None, INSIDERS),
        ("POST", f"{model}/requests", wish, may(*workers, status=201)),
        ("GET", asked, None, INSIDERS),
        ("GET", f"{asked}/decisions", None, INSIDERS),
        ("POST", f"{asked}/decisions", objection, may(*deciders, status=201)),
        (
            "DELETE",
            f"{asked}/decisions/mine",
            None,
            SIGNED_IN_INSIDERS | {"else": 404, "read token": 403, "write token": 403},
        ),
        ("GET", f"{model}/discussions/2/checklist", None, INSIDERS),
        (
            "POST",
            f"{model}/discussions/2/checklist",
            {"question": "0" * 12, "answer": "yes", "commit": asked_sha1()},
            may(*deciders, status=404),
        ),
        ("GET", f"{model}/discussions/2/reviewers", None, SIGNED_IN_INSIDERS),
        (
            "POST",
            f"{model}/discussions/2/reviewers",
            {"reviewer": "the-admin"},
            may(*workers, status=201),
        ),
        (
            "DELETE",
            f"{model}/discussions/2/reviewers/the-admin",
            None,
            may(*workers, status=404),
        ),
        ("POST", f"{asked}/grant", None, may(status=403)),
        (
            "POST",
            f"{asked}/close",
            {"reason": "Later."},
            may("contributor", "admin", "owner", "browser", status=200),
        ),
        ("POST", f"{model}/changes/1/rule-waivers", answer, may(status=403)),
        ("GET", f"{model}/rule-waivers", None, INSIDERS),
        ("DELETE", f"{model}/rule-waivers/7", None, SIGNED_IN_INSIDERS | {"else": 404}),
    ]


def asked_sha1():
    asked = ReviewRequest.objects.select_related("revision").first()
    return asked.revision.sha1 if asked else SHA1


def digest_of_draft():
    draft = PolicyDraft.objects.first()
    return draft.digest if draft else "0" * 64


def test_each_caller_is_answered_as_the_table_says(world):
    callers, table = world

    found = {who: surprises(caller, who, table) for who, caller in callers.items()}

    assert {who: each for who, each in found.items() if each} == {}


def test_every_route_is_in_the_table(db):
    asked = {(method, path.partition("?")[0]) for method, path, _, _ in rows(SHA1, 7)}
    asked = {
        (m, p.replace("/requests/2", "/requests/1").replace("discussions/2", "discussions/1"))
        for m, p in asked
    }
    places = {
        "org": "savanna",
        "namespace": "savanna",
        "name": "leaf",
        "number": 1,
        "waiver": 7,
        "person": "the-admin",
        "place": "savanna",
        "revision": SHA1,
        "path": PATH,
    }

    assert asked == routes_of(urlpatterns, **places)


def test_what_is_hidden_is_missing_to_the_byte(world):
    callers, table = world
    stranger = callers["stranger"]
    paths = [path for method, path, _, _ in table if method == "GET" and "/leaf/" in path]

    answers = {path: stranger.get(path) for path in paths}

    assert {each.status_code for each in answers.values()} == {404}
    for path, answer in answers.items():
        assert answer.content == stranger.get(path.replace("/leaf/", "/loaf/")).content


def test_a_queue_of_insiders_is_missing_to_the_byte_for_others(world):
    stranger = world[0]["stranger"]

    hidden, missing = (stranger.get(f"/orgs/{name}/reviews") for name in ("savanna", "nobodys"))

    assert hidden.status_code == 404
    assert hidden.content == missing.content


def test_readers_see_the_report_of_what_is_released_alone(world):
    callers, _ = world
    scene_free = make_scene(name="steppe")
    finish_scan(scene_free.change.head)

    assert callers["stranger"].get("/models/steppe/leaf/scans/refs/pr/1").status_code == 404


@pytest.mark.parametrize(
    "path",
    ["/models/savanna/leaf/changes/{}/review", "/models/savanna/leaf/changes/{}/decisions"],
)
def test_a_number_that_no_database_holds_is_missing(world, path):
    assert world[0]["owner"].get(path.format(10**30)).status_code == 404
