from __future__ import annotations

from collections.abc import Iterable

import pytest

from accounts.authz.policy import Role
from accounts.namespaces.models import Preset
from accounts.orgs.actions.roles import take_role
from governance.policies.actions import change_preset
from governance.reviews.community import ask_community
from governance.reviews.models import Decision
from governance.scanning.engine import ruleset_version
from governance.scanning.models import ContentScan
from hub.core.errors import Conflict, Forbidden
from hub.core.gates import GateShut
from models_catalog.changes.actions import add_to_change, merge_change
from models_catalog.changes.models import DiscussionState
from models_catalog.revisions.models import Revision
from models_catalog.revisions.queries import head_of
from models_catalog.storage.models import Verdict
from tests.accounts.recording import names, recording
from tests.factories.models import additions, judge, judge_all
from tests.factories.people import acting, make_user
from tests.factories.reviews import (
    CARD,
    FILES,
    Scene,
    approve,
    finish_scan,
    make_scene,
    object_to,
)

pytestmark = [pytest.mark.django_db, pytest.mark.data]


def assert_refused(scene: Scene, match: str, *, by=None) -> None:
    """Merging is refused with this reason, nothing is changed and nothing is recorded."""
    before = head_of(scene.repo, "main")
    with recording() as events, pytest.raises(GateShut, match=match):
        merge_change(scene.change, actor=acting(by or scene.maker))
    assert events == []
    assert head_of(scene.repo, "main") == before
    assert scene.fresh().discussion.state == DiscussionState.OPEN
    assert scene.fresh().version.state == "proposed"


def approved(scene: Scene, roles: Iterable[Role] = (Role.REVIEWER,)) -> Scene:
    for role in roles:
        approve(scene.change, scene.member(role))
    return scene


def test_light_asks_for_one_approval(scene):
    assert_refused(scene, "0 of 1 approvals given")

    approve(scene.change, scene.member(Role.REVIEWER))
    merged = merge_change(scene.change, actor=acting(scene.maker))

    assert head_of(scene.repo, "main") == scene.change.head
    assert (merged.version.state, merged.version.approvals) == ("released", 1)


@pytest.mark.parametrize(
    ("verdict", "reason"),
    [
        (None, "Scanning: 0 of 3 files are done"),
        (Verdict.DANGEROUS, "dangerous to open"),
        (Verdict.ERROR, "failed, so nobody knows"),
    ],
)
@pytest.mark.parametrize("preset", Preset)
def test_no_preset_lets_unscanned_failed_or_dangerous_files_pass(preset, verdict, reason):
    scene = make_scene(preset, verdict=verdict)

    assert_refused(scene, reason)


@pytest.mark.parametrize("verdict", [Verdict.UNSCANNABLE, Verdict.SUSPICIOUS])
def test_open_asks_nobody_and_lets_pass_what_is_not_blocked(verdict):
    scene = make_scene(Preset.OPEN, verdict=verdict)

    merged = merge_change(scene.change, actor=acting(scene.maker))

    assert merged.version.approvals == 0
    assert not merged.version.is_approved


@pytest.mark.parametrize("verdict", [Verdict.UNSCANNABLE, Verdict.SUSPICIOUS])
def test_light_asks_for_an_answer_to_what_is_not_clean(verdict):
    scene = approved(make_scene(verdict=verdict))

    assert_refused(scene, "answer for it with a waiver")


def test_strict_asks_for_two_approvals_one_of_them_for_security():
    scene = make_scene(Preset.STRICT, files={**FILES, "README.md": CARD})
    assert_refused(scene, "0 of 2 approvals given. A security reviewer")

    approved(scene, [Role.REVIEWER, Role.MAINTAINER])
    assert_refused(scene, "2 of 2 approvals given. A security reviewer")

    approve(scene.change, scene.member(Role.SECURITY_REVIEWER))
    assert merge_change(scene.change, actor=acting(scene.maker)).version.approvals == 3


def test_two_approvals_by_one_person_are_one():
    scene = make_scene(Preset.STRICT, files={**FILES, "README.md": CARD})
    security = scene.member(Role.SECURITY_REVIEWER)
    approve(scene.change, security)
    approve(scene.change, security, reason="Once more, with feeling.")

    assert_refused(scene, "1 of 2 approvals given")


@pytest.mark.parametrize(
    ("files", "reason"),
    [
        (FILES, "There is no README.md"),
        ({**FILES, "README.md": b"# Leaf\n"}, "Name a licence"),
        ({**FILES, "README.md": CARD.split(b"## Known")[0]}, "known limits"),
        ({**FILES, "README.md": CARD, "model.pt": b"weights"}, "can run code when loaded"),
    ],
)
def test_strict_asks_for_a_complete_card_and_safe_formats(files, reason):
    scene = make_scene(Preset.STRICT, files=files)

    assert_refused(scene, reason)


def test_strict_knows_a_pickle_by_its_bytes():
    scene = make_scene(Preset.STRICT, files={**FILES, "README.md": CARD, "model.bin": b"weights!"})
    ContentScan.objects.filter(blob__size=8).update(formats=["zip", "pickle"])

    assert_refused(scene, r"model\.bin can run code")


def test_a_file_that_turned_dangerous_after_the_approval_is_not_merged(scene):
    approved(scene)
    judge(scene.change.head, "config.json", Verdict.DANGEROUS, ruleset=ruleset_version())

    assert_refused(scene, "dangerous to open")


def test_a_verdict_of_an_older_ruleset_does_not_open_the_gate(scene):
    approved(scene)
    judge_all(scene.change.head, Verdict.SAFE, ruleset="yesterday's rules")

    assert_refused(scene, "Scanning: 0 of 3 files")


def test_a_commit_after_the_approval_needs_a_new_one(scene):
    approved(scene)
    maker = acting(scene.maker)
    operations = additions({"x.txt": b"x"}, actor=maker)
    finish_scan(add_to_change(scene.change, operations=operations, message="More", actor=maker))

    assert_refused(scene, "0 of 1 approvals given")


def test_an_approval_under_the_policy_before_does_not_count(scene):
    approved(scene)
    change_preset(scene.organization, preset="strict", actor=acting(scene.owner), reason="We grew.")
    change_preset(scene.organization, preset="light", actor=acting(scene.owner), reason="We grew.")

    assert_refused(scene, "0 of 1 approvals given")


@pytest.mark.parametrize(
    "altered", ["manifest_digest", "revision", "policy"], ids=lambda name: f"another {name}"
)
def test_an_approval_counts_only_for_exactly_what_it_was_about(scene, altered):
    decision = approve(scene.change, scene.member(Role.REVIEWER))
    other = make_scene(name="tundra")
    value = {
        "manifest_digest": "0" * 64,
        "revision": Revision.objects.filter(repo=scene.repo).first(),
        "policy": approve(other.change, other.member(Role.REVIEWER, "somebody")).policy,
    }[altered]
    Decision.objects.filter(pk=decision.pk).update(**{altered: value})

    assert_refused(scene, "0 of 1 approvals given")


def test_an_approval_by_somebody_who_lost_the_role_does_not_count(scene):
    reviewer = scene.member(Role.REVIEWER)
    approve(scene.change, reviewer)
    take_role(scene.organization, reviewer, role=Role.REVIEWER.value, actor=acting(scene.owner))

    assert_refused(scene, "0 of 1 approvals given")


def test_an_approval_by_somebody_whose_account_is_closed_does_not_count(scene):
    reviewer = scene.member(Role.REVIEWER)
    approve(scene.change, reviewer)
    reviewer.is_active = False
    reviewer.save(update_fields=["is_active"])

    assert_refused(scene, "0 of 1 approvals given")


@pytest.mark.parametrize("kind", ["request_changes", "reject"])
def test_one_objection_outweighs_every_approval(scene, kind):
    approved(scene)
    object_to(scene.change, scene.member(Role.ADMIN), kind=kind)

    assert_refused(scene, "asks for changes")


def test_a_standin_no_longer_counts_when_the_organisation_has_grown(scene):
    change_actor = acting(scene.owner)
    operations = additions({"x.txt": b"x"}, actor=change_actor)
    finish_scan(
        add_to_change(scene.change, operations=operations, message="More", actor=change_actor)
    )
    neighbour = make_user("neighbour", is_community_reviewer=True)
    ask_community(scene.fresh(), actor=acting(scene.maker))
    approve(scene.change, neighbour)
    scene.member(Role.REVIEWER)

    assert_refused(scene, "0 of 1 approvals given")


def test_a_standin_counts_while_the_organisation_is_too_small(scene):
    owner = acting(scene.owner)
    operations = additions({"x.txt": b"x"}, actor=owner)
    finish_scan(add_to_change(scene.change, operations=operations, message="More", actor=owner))
    neighbour = make_user("neighbour", is_community_reviewer=True)
    ask_community(scene.fresh(), actor=acting(scene.maker))
    approve(scene.change, neighbour)

    assert merge_change(scene.change, actor=acting(scene.maker)).version.approvals == 1


MAY_MERGE = {
    Role.OWNER: True,
    Role.ADMIN: True,
    Role.MAINTAINER: True,
    Role.CONTRIBUTOR: True,
    Role.REVIEWER: False,
    Role.SECURITY_REVIEWER: False,
    Role.AUDITOR: False,
    Role.READER: False,
}


@pytest.mark.parametrize(("role", "may"), MAY_MERGE.items())
def test_who_may_merge_an_approved_change(scene, role, may):
    approve(scene.change, scene.owner)
    person = acting(scene.member(role))

    if may:
        assert merge_change(scene.change, actor=person).merged_by == person.user
        return
    with recording() as events, pytest.raises(Forbidden, match="Upload files"):
        merge_change(scene.change, actor=person)
    assert events == []


def test_merging_twice_merges_once(scene):
    approved(scene)
    merge_change(scene.change, actor=acting(scene.maker))

    with recording() as events, pytest.raises(Conflict, match="merged or closed"):
        merge_change(scene.change, actor=acting(scene.maker))

    assert events == []


def test_a_merge_tells_what_was_merged_and_by_how_many_it_was_approved(scene):
    approved(scene, [Role.REVIEWER, Role.SECURITY_REVIEWER])

    with recording() as events:
        merge_change(scene.change, actor=acting(scene.maker))

    assert names(events) == ["ref:moved", "version:released", "change:merged"]
    assert events[-1].data["approvals"] == 2
    assert events[-1].data["manifest_digest"] == scene.change.head.manifest_digest
