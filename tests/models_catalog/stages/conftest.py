"""A model of an organisation with three versions, open or reviewed."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from accounts.authz.policy import Role
from accounts.namespaces.models import Preset
from accounts.orgs.models import Organization
from accounts.users.models import User
from models_catalog.repos.models import Repo
from models_catalog.versions.models import Version
from tests.factories.models import commit_files, make_repo, release
from tests.factories.people import add_member, make_organization, make_user


@dataclass
class Shelf:
    """``owner`` owns the organisation, ``keeper`` maintains its model, ``maker`` contributes to it."""

    organization: Organization
    repo: Repo
    owner: User
    keeper: User
    maker: User
    first: Version
    second: Version
    third: Version


def make_shelf(*, is_reviewed: bool = False) -> Shelf:
    """Three released versions; nothing stands anywhere."""
    owner = make_user("owner")
    organization = make_organization("savanna", owner, preset=Preset.OPEN.value)
    keeper = add_member(organization, make_user("keeper"), Role.MAINTAINER.value)
    maker = add_member(organization, make_user("maker"), Role.CONTRIBUTOR.value)
    repo = make_repo("leaf", owner=owner, organization=organization)
    versions = []
    for number in (1, 2, 3):
        revision = commit_files(repo, {"model.safetensors": b"%d" % number}, by=owner)
        versions.append(release(repo, revision, by=owner))
    Repo.objects.filter(pk=repo.pk).update(is_protected=is_reviewed)
    repo.refresh_from_db()
    return Shelf(organization, repo, owner, keeper, maker, *versions)


@pytest.fixture
def shelf(db) -> Shelf:
    """Of an open model: whoever maintains it moves its versions freely."""
    return make_shelf()


@pytest.fixture
def reviewed(db) -> Shelf:
    """Of a reviewed model."""
    return make_shelf(is_reviewed=True)
