"""Two who change settings at once do not undo each other: a model made private stays private."""

from __future__ import annotations

import pytest

from hub.core.errors import Conflict
from models_catalog.repos.actions import change_settings
from models_catalog.repos.models import Repo
from tests.factories.models import make_repo
from tests.factories.people import acting, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.data]


@pytest.fixture
def ada():
    return make_user("ada")


@pytest.fixture
def read_before(ada):
    """A model as somebody read it before it was made private."""
    repo = make_repo("minilm", owner=ada)
    before = Repo.objects.select_related("namespace").get(pk=repo.pk)
    change_settings(repo, visibility="private", actor=acting(ada))
    return before


def test_what_is_not_named_stays_as_it_is_by_now(read_before, ada):
    change_settings(read_before, gating="terms", gating_terms="Be kind.", actor=acting(ada))

    stands = Repo.objects.get(pk=read_before.pk)
    assert (stands.visibility, stands.gating, stands.gating_terms) == (
        "private",
        "terms",
        "Be kind.",
    )


def test_settings_that_are_others_by_now_are_not_changed(read_before, ada):
    seen = (read_before.visibility, read_before.gating, read_before.gating_terms)

    with pytest.raises(Conflict):
        change_settings(read_before, visibility="internal", actor=acting(ada), expected=seen)

    assert Repo.objects.get(pk=read_before.pk).visibility == "private"
