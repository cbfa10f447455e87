import pytest
from django.test import Client
from guardian.shortcuts import assign_perm

from accounts.authz.policy import Role
from accounts.namespaces.models import Preset
from accounts.teams.actions import create_team
from governance.audit.models import AuditEvent
from hub.core.actor import ANONYMOUS
from hub.core.errors import Conflict, Forbidden, Invalid, Moved
from models_catalog.lifecycle.actions import rename_repo, transfer_repo
from models_catalog.repos.models import FormerName, Repo, RepoGroupPermission
from models_catalog.repos.queries import get_repo
from tests.factories.models import commit_files, make_repo
from tests.factories.people import acting, add_member, make_organization, make_token, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada():
    return make_user("ada")


@pytest.fixture
def repo(ada):
    repo = make_repo("first", owner=ada)
    commit_files(repo, {"README.md": b"# First\n"}, by=ada)
    return repo


def test_the_old_name_leads_to_the_new_one(repo, ada):
    renamed = rename_repo(repo, name="second", actor=acting(ada))

    assert renamed.full_name == "ada/second"
    with pytest.raises(Moved) as moved:
        get_repo(namespace="ada", name="first", actor=ANONYMOUS)
    assert moved.value.full_name == "ada/second"


def test_a_former_name_is_never_given_out_again(repo, ada):
    rename_repo(repo, name="second", actor=acting(ada))

    with pytest.raises(Conflict, match="never given out twice"):
        make_repo("First", owner=ada)
    other = make_repo("other", owner=ada)
    with pytest.raises(Conflict):
        rename_repo(other, name="f1rst", actor=acting(ada))


def test_a_model_may_have_its_own_former_name_back_without_a_loop(repo, ada, client):
    rename_repo(repo, name="second", actor=acting(ada))

    rename_repo(repo, name="first", actor=acting(ada))

    assert client.get("/ada/first").status_code == 200
    assert client.get("/ada/second").headers["Location"] == "/ada/first"


def test_a_name_may_change_its_case_alone(repo, ada):
    assert rename_repo(repo, name="First", actor=acting(ada)).name == "First"
    assert not FormerName.objects.exists()


def test_a_bad_name_is_refused_and_nothing_is_written(repo, ada):
    before = AuditEvent.objects.count()

    with pytest.raises(Invalid):
        rename_repo(repo, name="no good", actor=acting(ada))

    assert (Repo.objects.get(pk=repo.pk).name, AuditEvent.objects.count()) == ("first", before)


def test_somebody_else_may_not_rename(repo):
    with pytest.raises(Forbidden):
        rename_repo(repo, name="mine", actor=acting(make_user("eve")))


@pytest.mark.parametrize(
    ("address", "target"),
    [
        ("/ada/first", "/ada/second"),
        ("/ADA/first?tab=x", "/ada/second?tab=x"),
        ("/ada/first/tree/main", "/ada/second/tree/main"),
        ("/ada/first/blob/main/README.md", "/ada/second/blob/main/README.md"),
        ("/ada/first/resolve/main/README.md", "/ada/second/resolve/main/README.md"),
        ("/ada/first/archive/main.zip", "/ada/second/archive/main.zip"),
        ("/ada/first/commits/refs/pr/1", "/ada/second/commits/refs/pr/1"),
        ("/ada/first/discussions", "/ada/second/discussions"),
        ("/ada/first/security/main", "/ada/second/security/main"),
    ],
)
def test_every_page_below_an_old_name_moves_for_good(client, repo, ada, address, target):
    rename_repo(repo, name="second", actor=acting(ada))

    answer = client.get(address)

    assert (answer.status_code, answer.headers["Location"]) == (301, target)


def test_a_form_sent_to_an_old_name_is_sent_again_as_it_was(client, repo, ada):
    rename_repo(repo, name="second", actor=acting(ada))
    client.force_login(ada)

    answer = client.post("/ada/first/settings", {"visibility": "private"})

    assert (answer.status_code, answer.headers["Location"]) == (308, "/ada/second/settings")


@pytest.mark.parametrize("method", ["get", "post"])
def test_the_api_says_308_and_where(client, repo, ada, method):
    rename_repo(repo, name="second", actor=acting(ada))
    secret = make_token(ada, scope="admin")[1]

    answer = getattr(client, method)(
        "/api/v1/models/ada/first/discussions?page_size=5",
        data={} if method == "get" else '{"title": "a", "body": "b"}',
        content_type="application/json",
        headers={"Authorization": f"Bearer {secret}"},
    )

    assert answer.status_code == 308
    assert answer.headers["Location"] == "/api/v1/models/ada/second/discussions?page_size=5"
    assert answer.json()["full_name"] == "ada/second"


def test_the_old_name_of_a_private_model_is_nothing_to_strangers(ada):
    repo = make_repo("first", owner=ada, visibility="private")
    rename_repo(repo, name="second", actor=acting(ada))

    moved, missing = Client().get("/ada/first"), Client().get("/ada/nothing")

    assert moved.status_code == missing.status_code == 404
    assert moved.content == missing.content


def test_a_transfer_needs_rights_on_both_sides(repo, ada):
    savanna = make_organization("savanna", preset=Preset.OPEN.value)

    with pytest.raises(Forbidden):
        transfer_repo(repo, namespace=savanna.namespace, actor=acting(ada))
    add_member(savanna, ada, Role.CONTRIBUTOR)
    moved = transfer_repo(repo, namespace=savanna.namespace, actor=acting(ada))

    assert moved.full_name == "savanna/first"
    assert Client().get("/ada/first/tree/main").headers["Location"] == "/savanna/first/tree/main"


def test_the_rules_of_the_new_home_apply(repo, ada):
    savanna = make_organization("savanna", ada, preset=Preset.LIGHT.value)

    moved = transfer_repo(repo, namespace=savanna.namespace, actor=acting(ada))

    assert moved.is_protected
    with pytest.raises(Forbidden, match="reviewed"):
        commit_files(moved, {"a.txt": b"a"}, by=ada)


def test_no_model_leaves_review_by_moving(ada):
    savanna = make_organization("savanna", ada, preset=Preset.LIGHT.value)
    repo = make_repo("first", owner=ada, organization=savanna)

    moved = transfer_repo(repo, namespace=ada.namespace, actor=acting(ada))

    assert moved.is_protected


def test_what_teams_of_the_old_home_were_given_ends(ada):
    savanna = make_organization("savanna", ada)
    repo = make_repo("first", owner=ada, organization=savanna)
    team = create_team(savanna, name="Field", actor=acting(ada))
    assign_perm("read_models", team.group, repo)

    transfer_repo(repo, namespace=ada.namespace, actor=acting(ada))

    assert not RepoGroupPermission.objects.filter(content_object=repo).exists()


def test_both_homes_have_it_in_their_record(repo, ada):
    savanna = make_organization("savanna", ada)

    transfer_repo(repo, namespace=savanna.namespace, actor=acting(ada))

    told = AuditEvent.objects.filter(name__in=["repo:left", "repo:transferred"])
    assert set(told.values_list("name", "namespace_id")) == {
        ("repo:left", ada.namespace_id),
        ("repo:transferred", savanna.namespace_id),
    }
