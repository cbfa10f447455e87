"""Who may know of which model: a row per kind of visitor, and the same answer from every door."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group
from guardian.shortcuts import assign_perm

from accounts.authz.policy import Right
from hub.core.actor import ANONYMOUS, SYSTEM, Actor, Means
from hub.core.errors import NotFound
from models_catalog.repos.actions import change_settings, protect_repos
from models_catalog.repos.models import Repo
from models_catalog.repos.queries import get_repo, get_repo_by, repo_rights, sees_unreleased
from models_catalog.revisions.queries import head_of
from tests.factories.models import make_repo, release
from tests.factories.people import acting, add_member, make_organization, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.data]

PUBLIC, INTERNAL = {"public"}, {"public", "internal"}
RELEASED = {"public", "internal", "private"}
ALL = {*RELEASED, "unreleased", "unreleased-private"}
OWN = {"own-private"}


class World:
    """An organisation with a model in every state, one of which (``private``) is shared with others by grants."""

    def __init__(self) -> None:
        self.owner = make_user("owner")
        self.organization = make_organization("savanna", self.owner)
        self.repos = {
            name: make_repo(name, owner=self.owner, organization=self.organization)
            for name in sorted(ALL)
        }
        for name in RELEASED:
            repo = self.repos[name]
            revision = head_of(repo, "main")
            assert revision is not None
            release(repo, revision, by=self.owner)
        for name, visibility in (
            ("internal", "internal"),
            ("private", "private"),
            ("unreleased-private", "private"),
        ):
            self.show(self.repos[name], visibility)
        self.ada = make_user("ada")
        self.own = make_repo("own-private", owner=self.ada, visibility="private")

    def show(self, repo: Repo, visibility: str) -> None:
        change_settings(
            repo, visibility=visibility, gating="none", gating_terms="", actor=acting(self.owner)
        )

    def member(self, role: str) -> Actor:
        return acting(add_member(self.organization, make_user(f"the-{role}"), role))

    def token(self, user, *rights: Right, namespaces=None, repos=None) -> Actor:
        return Actor(
            user=user,
            means=Means.TOKEN,
            rights=frozenset(right.value for right in rights),
            namespaces=namespaces,
            repos=repos,
        )


@pytest.fixture
def world():
    return World()


def seen(actor: Actor) -> set[str]:
    """The names that a listing shows; single look-ups must agree with it, model by model."""
    listed = set(Repo.objects.visible_to(actor).values_list("name", flat=True))
    assert listed == {repo.name for repo in Repo.objects.all() if _opens(repo, actor)}
    for repo in Repo.objects.all():
        if sees_unreleased(repo_rights(repo, actor=actor)) and actor.user:
            assert repo.name in listed, "somebody who may look at what is unreleased must find it"
    return listed


def _opens(repo: Repo, actor: Actor) -> bool:
    try:
        get_repo(namespace=repo.namespace.name, name=repo.name, actor=actor)
        get_repo_by(public_id=repo.public_id, accession=None, actor=actor)
        get_repo_by(public_id=None, accession=repo.accession, actor=actor)
    except NotFound:
        return False
    return True


def test_anonymous_visitors_see_what_is_released_and_public(world):
    assert seen(ANONYMOUS) == PUBLIC


def test_a_stranger_sees_internal_models_and_their_own(world):
    assert seen(acting(world.ada)) == INTERNAL | OWN


def test_the_hub_itself_sees_everything(world):
    assert seen(SYSTEM) == ALL | OWN


@pytest.mark.parametrize(
    "role",
    [
        "owner",
        "admin",
        "maintainer",
        "contributor",
        "reviewer",
        "security_reviewer",
        "auditor",
    ],
)
def test_those_who_work_in_an_organisation_see_all_its_models(world, role):
    assert seen(world.member(role)) == ALL


def test_readers_of_an_organisation_see_what_is_released(world):
    assert seen(world.member("reader")) == RELEASED


def test_members_of_another_organisation_are_strangers(world):
    other = make_organization("taiga")
    member = add_member(other, make_user("boris"), "owner")

    assert seen(acting(member)) == INTERNAL


def test_the_security_role_of_the_instance_sees_everything(world):
    guard = make_user("guard", is_instance_security=True)

    assert seen(acting(guard)) == ALL | OWN


def test_a_token_of_the_security_role_of_the_instance_sees_what_any_token_would(world):
    guard = make_user("guard", is_instance_security=True)
    limited = Actor(user=guard, means=Means.TOKEN, namespaces=frozenset({world.ada.namespace_id}))

    assert set(Repo.objects.visible_to(limited).values_list("name", flat=True)) == PUBLIC


@pytest.mark.parametrize("right", [Right.READ, Right.MANAGE])
def test_a_grant_of_a_reader_shows_one_released_model(world, right):
    assign_perm(right.value, world.ada, world.repos["private"])
    assign_perm(right.value, world.ada, world.repos["unreleased"])

    assert seen(acting(world.ada)) == RELEASED | OWN


@pytest.mark.parametrize("right", [Right.SEE_UNRELEASED, Right.WRITE, Right.REVIEW, Right.SECURITY])
def test_a_grant_of_somebody_who_works_on_it_shows_one_unreleased_model(world, right):
    assign_perm(right.value, world.ada, world.repos["unreleased-private"])

    assert seen(acting(world.ada)) == INTERNAL | OWN | {"unreleased-private"}


def test_a_grant_to_a_team_counts_for_its_members(world):
    team = Group.objects.create(name="a team")
    world.ada.groups.add(team)
    assign_perm(Right.WRITE.value, team, world.repos["unreleased-private"])

    assert seen(acting(world.ada)) == INTERNAL | OWN | {"unreleased-private"}


def test_a_grant_to_somebody_else_shows_nothing(world):
    assign_perm(Right.WRITE.value, make_user("grace"), world.repos["private"])

    assert seen(acting(world.ada)) == INTERNAL | OWN
    assert seen(ANONYMOUS) == PUBLIC


def test_a_token_without_rights_sees_what_the_world_sees(world):
    assert seen(world.token(world.ada)) == PUBLIC
    assert seen(world.token(world.owner)) == PUBLIC


def test_a_token_that_may_not_read_does_not_see_its_owners_private_models(world):
    assert seen(world.token(world.ada, Right.CREATE)) == PUBLIC


def test_a_token_that_may_read_sees_what_its_owner_reads(world):
    assert seen(world.token(world.owner, Right.READ)) == RELEASED
    assert seen(world.token(world.owner, Right.READ, Right.SEE_UNRELEASED)) == ALL


def test_a_token_that_may_read_does_not_see_its_owners_models_before_their_release(world):
    protect_repos(world.ada.namespace)

    assert seen(world.token(world.ada, Right.READ)) == INTERNAL
    assert seen(world.token(world.ada, Right.READ, Right.SEE_UNRELEASED)) == INTERNAL | OWN


def test_a_token_of_one_namespace_sees_nothing_more_than_the_world_elsewhere(world):
    both = frozenset({Right.READ, Right.SEE_UNRELEASED})
    member = add_member(world.organization, world.ada, "contributor")
    own_alone = frozenset({member.namespace_id})
    organization_alone = frozenset({world.organization.namespace_id})

    assert seen(world.token(member, *both, namespaces=own_alone)) == PUBLIC | OWN
    assert seen(world.token(member, *both, namespaces=organization_alone)) == ALL


def test_a_token_of_one_model_sees_nothing_more_than_the_world_beside_it(world):
    only = frozenset({world.repos["unreleased"].pk})
    token = world.token(world.owner, Right.READ, Right.SEE_UNRELEASED, repos=only)

    assert seen(token) == PUBLIC | {"unreleased"}


def test_a_grant_does_not_reach_through_a_token_of_another_namespace(world):
    assign_perm(Right.WRITE.value, world.ada, world.repos["private"])
    token = world.token(
        world.ada, Right.WRITE, Right.READ, namespaces=frozenset({world.ada.namespace_id})
    )

    assert seen(token) == PUBLIC | OWN


def test_a_listing_asks_one_query(world, django_assert_num_queries):
    with django_assert_num_queries(1):
        list(Repo.objects.visible_to(acting(world.ada)))
