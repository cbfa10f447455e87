"""Giving, changing and ending roles on one model."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.authz.policy import REPO_ROLE_RIGHTS, RepoRole, Right, Role
from governance.reviews.people import deciding_rights
from hub.core.actor import SYSTEM, Actor, Means
from hub.core.errors import Conflict, Forbidden, Invalid, SignInRequired
from models_catalog.grants.actions import end_expired_grants, end_grant, grant_repo, let_in
from models_catalog.grants.models import Grant
from models_catalog.grants.queries import grant_page
from models_catalog.repos.models import Repo, RepoUserPermission
from models_catalog.repos.queries import repo_rights
from tests.accounts.recording import names, recording
from tests.factories.models import make_repo
from tests.factories.people import acting, add_member, make_organization, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.data]


@pytest.fixture
def owner():
    return make_user("owner")


@pytest.fixture
def repo(owner):
    """A private model of an organisation that nobody outside of it may know of."""
    organization = make_organization("savanna", owner, preset="open")
    return make_repo("leaf", owner=owner, organization=organization, visibility="private")


@pytest.fixture
def ada():
    return make_user("ada")


def today():
    return timezone.localdate()


def rights_of(repo, person):
    return repo_rights(repo, actor=acting(person))


def sees(person, repo):
    return Repo.objects.visible_to(acting(person)).filter(pk=repo.pk).exists()


def give(repo, to, role, owner, **more):
    return grant_repo(repo, to, role=role, actor=acting(owner), **more)


@pytest.mark.parametrize("role", list(RepoRole))
def test_a_role_gives_exactly_its_rights(repo, owner, ada, role):
    with recording() as events:
        give(repo, ada, role, owner)

    assert rights_of(repo, ada) == REPO_ROLE_RIGHTS[role]
    assert names(events) == ["grant:given"]


def test_another_role_takes_the_place_of_the_first(repo, owner, ada):
    give(repo, ada, "maintainer", owner)

    with recording() as events:
        give(repo, ada, "reader", owner)

    assert rights_of(repo, ada) == {Right.READ}
    assert Grant.objects.count() == 1
    assert names(events) == ["grant:changed"]


def test_the_same_role_again_changes_nothing(repo, owner, ada):
    give(repo, ada, "reader", owner)

    with recording() as events:
        give(repo, ada, "reader", owner)

    assert names(events) == []


def test_who_thinks_it_is_the_first_role_is_told_of_the_one_there_is(repo, owner, ada):
    give(repo, ada, "maintainer", owner)

    with pytest.raises(Conflict):
        give(repo, ada, "reader", owner, is_new=True)

    assert rights_of(repo, ada) == REPO_ROLE_RIGHTS[RepoRole.MAINTAINER]


def test_an_ended_role_gives_nothing(repo, owner, ada):
    grant = give(repo, ada, "contributor", owner)

    with recording() as events:
        end_grant(grant, actor=acting(owner))
        end_grant(grant, actor=acting(owner))

    assert rights_of(repo, ada) == frozenset()
    assert not RepoUserPermission.objects.exists()
    assert names(events) == ["grant:ended"]


def test_people_lay_down_their_own_role(repo, owner, ada):
    grant = give(repo, ada, "reader", owner)

    end_grant(grant, actor=acting(ada))

    assert not sees(ada, repo)


def test_a_read_token_does_not_lay_a_role_down(repo, owner, ada):
    grant = give(repo, ada, "reader", owner)
    token = Actor(user=ada, means=Means.TOKEN, rights=frozenset({Right.READ}))

    with pytest.raises(Forbidden):
        end_grant(grant, actor=token)

    assert rights_of(repo, ada) == {Right.READ}


def test_a_role_counts_on_its_last_day_and_gives_nothing_on_the_next(repo, owner, ada):
    give(repo, ada, "reviewer", owner, expires_on=today())
    assert sees(ada, repo)

    RepoUserPermission.objects.update(expires_on=today() - timedelta(days=1))

    assert not sees(ada, repo)
    assert rights_of(repo, ada) == frozenset()
    assert ada.pk not in deciding_rights([repo])[repo.pk]


def test_what_has_expired_is_cleared_away_and_told(repo, owner, ada):
    give(repo, ada, "reader", owner, expires_on=today())
    grace = make_user("grace")
    give(repo, grace, "reader", owner)
    Grant.objects.filter(user=ada).update(expires_on=today() - timedelta(days=1))

    with recording() as events:
        assert end_expired_grants(actor=SYSTEM) == 1
        assert end_expired_grants(actor=SYSTEM) == 0

    assert [each.user for each in Grant.objects.all()] == [grace]
    assert not RepoUserPermission.objects.filter(user=ada).exists()
    assert names(events) == ["grant:ended"]


def test_a_day_that_has_passed_is_refused(repo, owner, ada):
    with pytest.raises(Invalid):
        give(repo, ada, "reader", owner, expires_on=today() - timedelta(days=1))


def test_a_role_that_is_given_for_good_loses_its_last_day(repo, owner, ada):
    give(repo, ada, "reader", owner, expires_on=today())

    give(repo, ada, "reader", owner)

    assert set(RepoUserPermission.objects.values_list("expires_on", flat=True)) == {None}


def test_ending_a_role_leaves_a_stand_in_what_standing_in_gives(repo, owner):
    Repo.objects.filter(pk=repo.pk).update(is_protected=True)
    repo.refresh_from_db()
    neighbour = make_user("neighbour", is_community_reviewer=True)
    let_in(repo, [neighbour], actor=acting(owner))
    grant = give(repo, neighbour, "maintainer", owner, expires_on=today())
    assert Right.MANAGE in rights_of(repo, neighbour)

    end_grant(grant, actor=acting(owner))

    assert rights_of(repo, neighbour) == {Right.READ, Right.SEE_UNRELEASED, Right.REVIEW}
    assert set(RepoUserPermission.objects.values_list("expires_on", flat=True)) == {None}


def test_ending_standing_in_leaves_a_role(repo, owner):
    neighbour = make_user("neighbour", is_community_reviewer=True)
    let_in(repo, [neighbour], actor=acting(owner))
    give(repo, neighbour, "reader", owner)

    end_grant(Grant.objects.get(role="stand_in"), actor=acting(owner))

    assert rights_of(repo, neighbour) == {Right.READ}


def test_a_reviewer_of_the_hub_with_a_role_of_their_own_does_not_stand_in(repo, owner):
    Repo.objects.filter(pk=repo.pk).update(is_protected=True)
    repo.refresh_from_db()
    neighbour = make_user("neighbour", is_community_reviewer=True)

    give(repo, neighbour, "contributor", owner)

    assert Right.REVIEW not in rights_of(repo, neighbour)


@pytest.mark.parametrize("role", [Role.CONTRIBUTOR, Role.REVIEWER, Role.AUDITOR, Role.READER])
def test_who_does_not_manage_the_model_gives_nothing(repo, ada, role):
    member = add_member(repo.namespace.organization, make_user("member"), role.value)

    with recording() as events, pytest.raises(Forbidden):
        give(repo, ada, "reader", member)

    assert not Grant.objects.exists()
    assert names(events) == []


def test_strangers_are_asked_to_sign_in(repo, ada):
    with pytest.raises(SignInRequired):
        grant_repo(repo, ada, role="reader", actor=Actor())


@pytest.mark.parametrize("role", [Role.MAINTAINER, Role.ADMIN])
def test_only_who_answers_for_the_organisation_makes_security_reviewers(repo, owner, ada, role):
    member = add_member(repo.namespace.organization, make_user("member"), role.value)
    with pytest.raises(Forbidden):
        give(repo, ada, "security_reviewer", member)
    grant = give(repo, ada, "security_reviewer", owner)

    with pytest.raises(Forbidden):
        give(repo, ada, "reader", member)
    with pytest.raises(Forbidden):
        end_grant(grant, actor=acting(member))

    assert Right.SECURITY in rights_of(repo, ada)


def test_nobody_gives_themselves_a_role(ada):
    own = make_repo("own", owner=ada)

    with pytest.raises(Forbidden):
        give(own, ada, "reviewer", ada)


def test_who_was_made_maintainer_of_a_model_lets_others_in(repo, owner, ada):
    give(repo, ada, "maintainer", owner)
    grace = make_user("grace")

    give(repo, grace, "reader", ada)

    assert sees(grace, repo)


def test_a_role_that_there_is_not_is_refused(repo, owner, ada):
    for role in ("owner", "stand_in", ""):
        with pytest.raises(Invalid):
            give(repo, ada, role, owner)


def _listed(repo, owner):
    rows = grant_page(repo, actor=acting(owner)).rows
    return [each.user.namespace.name for each in rows if each.user]


def test_the_list_costs_the_same_for_one_and_for_many(repo, owner, django_assert_num_queries):
    give(repo, make_user("person"), "reader", owner)
    with django_assert_num_queries(2):
        assert _listed(repo, owner) == ["person"]
    for number in range(9):
        give(repo, make_user(f"person-{number}"), "reader", owner)

    with django_assert_num_queries(2):
        assert len(_listed(repo, owner)) == 10
