from __future__ import annotations

import pytest

from accounts.namespaces.models import Preset
from governance.policies.outcomes import Outcome
from governance.policies.places import of_namespace
from governance.reviews.gathering import review_of
from models_catalog.downloads.actions import open_file
from models_catalog.storage.queries import read_small
from tests.factories.models import make_repo
from tests.factories.people import acting, make_user
from tests.factories.policies import ask_for
from tests.factories.reviews import finish_scan, make_scene

pytestmark = pytest.mark.django_db

CARD = b"---\nlicense: mit # ours\nregion: mars\n---\n# Leaf\n\nText.  \n"
FIELDS = [
    {
        "name": "region",
        "type": "choice",
        "label": "Region",
        "choices": "eu, us",
        "help": "Where it may run.",
    },
    {"name": "owner", "type": "email"},
    {"name": "reviewed", "type": "yes_no", "required": False},
    {"name": "score", "type": "number", "required": False},
    {"name": "day", "type": "date", "required": False},
    {"name": "more", "type": "link", "required": False},
]
SENT = {
    "field-region": "eu",
    "field-owner": "ada@example.org",
    "field-reviewed": "yes",
    "field-score": "1.50",
    "field-day": "2026-03-31",
    "field-more": "https://example.org/x",
}
PAGE = "/savanna/leaf/card-fields"


@pytest.fixture
def scene():
    made = make_scene(Preset.LIGHT, files={"README.md": CARD})
    ask_for(of_namespace(made.repo.namespace), {"own_fields": {"fields": FIELDS}})
    return made


def readme(scene, actor):
    head = scene.fresh().head
    return read_small(
        open_file(scene.repo, head.sha1, "README.md", actor=acting(actor)).blob, limit=10_000
    )


def test_the_form_shows_what_the_card_says_and_what_each_field_is_for(scene, client):
    client.force_login(scene.maker)

    text = client.get(f"{PAGE}?change=1").content.decode()

    assert "Where it may run." in text
    assert '<option value="eu">eu</option>' in text


def test_sending_it_adds_a_commit_that_changes_only_these_lines(scene, client):
    client.force_login(scene.maker)

    answer = client.post(f"{PAGE}?change=1", SENT)

    assert (answer.status_code, answer["Location"]) == (302, "/savanna/leaf/discussions/1")
    assert readme(scene, scene.maker) == (
        b'---\nlicense: mit # ours\nregion: eu\nowner: "ada@example.org"\nreviewed: true\nscore: 1.5\n'
        b'day: 2026-03-31\nmore: "https://example.org/x"\n---\n# Leaf\n\nText.  \n'
    )


def test_what_was_filled_in_passes_the_check(scene, client):
    client.force_login(scene.maker)
    before = {c.rule: c.outcome for c in review_of(scene.change).checks}

    client.post(f"{PAGE}?change=1", SENT)

    change = scene.fresh()
    finish_scan(change.head)
    after = {c.rule: c.outcome for c in review_of(change).checks}
    assert before["own_fields"] != Outcome.PASS
    assert after["own_fields"] == Outcome.PASS


def test_a_reviewed_model_gets_a_change_and_an_open_one_a_commit(scene, client):
    client.force_login(scene.maker)
    ada = make_user("ada")
    mine = make_repo("mine", owner=ada)
    ask_for(of_namespace(mine.namespace), {"own_fields": {"fields": FIELDS}})

    answer = client.post(PAGE, SENT)
    client.force_login(ada)
    own = client.post("/ada/mine/card-fields", SENT)

    assert answer["Location"] == "/savanna/leaf/discussions/2"
    assert own["Location"] == "/ada/mine"
    assert open_file(mine, "main", "README.md", actor=acting(ada)).entry.size > 0


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("region", "mars"),
        ("region", ""),
        ("owner", "ada"),
        ("score", "much"),
        ("score", "nan"),
        ("day", "soon"),
        ("more", "javascript:x"),
    ],
)
def test_a_refused_value_is_told_and_everything_entered_is_kept(field, value, scene, client):
    client.force_login(scene.maker)
    head = scene.fresh().head_id

    answer = client.post(f"{PAGE}?change=1", SENT | {f"field-{field}": value})

    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.content.decode()
    kept = "https://example.org/x" if field != "more" else "ada@example.org"
    assert kept in answer.content.decode()
    assert scene.fresh().head_id == head


def test_nothing_new_makes_no_commit(scene, client):
    client.force_login(scene.maker)
    client.post(f"{PAGE}?change=1", SENT)
    head = scene.fresh().head_id

    client.post(f"{PAGE}?change=1", SENT)

    assert scene.fresh().head_id == head


def test_only_people_who_may_write_come_here(scene, client):
    client.force_login(scene.member("reviewer"))
    assert client.get(PAGE).status_code == 403
    client.force_login(make_user("stranger"))
    assert client.get(PAGE).status_code == 404


def test_the_change_leads_writers_to_the_form(scene, client):
    client.force_login(scene.maker)

    assert f"{PAGE}?change=1" in client.get("/savanna/leaf/discussions/1").content.decode()


def test_without_fields_the_page_says_so(client):
    scene = make_scene(Preset.LIGHT)
    client.force_login(scene.maker)

    assert "No fields are asked for" in client.get(PAGE).content.decode()
