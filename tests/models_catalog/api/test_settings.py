import pytest

from models_catalog.repos.models import Repo, TermsAcceptance
from tests.factories.api import Program
from tests.factories.models import commit_files, judge_all, make_repo
from tests.factories.people import make_user

pytestmark = [pytest.mark.django_db, pytest.mark.data]

MODEL = "/models/ada/minilm"
GATED = {"gating": "terms", "gating_terms": "Not for medical decisions."}


@pytest.fixture
def ada():
    return make_user("ada")


@pytest.fixture
def program(ada):
    repo = make_repo("minilm", owner=ada)
    judge_all(commit_files(repo, {"a.txt": b"a"}, by=ada))
    return Program(ada)


def test_what_is_left_out_of_a_change_stays(program):
    program("PATCH", f"{MODEL}/settings", GATED)

    answer = program("PATCH", f"{MODEL}/settings", {"visibility": "internal"})

    assert answer.json() == GATED | {"visibility": "internal"}


@pytest.mark.parametrize(
    "wrong", [{"visibility": "nobody"}, {"gating": "request"}, {"gating": "terms"}]
)
def test_settings_that_cannot_be_are_refused_by_name(program, wrong):
    answer = program("PATCH", f"{MODEL}/settings", wrong)

    assert answer.status_code == 400
    assert answer.json()["errors"]
    assert Repo.objects.get().gating == "none"


def test_terms_are_read_accepted_and_then_the_bytes_are_there(program):
    program("PATCH", f"{MODEL}/settings", GATED)
    reader = Program(make_user("rita"))

    refused = reader.get(f"{MODEL}/files/main/a.txt")
    terms = reader.get(f"{MODEL}/terms").json()
    accepted = reader.post(f"{MODEL}/terms", {"sha256": terms["sha256"]})
    answer = reader.get(f"{MODEL}/files/main/a.txt")

    assert (refused.status_code, refused.json()["code"]) == (403, "gated")
    assert (terms["text"], terms["accepted"]) == ("Not for medical decisions.", False)
    assert accepted.json()["accepted"] is True
    assert b"".join(answer.streaming_content) == b"a"


def test_terms_that_changed_meanwhile_are_not_accepted_unread(program):
    program("PATCH", f"{MODEL}/settings", GATED)
    reader = Program(make_user("rita"))
    read = reader.get(f"{MODEL}/terms").json()["sha256"]
    program("PATCH", f"{MODEL}/settings", {"gating_terms": "Give me your house."})

    assert reader.post(f"{MODEL}/terms", {"sha256": read}).status_code == 409
    assert not TermsAcceptance.objects.exists()


def test_a_token_that_may_only_read_accepts_nothing(program):
    program("PATCH", f"{MODEL}/settings", GATED)
    reader = Program(make_user("rita"), scope="read")
    read = reader.get(f"{MODEL}/terms").json()["sha256"]

    assert reader.post(f"{MODEL}/terms", {"sha256": read}).status_code == 403


def test_an_open_model_has_no_terms(program):
    assert program.get(f"{MODEL}/terms").status_code == 404


def test_a_withdrawn_model_is_gone_and_its_record_is_not(program, ada):
    make_repo("better", owner=ada)

    done = program.post(
        f"{MODEL}/withdraw", {"reason": "Mixes words.", "use_instead": "ada/better"}
    )
    read = Program().get(MODEL)

    assert done.status_code == 200
    assert done.json()["withdrawal"]["successor"] == "ada/better"
    assert (read.status_code, read.json()["code"]) == (410, "gone")
    assert read.json()["model"]["withdrawal"]["reason"] == "Mixes words."
    assert "Mixes words." in read.json()["detail"]


def test_a_successor_that_is_none_is_refused_by_name(program):
    answer = program.post(f"{MODEL}/withdraw", {"reason": "Old.", "use_instead": "no/where"})

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["field"] == "use_instead"
    assert not Repo.objects.get(name="minilm").is_withdrawn


def test_identifiers_that_never_change_lead_to_the_model(program):
    repo = Repo.objects.get()

    by_id = program.get(f"/id/{repo.public_id}")
    by_number = program.get(f"/acc/{repo.accession.lower()}")

    assert {each.status_code for each in (by_id, by_number)} == {307}
    assert program.get(by_id.headers["Location"]).json()["name"] == "minilm"
    assert by_number.headers["Location"] == by_id.headers["Location"]


@pytest.mark.parametrize("path", ["/tasks", "/licences", "/languages", "/libraries"])
def test_the_words_of_cards_are_walked_to_their_end(path):
    program = Program()
    seen, here = [], f"{path}?limit=100"
    while here:
        answer = program.get(here).json()
        seen += [each["id"] for each in answer["items"]]
        here = answer["next"]

    assert seen == sorted(set(seen))
    assert len(seen) > 20
