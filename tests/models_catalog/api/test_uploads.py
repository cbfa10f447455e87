import base64

import pytest

from models_catalog.uploads.models import Upload
from tests.factories.api import Program
from tests.factories.models import make_repo
from tests.factories.people import make_organization, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.data]

MODEL = "/models/ada/minilm"


@pytest.fixture
def ada():
    return make_user("ada")


@pytest.fixture
def program(ada):
    make_repo("minilm", owner=ada)
    return Program(ada)


def begin(program, model=MODEL):
    answer = program.post(f"{model}/uploads", {})
    assert answer.status_code == 201
    return answer.headers["Location"], answer.json()


def test_files_are_sent_in_one_piece_and_committed(program):
    there, _ = begin(program)

    sent = program("PUT", f"{there}/files/data/a.txt", b"hello")
    done = program.post(f"{there}/commit", {"title": "Add a"})

    assert sent.status_code == 201
    assert sent.json()["is_received"] is True
    assert done.status_code == 200
    assert program.get(f"{MODEL}/info/main/data/a.txt").json()["size"] == 5
    assert done.json()["revision"] == program.get(f"{MODEL}/commits/main").json()["items"][0]["id"]


def test_a_file_is_sent_in_blocks_by_tus_with_the_same_token(program):
    there, begun = begin(program)
    tus = {"Tus-Resumable": "1.0.0", **program.headers}
    name = base64.b64encode(b"w.bin").decode()

    made = program.client.post(
        begun["tus"], headers=tus | {"Upload-Length": "6", "Upload-Metadata": f"path {name}"}
    )
    for offset, block in ((0, b"abc"), (3, b"def")):
        program.client.patch(
            made.headers["Location"],
            block,
            content_type="application/offset+octet-stream",
            headers=tus | {"Upload-Offset": str(offset)},
        )

    listed = program.get(f"{there}/files").json()["items"]
    assert [(each["path"], each["size"], each["is_received"]) for each in listed] == [
        ("w.bin", 6, True)
    ]


def test_sending_a_file_again_takes_its_place(program):
    there, _ = begin(program)
    program("PUT", f"{there}/files/a.txt", b"one")

    again = program("PUT", f"{there}/files/a.txt", b"three")

    assert again.status_code == 201
    assert program.get(there).json()["size"] == 5


def test_an_upload_to_a_reviewed_model_becomes_a_change(ada):
    savanna = make_organization("savanna", ada, preset="light")
    make_repo("careful", owner=ada, organization=savanna)
    program = Program(ada)
    there, _ = begin(program, "/models/savanna/careful")
    program("PUT", f"{there}/files/a.txt", b"hello")

    done = program.post(f"{there}/commit", {"title": "Add a"}).json()

    assert done["change"] == 1
    assert program.get("/models/savanna/careful/changes/1").json()["head"] == done["revision"]


def test_an_upload_goes_on_in_the_change_it_names(program):
    opened = program.post(
        f"{MODEL}/changes",
        {"title": "Add", "operations": [{"do": "add", "path": "a.txt", "text": "a"}]},
    ).json()
    upload = program.post(f"{MODEL}/uploads", {"change": opened["number"]}).json()
    there = f"{MODEL}/uploads/{upload['id']}"
    program("PUT", f"{there}/files/b.txt", b"b")

    done = program.post(f"{there}/commit", {}).json()

    assert program.get(f"{MODEL}/changes/{opened['number']}").json()["head"] == done["revision"]


def test_an_upload_that_is_thrown_away_is_gone(program):
    there, _ = begin(program)
    program("PUT", f"{there}/files/a.txt", b"hello")

    assert program("DELETE", there).status_code == 204
    assert program.get(there).status_code == 404
    assert not Upload.objects.exists()


def test_a_file_is_taken_out_again(program):
    there, _ = begin(program)
    program("PUT", f"{there}/files/a.txt", b"hello")

    assert program("DELETE", f"{there}/files/a.txt").status_code == 204
    assert program("DELETE", f"{there}/files/a.txt").status_code == 404


def test_nothing_is_committed_while_nothing_has_arrived(program):
    there, _ = begin(program)

    assert program.post(f"{there}/commit", {}).status_code == 400


@pytest.mark.parametrize("path", [".git/config", "a//b", "con", "Thumbs.db"])
def test_a_path_that_may_not_be_is_refused_before_a_byte_is_kept(program, path):
    there, _ = begin(program)

    assert program("PUT", f"{there}/files/{path}", b"x").status_code == 400


def test_a_file_larger_than_this_hub_takes_is_refused(program, settings):
    settings.MAX_FILE_BYTES = 4
    there, _ = begin(program)

    answer = program("PUT", f"{there}/files/a.bin", b"12345")

    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")


def test_an_upload_is_nobody_elses(program, ada):
    there, _ = begin(program)
    other = Program(make_user("stan"))

    assert (
        other.get(there).content
        == other.get(f"{MODEL}/uploads/{'0' * 8}-0000-4000-8000-{'0' * 12}").content
    )


def test_unfinished_uploads_are_listed(program):
    for _ in range(3):
        begin(program)

    first = program.get(f"{MODEL}/uploads?limit=2").json()

    assert len(first["items"]) == 2
    assert len(program.get(first["next"]).json()["items"]) == 1
