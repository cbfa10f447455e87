"""A model that nobody may know of is not named by the pages of another."""

from __future__ import annotations

import pytest

from models_catalog.repos.actions import change_settings, withdraw_repo
from tests.factories.models import CARD, commit_files, judge_all, make_repo
from tests.factories.people import acting, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.data]


PAGES = [
    "/ada/old",
    "/ada/old/tree/main",
    "/ada/old/raw/main/README.md",
    "/api/v1/models/ada/old",
    "/api/v1/models/ada/old/info/main/README.md",
    "/api/v1/models/ada/old/files/main/README.md",
]


@pytest.mark.parametrize("page", PAGES)
def test_a_withdrawn_model_does_not_name_a_successor_that_became_private(client, page):
    ada = make_user("ada")
    old, new = make_repo("old", owner=ada), make_repo("successor-of-it", owner=ada)
    judge_all(commit_files(old, {"README.md": CARD}, by=ada))
    withdraw_repo(old, reason="It leaked.", successor=new, actor=acting(ada))
    change_settings(new, visibility="private", gating="none", gating_terms="", actor=acting(ada))

    seen_by_stranger = client.get(page).content.decode()
    client.force_login(ada)
    seen_by_owner = client.get(page).content.decode()

    assert "successor-of-it" not in seen_by_stranger
    assert "successor-of-it" in seen_by_owner
