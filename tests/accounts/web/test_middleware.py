import base64
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.orgs.models import Organization
from accounts.tokens.actions import revoke_token
from accounts.tokens.models import Token
from accounts.tokens.secret import new_secret
from tests.accounts.recording import recording
from tests.factories.people import acting, make_organization, make_token, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.data]

FOUNDING = {"name": "Savanna", "preset": "light"}


@pytest.fixture
def ada():
    return make_user("ada")


@pytest.fixture
def strict():
    """A browser or program that Django does no favours: forms need their CSRF token."""
    return Client(enforce_csrf_checks=True)


def bearer(secret):
    return {"Authorization": f"Bearer {secret}"}


def basic(secret, name="any"):
    return {"Authorization": "Basic " + base64.b64encode(f"{name}:{secret}".encode()).decode()}


def test_a_token_acts_for_its_person_without_cookie_or_csrf_token(strict, ada):
    _, secret = make_token(ada, scope="admin")

    answer = strict.post("/orgs/new", FOUNDING, headers=bearer(secret))

    assert answer.status_code == 302
    assert Organization.objects.get().created_by == ada


def test_a_token_may_come_as_the_password_as_git_sends_it(strict, ada):
    _, secret = make_token(ada, scope="admin")

    assert strict.post("/orgs/new", FOUNDING, headers=basic(secret)).status_code == 302


def test_a_token_passes_where_pages_ask_to_sign_in(client, ada):
    _, secret = make_token(ada)

    assert client.get("/invitations").status_code == 302
    assert client.get("/invitations", headers=bearer(secret)).status_code == 200


def test_a_token_does_what_its_rights_allow_and_no_more(strict, ada):
    _, secret = make_token(ada, scope="write")

    answer = strict.post("/orgs/new", FOUNDING, headers=bearer(secret))

    assert "may not found organisations" in answer.text
    assert Organization.objects.count() == 0


def test_a_limited_token_is_a_stranger_elsewhere(strict, ada):
    savanna, tundra = make_organization("savanna", ada), make_organization("tundra", ada)
    _, secret = make_token(ada, scope="admin", organizations=(savanna,))
    change = {"display_name": "New", "description": "", "contact": ""}

    assert strict.post("/orgs/savanna/settings", change, headers=bearer(secret)).status_code == 302
    assert strict.post("/orgs/tundra/settings", change, headers=bearer(secret)).status_code == 403
    tundra.refresh_from_db()
    assert tundra.display_name == "tundra"


def bad_tokens(ada):
    revoked = make_token(ada)
    revoke_token(revoked[0], actor=acting(ada))
    expired = make_token(ada)
    Token.objects.filter(pk=expired[0].pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    return ["", "nonsense", "hf_abcdef", "arb_", new_secret(), revoked[1], expired[1]]


def test_a_bad_token_is_refused_the_same_way_whatever_is_wrong_with_it(client, ada):
    answers = [client.get("/orgs", headers=bearer(secret)) for secret in bad_tokens(ada)]

    assert {answer.status_code for answer in answers} == {401}
    assert len({answer.content for answer in answers}) == 1
    assert "not valid" in answers[0].json()["detail"]
    assert answers[0]["WWW-Authenticate"] == 'Bearer realm="hub"'


def test_git_is_asked_for_another_password(client):
    answer = client.get("/orgs", headers=basic("wrong"))

    assert answer.status_code == 401
    assert answer["WWW-Authenticate"] == 'Basic realm="hub"'


def test_the_password_of_an_account_is_no_token(client):
    make_user("grace", password="correct horse battery")

    assert client.get("/orgs", headers=basic("correct horse battery", "grace")).status_code == 401


def test_a_bad_token_is_not_saved_by_a_good_cookie(client, ada):
    client.force_login(ada)

    assert client.get("/invitations", headers=bearer(new_secret())).status_code == 401


def test_with_cookie_and_token_the_token_alone_counts(strict, ada):
    strict.force_login(make_user("eve"))
    _, secret = make_token(ada, scope="admin")

    strict.post("/orgs/new", FOUNDING, headers=bearer(secret))

    assert Organization.objects.get().created_by == ada


def test_a_cookie_alone_needs_the_csrf_token(strict, ada):
    strict.force_login(ada)

    assert strict.post("/orgs/new", FOUNDING).status_code == 403
    assert (
        strict.post("/orgs/new", FOUNDING, headers={"Authorization": "Digest x"}).status_code == 403
    )
    assert Organization.objects.count() == 0


@pytest.mark.parametrize(
    ("address", "values"),
    [
        ("/accounts/email/", {"action_add": "", "email": "eve@example.org"}),
        ("/accounts/password/change/", {}),
        ("/accounts/password/set/", {"password1": "a new password", "password2": "a new password"}),
        ("/settings/tokens/new", {"name": "child", "scope": "admin", "days": 0}),
        ("/settings/profile", {"display_name": "Eve"}),
    ],
)
def test_a_leaked_token_cannot_take_the_account_over(strict, ada, address, values):
    _, secret = make_token(ada, scope="admin")

    with recording() as events:
        answer = strict.post(address, values, headers=bearer(secret))

    assert answer.status_code == 403
    assert "browser" in answer.json()["detail"]
    assert events == []


def test_short_lived_credentials_of_other_doors_are_left_to_them(client, settings):
    settings.PATHS_WITH_OTHER_CREDENTIALS = ("/orgs",)

    assert client.get("/orgs", headers=bearer("of-another-kind")).status_code == 200
    assert client.get("/orgs", headers=bearer(new_secret())).status_code == 401


def test_a_closed_account_is_signed_out_at_once(client, ada):
    client.force_login(ada)
    ada.is_active = False
    ada.save()

    assert client.get("/invitations").status_code == 302


def test_answers_to_tokens_are_kept_apart_in_caches(client, ada):
    _, secret = make_token(ada)

    assert "Authorization" in client.get("/orgs", headers=bearer(secret))["Vary"]


def test_a_stranger_costs_no_query_to_recognise(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        client.get("/accounts/password/reset/")


def test_a_person_costs_three_queries_with_the_count_of_their_news_and_brings_the_namespace(
    client, ada, django_assert_num_queries
):
    client.force_login(ada)

    with django_assert_num_queries(3):
        answer = client.get("/settings/profile")

    assert answer.context["person"].namespace.name == "ada"
