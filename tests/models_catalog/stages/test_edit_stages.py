"""What stages an organisation has, and which aliases it protects."""

from __future__ import annotations

import pytest

from accounts.authz.policy import Role
from hub.core.errors import Conflict, Forbidden, Invalid, NotFound
from models_catalog.stages.actions import (
    add_stage,
    change_stage,
    move_stage,
    protect_alias,
    remove_stage,
    reorder_stages,
    set_alias,
    unprotect_alias,
)
from models_catalog.stages.models import Stage
from models_catalog.stages.queries import is_stage_protected, protected_aliases, stages_of
from tests.accounts.recording import recording
from tests.factories.people import acting, add_member, make_user


def _names(shelf):
    return [stage.name for stage in stages_of(shelf.organization.namespace)]


@pytest.fixture
def admin(shelf):
    return acting(add_member(shelf.organization, make_user("the-admin"), Role.ADMIN.value))


def test_the_usual_stages_are_there_before_anybody_defines_any(shelf):
    stages = stages_of(shelf.organization.namespace)

    assert [(s.name, s.is_protected, s.is_exclusive) for s in stages] == [
        ("candidate", False, False),
        ("staging", True, False),
        ("production", True, True),
        ("archived", False, False),
    ]
    assert not Stage.objects.exists()


def test_a_stage_is_added_after_the_others(shelf, admin):
    with recording() as events:
        add_stage(shelf.organization, "shadow", is_protected=True, actor=admin)

    assert _names(shelf) == ["candidate", "staging", "production", "archived", "shadow"]
    assert is_stage_protected(shelf.organization.namespace, "shadow")
    assert events[0].data["protected"] == ["staging", "production", "shadow"]


def test_stages_are_put_in_another_order(shelf, admin):
    reorder_stages(
        shelf.organization, ["archived", "candidate", "staging", "production"], actor=admin
    )

    assert _names(shelf) == ["archived", "candidate", "staging", "production"]
    with pytest.raises(Invalid, match="every stage once"):
        reorder_stages(shelf.organization, ["archived", "archived"], actor=admin)


def test_a_stage_is_called_something_else(shelf, admin):
    change_stage(shelf.organization, "production", title="In  use", actor=admin)

    assert stages_of(shelf.organization.namespace)[2].title == "In use"


def test_a_stage_in_use_stays(shelf, admin):
    move_stage(shelf.first, "candidate", actor=acting(shelf.keeper))

    with recording() as events, pytest.raises(Conflict, match="1 version stands in “Candidate”"):
        remove_stage(shelf.organization, "candidate", actor=admin)

    assert "candidate" in _names(shelf)
    assert events == []


def test_a_stage_that_nobody_uses_goes(shelf, admin):
    remove_stage(shelf.organization, "candidate", actor=admin)

    assert _names(shelf) == ["staging", "production", "archived"]


@pytest.mark.parametrize(
    "act",
    [
        lambda org, who: change_stage(org, "production", is_protected=False, actor=who),
        lambda org, who: remove_stage(org, "production", actor=who),
        lambda org, who: unprotect_alias(org, "champion", actor=who),
    ],
    ids=["unprotect", "remove", "unprotect-alias"],
)
def test_asking_for_less_needs_an_owner(shelf, admin, act):
    protect_alias(shelf.organization, "champion", actor=admin)

    with recording() as events, pytest.raises(Forbidden, match="settings of the organisation"):
        act(shelf.organization, admin)
    assert events == []

    act(shelf.organization, acting(shelf.owner))


def test_who_may_not_change_the_policy_changes_no_stage(shelf):
    for act in (
        lambda: add_stage(shelf.organization, "shadow", actor=acting(shelf.keeper)),
        lambda: protect_alias(shelf.organization, "champion", actor=acting(shelf.keeper)),
    ):
        with pytest.raises(Forbidden, match="Change the review policy"):
            act()

    assert not Stage.objects.exists()


def test_an_alias_is_protected_once_and_let_go(shelf, admin):
    for _time in range(2):
        protect_alias(shelf.organization, "champion", actor=admin)
    assert protected_aliases(shelf.organization.namespace) == ["champion"]

    unprotect_alias(shelf.organization, "champion", actor=acting(shelf.owner))

    assert protected_aliases(shelf.organization.namespace) == []
    with pytest.raises(NotFound):
        unprotect_alias(shelf.organization, "champion", actor=acting(shelf.owner))


def test_a_word_that_is_an_alias_somewhere_is_no_stage(shelf, admin):
    set_alias(shelf.repo, "champion", shelf.first, actor=acting(shelf.keeper))

    with pytest.raises(Conflict, match="have an alias"):
        add_stage(shelf.organization, "champion", actor=admin)


def test_a_name_is_a_stage_once(shelf, admin):
    with pytest.raises(Conflict, match="already"):
        add_stage(shelf.organization, "production", actor=admin)


def test_a_stage_that_came_with_a_model_from_elsewhere_is_protected(shelf):
    assert is_stage_protected(shelf.organization.namespace, "unheard-of")
    assert not is_stage_protected(shelf.organization.namespace, "")
