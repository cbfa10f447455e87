from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.authz.policy import TOKEN_SCOPES, Right
from accounts.orgs.queries import organization_rights
from accounts.tokens.actions import Limits, actor_for_secret, create_token, revoke_token
from accounts.tokens.models import Token
from accounts.tokens.queries import get_token, scope_of, token_page
from accounts.tokens.secret import new_secret
from hub.core.actor import ANONYMOUS, Means
from hub.core.errors import Forbidden, Invalid, NotFound, SignInRequired
from tests.accounts.recording import names, recording
from tests.factories.people import acting, actor_of, make_organization, make_token, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.data]


@pytest.fixture
def ada():
    return make_user("ada")


def test_a_token_stands_for_its_person(ada):
    token, secret = make_token(ada, scope="write")

    actor = actor_for_secret(secret, address="192.0.2.7")

    assert actor is not None
    assert (actor.user, actor.means, actor.token_id) == (ada, Means.TOKEN, token.pk)
    assert actor.rights == TOKEN_SCOPES["write"]
    assert (actor.namespaces, actor.repos, actor.address) == (None, None, "192.0.2.7")


def test_the_secret_is_stored_nowhere(ada):
    _, secret = make_token(ada)

    stored = str(Token.objects.values())
    assert secret not in stored
    assert secret[4:-4] not in stored


def test_making_a_token_is_recorded_without_its_secret(ada):
    with recording() as events:
        _, secret = make_token(ada)

    assert names(events) == ["token:created"]
    assert secret[4:] not in str(events[0].data)


def test_a_secret_that_nobody_made_stands_for_nobody(ada):
    make_token(ada)

    assert actor_for_secret(new_secret()) is None
    assert actor_for_secret("") is None
    assert actor_for_secret("arb_") is None


def test_an_expired_token_stands_for_nobody(ada, time_machine_at):
    soon = timezone.now() + timedelta(days=7)
    _, secret = make_token(ada, expires_at=soon)

    with time_machine_at(soon - timedelta(seconds=1)):
        assert actor_for_secret(secret) is not None
    with time_machine_at(soon):
        assert actor_for_secret(secret) is None


def test_a_revoked_token_stands_for_nobody(ada):
    token, secret = make_token(ada)

    with recording() as events:
        revoke_token(token, actor=acting(ada))

    assert actor_for_secret(secret) is None
    assert names(events) == ["token:revoked"]


def test_revoking_twice_is_recorded_once(ada):
    token, _ = make_token(ada)
    revoke_token(token, actor=acting(ada))

    with recording() as events:
        revoke_token(token, actor=acting(ada))

    assert events == []


def test_the_token_of_a_closed_account_stands_for_nobody(ada):
    _, secret = make_token(ada)
    ada.is_active = False
    ada.save()

    assert actor_for_secret(secret) is None


def test_a_limited_token_counts_in_those_organisations_alone(ada):
    savanna, tundra = make_organization("savanna", ada), make_organization("tundra", ada)
    actor = actor_of(make_token(ada, scope="admin", organizations=(savanna,)))

    assert actor.namespaces == frozenset({savanna.namespace_id})
    assert Right.SETTINGS in organization_rights(savanna, actor=actor)
    assert organization_rights(tundra, actor=actor) == frozenset()


def test_a_token_limited_to_repos_carries_their_ids(ada):
    made = create_token("ci", scope="read", limits=Limits(repos=(9, 4)), actor=acting(ada))

    assert actor_of(made).repos == frozenset({4, 9})


def test_the_default_namespace_must_be_within_the_limits(ada):
    savanna, tundra = make_organization("savanna", ada), make_organization("tundra", ada)
    limits = Limits(namespaces=[savanna.namespace], default_namespace=tundra.namespace)

    with pytest.raises(Invalid, match="default"):
        create_token("ci", scope="read", limits=limits, actor=acting(ada))


def test_a_token_never_exceeds_its_person(ada):
    organization = make_organization("savanna")

    assert (
        organization_rights(organization, actor=actor_of(make_token(ada, scope="admin")))
        == frozenset()
    )


@pytest.mark.parametrize("scope", sorted(TOKEN_SCOPES))
def test_a_token_makes_no_tokens(ada, scope):
    actor = actor_of(make_token(ada, scope=scope))

    with recording() as events, pytest.raises(Forbidden, match="browser"):
        create_token("child", scope="read", actor=actor)

    assert Token.objects.count() == 1
    assert events == []


def test_a_token_revokes_itself_and_no_other(ada):
    mine, other = make_token(ada), make_token(ada)

    with pytest.raises(Forbidden):
        revoke_token(other[0], actor=actor_of(mine))
    revoke_token(mine[0], actor=actor_of(mine))

    assert actor_for_secret(mine[1]) is None
    assert actor_for_secret(other[1]) is not None


def test_nobody_revokes_or_sees_somebody_elses_token(ada):
    token, secret = make_token(ada)
    eve = acting(make_user("eve"))

    with pytest.raises(Forbidden):
        revoke_token(token, actor=eve)
    with pytest.raises(NotFound):
        get_token(token.pk, actor=eve)
    with pytest.raises(NotFound):
        get_token(token.pk, actor=ANONYMOUS)
    assert token_page(actor=eve).rows == []
    assert actor_for_secret(secret) is not None


def test_a_token_learns_of_itself_and_of_no_other(ada):
    mine, other = make_token(ada), make_token(ada)
    program = actor_of(mine)

    assert token_page(actor=program).rows == [mine[0]]
    assert get_token(mine[0].pk, actor=program) == mine[0]
    with pytest.raises(NotFound):
        get_token(other[0].pk, actor=program)


def test_a_stranger_makes_no_token():
    with pytest.raises(SignInRequired):
        create_token("x", scope="read", actor=ANONYMOUS)


@pytest.mark.parametrize(
    ("name", "more", "field"),
    [
        (" ", {}, "name"),
        ("x" * 81, {}, "name"),
        ("two\nlines", {}, "name"),
        ("ci", {"scope": "root"}, "scope"),
        ("ci", {"expires_at": timezone.now() - timedelta(days=1)}, "expires_at"),
    ],
)
def test_what_does_not_fit_names_the_field(ada, name, more, field):
    with recording() as events, pytest.raises(Invalid) as refusal:
        create_token(name, **({"scope": "read"} | more), actor=acting(ada))

    assert refusal.value.field == field
    assert events == []


def test_use_is_noted_at_most_every_five_minutes(ada, time_machine_at):
    token, secret = make_token(ada)
    start = timezone.now()

    for minutes, noted in ((0, 0), (4, 0), (6, 6)):
        with time_machine_at(start + timedelta(minutes=minutes)):
            actor_for_secret(secret)
        token.refresh_from_db()
        assert token.last_used_at is not None
        assert abs(token.last_used_at - start - timedelta(minutes=noted)) < timedelta(seconds=1)


def test_own_tokens_are_listed_newest_first_without_revoked_ones(ada):
    old, gone, new = (make_token(ada)[0] for _ in range(3))
    revoke_token(gone, actor=acting(ada))

    assert token_page(actor=acting(ada)).rows == [new, old]


@pytest.mark.parametrize("scope", sorted(TOKEN_SCOPES))
def test_the_scope_can_be_told_from_the_rights(ada, scope):
    assert scope_of(make_token(ada, scope=scope)[0]) == scope


def test_rights_chosen_one_by_one_are_no_scope(ada):
    token, _ = make_token(ada)
    token.rights = [Right.READ.value]

    assert scope_of(token) == ""
