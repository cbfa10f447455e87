"""Aliases: names that move between the versions of a model."""

from __future__ import annotations

import pytest

from hub.core.actor import ANONYMOUS
from hub.core.errors import Conflict, Forbidden, Invalid, NotFound
from hub.core.gates import GateShut
from models_catalog.stages.actions import protect_alias, remove_alias, set_alias
from models_catalog.stages.queries import alias_now, aliases_of
from models_catalog.versions.actions import propose_version
from models_catalog.versions.queries import get_revision
from tests.accounts.recording import recording
from tests.factories.people import acting


def _meant(shelf, alias="champion"):
    move = alias_now(shelf.repo, alias)
    return move.version.number if move and move.version else None


def test_an_alias_moves_between_versions(shelf):
    set_alias(shelf.repo, "champion", shelf.first, actor=acting(shelf.keeper))
    with recording() as events:
        set_alias(shelf.repo, "champion", shelf.second, expected=1, actor=acting(shelf.keeper))

    assert _meant(shelf) == 2
    assert [(e.data["alias"], e.data["from_number"], e.data["number"]) for e in events] == [
        ("champion", 1, 2)
    ]


def test_a_version_bears_several_aliases(shelf):
    for name in ("champion", "best-on-leaves"):
        set_alias(shelf.repo, name, shelf.first, actor=acting(shelf.keeper))

    assert [move.alias for move in aliases_of(shelf.repo)] == ["best-on-leaves", "champion"]


def test_who_saw_it_mean_another_version_is_told(shelf):
    set_alias(shelf.repo, "champion", shelf.first, actor=acting(shelf.keeper))

    with pytest.raises(Conflict, match="v1 stands there now"):
        set_alias(shelf.repo, "champion", shelf.second, expected=0, actor=acting(shelf.keeper))

    assert _meant(shelf) == 1


def test_an_alias_is_taken_away_and_its_history_stays(shelf):
    set_alias(shelf.repo, "champion", shelf.first, actor=acting(shelf.keeper))
    remove_alias(shelf.repo, "champion", actor=acting(shelf.keeper))

    assert _meant(shelf) is None
    assert list(aliases_of(shelf.repo)) == []
    with pytest.raises(NotFound):
        remove_alias(shelf.repo, "champion", actor=acting(shelf.keeper))


@pytest.mark.parametrize("word", ["main", "v2", "a1b2c3d", "Champion", "a/b", "12", "latest", ""])
def test_what_could_be_mistaken_is_no_alias(shelf, word):
    with pytest.raises(Invalid):
        set_alias(shelf.repo, word, shelf.first, actor=acting(shelf.keeper))


def test_a_stage_and_a_label_are_no_aliases(shelf):
    propose_version(shelf.repo, label="spring", actor=acting(shelf.owner))

    for taken in ("production", "spring"):
        with pytest.raises(Conflict, match="Choose another word"):
            set_alias(shelf.repo, taken, shelf.first, actor=acting(shelf.keeper))


def test_only_who_maintains_a_model_names_its_versions(shelf):
    with pytest.raises(Forbidden):
        set_alias(shelf.repo, "champion", shelf.first, actor=acting(shelf.maker))


def test_a_protected_alias_of_a_reviewed_model_stays(reviewed):
    set_alias(reviewed.repo, "champion", reviewed.first, actor=acting(reviewed.keeper))
    protect_alias(reviewed.organization, "champion", actor=acting(reviewed.owner))

    for move in (
        lambda: set_alias(reviewed.repo, "champion", reviewed.second, actor=acting(reviewed.owner)),
        lambda: remove_alias(reviewed.repo, "champion", actor=acting(reviewed.owner)),
    ):
        with recording() as events, pytest.raises(GateShut, match="is protected"):
            move()
        assert events == []

    assert _meant(reviewed) == 1


def test_a_protected_alias_of_an_open_model_is_free(shelf):
    protect_alias(shelf.organization, "champion", actor=acting(shelf.owner))

    set_alias(shelf.repo, "champion", shelf.first, actor=acting(shelf.keeper))

    assert _meant(shelf) == 1


def test_an_alias_opens_the_revision_of_its_version(shelf):
    set_alias(shelf.repo, "champion", shelf.first, actor=acting(shelf.keeper))
    set_alias(shelf.repo, "champion", shelf.second, actor=acting(shelf.keeper))

    found = get_revision(shelf.repo, "champion", actor=ANONYMOUS)

    assert found == shelf.second.revision


def test_a_label_does_not_stand_in_for_an_alias(reviewed):
    set_alias(reviewed.repo, "champion", reviewed.first, actor=acting(reviewed.keeper))
    later = propose_version(reviewed.repo, label="champion", actor=acting(reviewed.maker))
    later.revision = reviewed.third.revision
    later.save(update_fields=["revision"])

    found = get_revision(reviewed.repo, "champion", actor=acting(reviewed.maker))

    assert found == reviewed.first.revision
