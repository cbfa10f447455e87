from __future__ import annotations

import pytest

from accounts.authz.policy import Role
from accounts.namespaces.models import Preset
from governance.policies.drafts import (
    adopt_draft_alone,
    approve_draft,
    drop_draft,
    propose_draft,
    rebase_draft,
    rewrite_draft,
    write_draft,
)
from governance.policies.events import DraftProposed
from governance.policies.models import DraftState, Policy, PolicyDraft
from governance.policies.places import HUB, of_namespace, of_repo
from governance.policies.presets import PRESET_RULES
from governance.policies.queries import policy_for
from governance.simulations.actions import simulate
from hub.core.errors import Conflict, Forbidden, Invalid
from hub.core.events import subscribe
from models_catalog.repos.models import Repo
from tests.accounts.recording import names, personal, recording
from tests.factories.models import make_repo
from tests.factories.people import acting, add_member, make_organization, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.data]
LIGHT = PRESET_RULES[Preset.LIGHT]
STRICTER = {**LIGHT, "safe_formats": {}}
LOOSER = {name: LIGHT[name] for name in ("approvals", "verdicts")}


@pytest.fixture
def owner():
    return make_user("owner")


@pytest.fixture
def organization(owner):
    return make_organization("savanna", owner, preset="light")


@pytest.fixture
def admin(organization):
    return add_member(organization, make_user("deputy"), Role.ADMIN.value)


@pytest.fixture
def place(organization):
    return of_namespace(organization.namespace)


def written(place, by, rules=STRICTER, preset="light"):
    return write_draft(place, preset=preset, rules=rules, note="Pickles bite.", actor=acting(by))


def proposed(place, by, rules=STRICTER, preset="light"):
    draft = written(place, by, rules, preset)
    simulate(draft, actor=acting(by))
    return propose_draft(draft, actor=acting(by))


def test_a_draft_changes_nothing_by_itself(place, organization, owner):
    with recording() as events:
        draft = written(place, owner)

    assert (draft.number, draft.base_number, draft.state) == (1, 1, DraftState.DRAFT)
    assert policy_for(organization.namespace).rules == LIGHT
    assert names(events) == ["policy_draft:written"]


def test_what_one_proposed_another_puts_in_force(place, organization, owner, admin):
    draft = proposed(place, owner)

    with recording() as events:
        policy = approve_draft(draft, actor=acting(admin), expected=draft.digest)

    assert policy_for(organization.namespace) == policy
    assert "safe_formats" in policy.rules
    assert (policy.created_by, policy.approved_by, policy.note) == (owner, admin, "Pickles bite.")
    assert PolicyDraft.objects.get(pk=draft.pk).policy == policy
    assert names(events) == ["policy_draft:approved", "policy:adopted", "policy:changed"]
    assert personal(events[-1], "approved_by") == "deputy"


def test_those_who_could_approve_are_told(place, owner, admin):
    told: list[DraftProposed] = []
    subscribe(DraftProposed, told.append)

    proposed(place, owner)

    assert told[-1].concerns == (admin.pk,)


def test_nobody_approves_their_own_draft(place, organization, owner, admin):
    draft = proposed(place, owner)

    with recording() as events, pytest.raises(Forbidden, match="somebody else"):
        approve_draft(draft, actor=acting(owner))

    assert events == []
    assert policy_for(organization.namespace).number == 1


def test_nobody_without_the_right_approves(place, organization, owner, admin):
    draft = proposed(place, owner)
    reviewer = add_member(organization, make_user("reviewer"), Role.REVIEWER.value)

    with pytest.raises(Forbidden, match="needs the right"):
        approve_draft(draft, actor=acting(reviewer))


def test_a_draft_is_proposed_before_it_is_approved_and_simulated_before_that(place, owner, admin):
    draft = written(place, owner)

    with pytest.raises(Conflict, match="not been proposed"):
        approve_draft(draft, actor=acting(admin))
    with pytest.raises(Conflict, match="Simulate"):
        propose_draft(draft, actor=acting(owner))


def test_asking_for_less_needs_an_owner_among_the_two(place, organization, owner, admin):
    second = add_member(organization, make_user("second"), Role.ADMIN.value)
    draft = proposed(place, admin, LOOSER)

    with pytest.raises(Forbidden):
        approve_draft(draft, actor=acting(second))
    assert policy_for(organization.namespace).number == 1

    assert approve_draft(draft, actor=acting(owner)).number == 2


def test_an_admin_may_let_an_owner_ask_for_less(place, owner, admin):
    draft = proposed(place, owner, LOOSER)

    assert approve_draft(draft, actor=acting(admin)).number == 2


def test_where_nobody_else_could_approve_its_maker_adopts_it_with_a_reason(place, owner):
    draft = written(place, owner)
    simulate(draft, actor=acting(owner))

    with pytest.raises(Invalid):
        adopt_draft_alone(draft, reason=" ", actor=acting(owner))
    with recording() as events:
        policy = adopt_draft_alone(draft, reason="I am alone.", actor=acting(owner))

    assert (policy.approved_by, policy.created_by) == (None, owner)
    assert "policy_draft:adopted_alone" in names(events)


def test_where_somebody_could_approve_nobody_adopts_alone(place, owner, admin):
    draft = written(place, owner)

    with pytest.raises(Forbidden, match="Somebody else"):
        adopt_draft_alone(draft, reason="Hurry.", actor=acting(owner))


def test_the_second_of_two_drafts_has_to_be_rebased(place, organization, owner, admin):
    first, second = proposed(place, owner), proposed(place, admin, PRESET_RULES[Preset.STRICT])
    approve_draft(first, actor=acting(admin))

    with recording() as events, pytest.raises(Conflict, match="Bring the draft up to date"):
        approve_draft(second, actor=acting(owner))
    assert events == []

    rebased = rebase_draft(second, actor=acting(admin))
    assert (rebased.state, rebased.base_number) == (DraftState.DRAFT, 2)
    assert rebased.digest != second.digest
    simulate(rebased, actor=acting(admin))
    propose_draft(rebased, actor=acting(admin))
    assert approve_draft(rebased, actor=acting(owner)).number == 3


def test_a_draft_that_was_rewritten_is_not_approved_unseen(place, owner, admin):
    seen = proposed(place, owner).digest
    draft = PolicyDraft.objects.get()
    rewrite_draft(
        draft,
        preset="light",
        rules={**STRICTER, "licence_present": {}},
        note="More.",
        actor=acting(owner),
    )

    with pytest.raises(Conflict, match="Read it again"):
        approve_draft(draft, actor=acting(admin), expected=seen)


def test_only_its_maker_changes_a_draft(place, owner, admin):
    draft = written(place, owner)

    with pytest.raises(Forbidden, match="Write one of your own"):
        rewrite_draft(draft, preset="light", rules=LIGHT, note="Mine.", actor=acting(admin))


def test_a_dropped_draft_is_over(place, owner, admin):
    draft = proposed(place, owner)

    drop_draft(draft, reason="Too much.", actor=acting(admin))

    assert PolicyDraft.objects.get(pk=draft.pk).reason == "Too much."
    with pytest.raises(Conflict, match="already"):
        approve_draft(draft, actor=acting(admin))


@pytest.mark.parametrize(
    ("preset", "rules", "field"),
    [
        ("light", {"nonsense": {}}, "nonsense"),
        ("light", {"approvals": {"count": -1}}, "approvals.count"),
        ("none", LIGHT, "preset"),
        ("open", LIGHT, "preset"),
        ("light", LIGHT, "rules"),
    ],
)
def test_what_cannot_be_asked_for_is_refused(place, owner, preset, rules, field):
    with pytest.raises(Invalid) as refused:
        written(place, owner, rules, preset)

    assert refused.value.field == field
    assert not PolicyDraft.objects.exists()


def test_a_draft_for_one_model_tightens_it_alone(organization, owner, admin):
    repo = make_repo("leaf", owner=owner, organization=organization)
    draft = proposed(of_repo(repo), owner, {"approvals": {"count": 2, "security": 0}}, "")

    approve_draft(draft, actor=acting(admin))

    assert Policy.objects.get(repo=repo).number == 1
    assert policy_for(organization.namespace).number == 1


def test_the_hubs_own_policy_is_for_its_administrators(owner):
    root, other = (
        make_user("operator-one", is_superuser=True),
        make_user("operator-two", is_superuser=True),
    )
    with pytest.raises(Forbidden, match="administrators"):
        written(HUB, owner, {"safe_formats": {}}, "")

    draft = proposed(HUB, root, {"safe_formats": {}}, "")
    policy = approve_draft(draft, actor=acting(other))

    assert (policy.layer, policy.number, policy.namespace) == ("hub", 1, None)
    assert Repo.objects.count() == 0
