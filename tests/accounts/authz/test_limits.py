import pytest

from accounts.authz.policy import ROLE_RIGHTS, TOKEN_SCOPES, Right, Role
from accounts.authz.queries import limited, require_means, require_no_token, require_right
from hub.core.actor import ANONYMOUS, SYSTEM, Actor, Means
from hub.core.errors import Forbidden, SignInRequired

OWNER = ROLE_RIGHTS[Role.OWNER]
HERE, ELSEWHERE = 1, 2


def test_a_session_has_every_right_of_the_person():
    assert limited(OWNER, Actor(means=Means.SESSION), namespace_id=HERE) == OWNER


def test_a_token_has_no_right_that_it_was_not_given():
    actor = Actor(means=Means.TOKEN, rights=frozenset(TOKEN_SCOPES["read"]))

    assert limited(OWNER, actor, namespace_id=HERE) == {Right.READ, Right.SEE_UNRELEASED}


def test_a_token_has_no_right_that_the_person_lacks():
    actor = Actor(means=Means.TOKEN, rights=frozenset(Right))

    assert limited({Right.READ}, actor, namespace_id=HERE) == {Right.READ}


def test_a_token_limited_to_a_namespace_has_no_rights_elsewhere():
    actor = Actor(means=Means.TOKEN, namespaces=frozenset({HERE}))

    assert limited(OWNER, actor, namespace_id=HERE) == OWNER
    assert limited(OWNER, actor, namespace_id=ELSEWHERE) == frozenset()


def test_a_token_limited_to_a_repo_has_no_rights_on_others_nor_on_the_organisation():
    actor = Actor(means=Means.TOKEN, repos=frozenset({7}))

    assert limited(OWNER, actor, namespace_id=HERE, repo_id=7) == OWNER
    assert limited(OWNER, actor, namespace_id=HERE, repo_id=8) == frozenset()
    assert limited(OWNER, actor, namespace_id=HERE) == frozenset()


def test_an_empty_limit_is_a_limit():
    assert limited(OWNER, Actor(namespaces=frozenset()), namespace_id=HERE) == frozenset()
    assert limited(OWNER, Actor(rights=frozenset()), namespace_id=HERE) == frozenset()


def test_a_stranger_is_asked_to_sign_in():
    with pytest.raises(SignInRequired):
        require_right(frozenset(), Right.READ, ANONYMOUS, on="savanna")


@pytest.mark.django_db
def test_somebody_without_the_right_hears_which_one_it_takes(django_user_model):
    actor = Actor(user=django_user_model(username="ada"), means=Means.SESSION)

    with pytest.raises(Forbidden, match="Invite people and give roles” on savanna"):
        require_right(frozenset({Right.READ}), Right.MEMBERS, actor, on="savanna")


@pytest.mark.django_db
def test_means_are_asked_for_what_the_person_may_anyway(django_user_model):
    user = django_user_model(username="ada")
    weak = Actor(user=user, means=Means.TOKEN, rights=frozenset(TOKEN_SCOPES["write"]))

    require_means(Actor(user=user, means=Means.SESSION), Right.MEMBERS, namespace_id=HERE)
    with pytest.raises(Forbidden, match="token"):
        require_means(weak, Right.MEMBERS, namespace_id=HERE)


@pytest.mark.django_db
def test_a_token_of_any_strength_is_refused_where_only_the_person_counts(django_user_model):
    user = django_user_model(username="ada")

    require_no_token(Actor(user=user, means=Means.COMMAND), to="make tokens")
    with pytest.raises(Forbidden, match="may not make tokens"):
        require_no_token(Actor(user=user, means=Means.TOKEN), to="make tokens")
    with pytest.raises(SignInRequired):
        require_no_token(SYSTEM, to="make tokens")
