import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.authz.policy import TOKEN_SCOPES, Right
from accounts.tokens.actions import actor_for_secret
from accounts.tokens.models import Token
from models_catalog.repos.queries import repo_rights
from tests.accounts.recording import names, recording
from tests.factories.models import make_repo
from tests.factories.people import actor_with, make_organization, make_token, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.data]

PASSWORD = "correct horse battery"
WANTED = {"name": "training server", "scope": "write", "days": 30}


@pytest.fixture
def ada():
    return make_user("ada", password=PASSWORD)


@pytest.fixture
def signed_in(client, ada):
    client.post("/accounts/login/", {"login": "ada", "password": PASSWORD})
    return client


def secret_on(page):
    return re.findall(r"arb_[0-9A-Za-z]{33}", page.text)[0]


def test_the_secret_is_shown_once_on_the_answer_and_kept_nowhere(signed_in, ada):
    with recording() as events:
        page = signed_in.post("/settings/tokens/new", WANTED)

    secret = secret_on(page)
    assert page.status_code == 200
    assert page["Cache-Control"] == "no-store"
    assert actor_with(secret).user == ada
    assert secret not in str(dict(signed_in.session))
    assert secret not in signed_in.get("/settings/tokens").text
    assert names(events) == ["token:created"]


def test_a_token_gets_what_was_chosen(signed_in, ada):
    savanna, _ = make_organization("savanna", ada), make_organization("tundra", ada)

    page = signed_in.post("/settings/tokens/new", WANTED | {"namespaces": [savanna.namespace_id]})

    actor = actor_with(secret_on(page))
    assert actor.namespaces == frozenset({savanna.namespace_id})
    assert actor.rights == TOKEN_SCOPES["write"]
    assert Token.objects.get().expires_at is not None


def test_only_ones_own_namespaces_are_offered(signed_in, ada):
    make_organization("mine", ada)
    strange = make_organization("strange")

    offered = signed_in.get("/settings/tokens/new").context["form"].fields["namespaces"].choices
    answer = signed_in.post("/settings/tokens/new", WANTED | {"namespaces": [strange.namespace_id]})

    assert [name for _, name in offered] == ["ada", "mine"]
    assert answer.status_code == 422
    assert Token.objects.count() == 0


def test_a_refused_form_keeps_what_was_typed(signed_in):
    answer = signed_in.post("/settings/tokens/new", WANTED | {"scope": "root"})

    assert answer.status_code == 422
    assert "training server" in answer.text
    assert Token.objects.count() == 0


def stale(client):
    session = client.session
    session["signed_in_at"] = 0
    session.save()


def test_long_after_the_sign_in_the_password_is_asked(signed_in, ada):
    assert "password" not in signed_in.get("/settings/tokens/new").context["form"].fields
    stale(signed_in)

    refused = signed_in.post("/settings/tokens/new", WANTED)
    wrong = signed_in.post("/settings/tokens/new", WANTED | {"password": "wrong horse battery"})
    assert refused.status_code == wrong.status_code == 422
    assert "password" in refused.context["form"].errors
    assert "not your password" in wrong.context["form"].errors["password"][0]
    assert Token.objects.count() == 0

    made = signed_in.post("/settings/tokens/new", WANTED | {"password": PASSWORD})
    assert actor_with(secret_on(made)).user == ada


def test_passwords_cannot_be_tried_without_end(signed_in):
    stale(signed_in)
    for _ in range(5):
        signed_in.post("/settings/tokens/new", WANTED | {"password": "wrong horse battery"})

    answer = signed_in.post("/settings/tokens/new", WANTED | {"password": PASSWORD})

    assert "Too many wrong passwords" in answer.context["form"].errors["password"][0]
    assert Token.objects.count() == 0


def test_the_list_shows_what_a_token_may_but_not_the_token(signed_in, ada):
    _, secret = make_token(ada, scope="write", organizations=(make_organization("savanna", ada),))

    page = signed_in.get("/settings/tokens").text

    assert f"arb_…{secret[-4:]}" in page
    assert "savanna" in page
    assert "Write" in page
    assert secret[4:-4] not in page


def test_an_empty_list_says_so(signed_in):
    assert "You have no token" in signed_in.get("/settings/tokens").text


def test_revoking_is_asked_first_and_counts_at_once(signed_in, ada):
    token, secret = make_token(ada)
    address = f"/settings/tokens/{token.pk}/revoke"

    signed_in.get(address)
    assert actor_for_secret(secret) is not None

    assert signed_in.post(address)["Location"] == "/settings/tokens"
    assert actor_for_secret(secret) is None
    assert signed_in.post(address).status_code == 404


def test_somebody_elses_token_is_not_there(signed_in):
    token, secret = make_token(make_user("grace"))

    assert signed_in.post(f"/settings/tokens/{token.pk}/revoke").status_code == 404
    assert signed_in.get("/settings/tokens/999999/revoke").status_code == 404
    assert actor_for_secret(secret) is not None


@pytest.mark.parametrize(
    "address", ["/settings/tokens", "/settings/tokens/new", "/settings/profile", "/invitations"]
)
def test_strangers_are_led_to_sign_in(client, address):
    assert client.get(address)["Location"] == f"/accounts/login/?next={address}"


@pytest.mark.parametrize("count", [1, 20])
def test_the_list_costs_the_same_however_long_it_is(client, count, django_assert_num_queries):
    grace = make_user("grace")
    for _ in range(count):
        make_token(grace, organizations=())
    client.force_login(grace)

    with django_assert_num_queries(5):
        client.get("/settings/tokens")


def test_a_token_can_be_limited_to_single_models(signed_in, ada):
    leaf, oak = make_repo("leaf", owner=ada), make_repo("oak", owner=ada)

    page = signed_in.post("/settings/tokens/new", WANTED | {"models": "ada/leaf\nada/leaf"})

    actor = actor_with(secret_on(page))
    assert actor.repos == frozenset({leaf.pk})
    assert Right.WRITE in repo_rights(leaf, actor=actor)
    assert repo_rights(oak, actor=actor) == frozenset()
    assert "ada/leaf" in signed_in.get("/settings/tokens").text


@pytest.mark.parametrize(
    ("models", "refusal"),
    [
        ("ada/nothing", "There is no model “ada/nothing” that you can see."),
        ("strange/hidden", "There is no model “strange/hidden” that you can see."),
        ("leaf", "There is no model “leaf” that you can see."),
        (" ".join(f"ada/m{n}" for n in range(51)), "Name up to 50 models"),
    ],
)
def test_only_models_that_one_sees_can_be_named(signed_in, ada, models, refusal):
    stranger = make_user("strange")
    make_repo("hidden", owner=stranger, visibility="private")

    page = signed_in.post("/settings/tokens/new", WANTED | {"models": models})

    assert page.status_code == 422
    assert refusal in page.text
    assert models[:20] in page.text
    assert not Token.objects.exists()


def test_limits_that_rule_each_other_out_are_refused(signed_in, ada):
    savanna = make_organization("savanna", ada)
    make_repo("leaf", owner=ada)

    page = signed_in.post(
        "/settings/tokens/new",
        WANTED | {"namespaces": [savanna.namespace_id], "models": "ada/leaf"},
    )

    assert page.status_code == 422
    assert "does not belong to what you chose above" in page.text


def test_the_list_costs_the_same_with_one_and_with_many_tokens(
    signed_in, ada, django_assert_num_queries
):
    repos = [make_repo(f"m{n}", owner=ada) for n in range(3)]
    signed_in.post("/settings/tokens/new", WANTED | {"models": "ada/m0"})
    signed_in.get("/settings/tokens")
    with CaptureQueriesContext(connection) as one:
        signed_in.get("/settings/tokens")
    needed = len(one)  # the log is emptied by the next request
    for repo in repos * 4:
        signed_in.post("/settings/tokens/new", WANTED | {"models": repo.full_name})

    with django_assert_num_queries(needed):
        signed_in.get("/settings/tokens")
