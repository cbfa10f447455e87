import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.orgs.actions import invite_member
from accounts.orgs.models import Organization
from tests.accounts.recording import names, recording
from tests.factories.api import Program
from tests.factories.people import acting, add_member, make_organization, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.data]

FOUNDED = {"name": "savanna", "display_name": "Savanna Research", "preset": "strict"}


@pytest.fixture
def ada():
    return make_user("ada")


@pytest.fixture
def program(ada):
    return Program(ada)


def test_who_founds_an_organisation_owns_it(program):
    answer = program.post("/orgs", FOUNDED)

    assert answer.status_code == 201
    assert "manage_organization" in answer.json()["rights"]
    said = program.get(answer.headers["Location"]).json()
    assert (said["name"], said["preset"]) == ("savanna", "strict")
    (mine,) = program.get("/me/orgs").json()["items"]
    assert mine["roles"] == [{"code": "owner", "word": "Owner"}]


def test_the_same_request_again_founds_no_second_one(program):
    made = program.post("/orgs", FOUNDED, Idempotency_Key="one")

    again = program.post("/orgs", FOUNDED, Idempotency_Key="one")

    assert again.status_code == made.status_code == 201
    assert again.json() == made.json()
    assert again.headers["Location"] == made.headers["Location"]
    assert Organization.objects.count() == 1


@pytest.mark.parametrize("name", ["savanna", "SAVANNA", "api"])
def test_a_name_that_is_taken_is_a_conflict_about_the_name(program, name):
    make_organization("savanna")

    with recording() as events:
        answer = program.post("/orgs", FOUNDED | {"name": name})

    assert answer.status_code == 409
    assert answer.json()["errors"][0]["field"] == "name"
    assert events == []


def test_what_is_left_out_stays(program, ada):
    make_organization("savanna", ada)
    program("PATCH", "/orgs/savanna", {"description": "Small models."})

    with recording() as events:
        said = program("PATCH", "/orgs/savanna", {"contact": "m@savanna.example"}).json()

    assert (said["description"], said["contact"]) == ("Small models.", "m@savanna.example")
    assert names(events) == ["organization:described"]


def test_an_organisation_that_changed_meanwhile_is_not_overwritten(program, ada):
    make_organization("savanna", ada)
    etag = program.get("/orgs/savanna").headers["ETag"]
    program("PATCH", "/orgs/savanna", {"description": "Small models."})

    with recording() as events:
        answer = program(
            "PATCH", "/orgs/savanna", {"description": "Mine."}, headers={"If-Match": etag}
        )

    assert answer.status_code == 412
    assert events == []
    assert program.get("/orgs/savanna").json()["description"] == "Small models."


def test_an_address_that_is_none_is_refused_by_name(program, ada):
    make_organization("savanna", ada)

    answer = program("PATCH", "/orgs/savanna", {"contact": "nowhere"})

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["field"] == "contact"


def test_the_list_pages_by_its_own_links():
    owner = make_user("owner")
    for name in ("b-org", "A-org", "c-org"):
        make_organization(name, owner)

    first = Program().get("/orgs?limit=2").json()
    second = Program().get(first["next"]).json()

    assert [each["name"] for each in first["items"]] == ["A-org", "b-org"]
    assert [each["name"] for each in second["items"]] == ["c-org"]
    assert Program().get(second["previous"]).json()["items"] == first["items"]


def test_an_unchanged_organisation_is_not_sent_twice():
    make_organization("savanna")
    etag = Program().get("/orgs/savanna").headers["ETag"]

    assert Program().get("/orgs/savanna", If_None_Match=etag).status_code == 304


@pytest.mark.parametrize("path", ["/orgs", "/me/orgs"])
def test_many_organisations_cost_the_queries_of_one(path, program, ada):
    make_organization("o1", ada)
    program.get(path)
    with CaptureQueriesContext(connection) as one:
        program.get(path)
    for n in range(2, 21):
        make_organization(f"o{n}x", ada)

    with CaptureQueriesContext(connection) as twenty:
        answer = program.get(path)

    assert len(answer.json()["items"]) == 20
    assert len(twenty) == len(one)


@pytest.mark.parametrize("what", ["members", "invitations"])
def test_many_people_cost_the_queries_of_one(what, program, ada):
    savanna = make_organization("savanna", ada)
    path = f"/orgs/savanna/{what}"
    invite_member(savanna, username=make_user("g0").username, role="reader", actor=acting(ada))
    program.get(path)
    with CaptureQueriesContext(connection) as one:
        program.get(path)
    for n in range(1, 20):
        add_member(savanna, make_user(f"m{n}x"), "reader")
        invite_member(
            savanna, username=make_user(f"g{n}x").username, role="reader", actor=acting(ada)
        )

    with CaptureQueriesContext(connection) as twenty:
        answer = program.get(path)

    assert len(answer.json()["items"]) == 20
    assert len(twenty) == len(one)
