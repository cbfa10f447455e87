"""Rendering within bounds, once per content."""

from __future__ import annotations

import time

import pytest

from hub.core.actor import SYSTEM
from hub.core.events import subscribe
from models_catalog.cards import actions
from models_catalog.cards.actions import render_card
from models_catalog.cards.events import CardRendered
from models_catalog.cards.models import Card
from models_catalog.cards.queries import card_of, readme_of
from models_catalog.cards.tasks import render  # noqa: F401 - declares the handler of its jobs
from models_catalog.storage.models import Blob
from tests.factories.jobs import run_jobs
from tests.factories.models import CARD, commit_files, make_repo, send
from tests.factories.people import acting, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada():
    return make_user("ada")


def blob_of(content: bytes, ada) -> Blob:
    return send(content, actor=acting(ada))


def test_a_commit_with_a_readme_has_a_card_in_the_end(ada):
    repo = make_repo("m", owner=ada)
    revision = commit_files(repo, {"README.md": CARD}, by=ada)
    before = card_of(revision)

    run_jobs("render_card")

    card = card_of(revision)
    assert before is None
    assert card is not None
    assert (card.title, card.facts["license"]) == ("A model", "apache-2.0")


def test_a_revision_without_a_readme_has_no_card_and_asks_for_none(ada):
    revision = commit_files(
        make_repo("m", owner=ada), {"readme.txt": b"x", "docs/README.md": CARD}, by=ada
    )

    assert readme_of(revision) is None
    assert card_of(revision) is None
    assert run_jobs("render_card") == 0


def test_the_same_bytes_are_rendered_once(ada):
    blob = blob_of(CARD, ada)
    told: list[CardRendered] = []
    subscribe(CardRendered, told.append)

    first, second = render_card(blob, actor=SYSTEM), render_card(blob, actor=SYSTEM)

    assert first.pk == second.pk
    assert Card.objects.count() == 1
    assert [event.sha256 for event in told] == [blob.sha256]


@pytest.mark.slow
@pytest.mark.parametrize(
    "flood", [b"[ " * 100_000, b"![a](" * 50_000, b">" * 100_000, b"<div>" * 90_000]
)
def test_a_card_that_takes_too_long_shows_its_source(ada, monkeypatch, flood):
    monkeypatch.setattr(actions, "MAX_SECONDS", 2)
    began = time.monotonic()

    card = render_card(blob_of(b"---\nlicense: mit\n---\n" + flood, ada), actor=SYSTEM)

    assert time.monotonic() - began < 10
    assert card.html.startswith('<pre tabindex="0">')
    assert "could not be rendered" in card.problems[0]
    assert card.facts == {"license": "mit"}


def test_a_row_of_brackets_is_not_even_tried(ada):
    card = render_card(blob_of(b"[" * 20_000, ada), actor=SYSTEM)

    assert card.html.startswith('<pre tabindex="0">[[[')
    assert any("200 brackets" in problem for problem in card.problems)


def test_a_card_beyond_the_limit_is_shown_in_part(ada):
    card = render_card(
        blob_of(b"---\nlicense: mit\n---\n<script>" + b"x" * 600_000, ada), actor=SYSTEM
    )

    assert "longer than 512 kB" in card.problems[0]
    assert len(card.html) < 70_000
    assert "&lt;script&gt;" in card.html


def test_bytes_that_are_no_card_have_one_all_the_same(ada):
    card = render_card(blob_of(bytes(range(256)) * 500, ada), actor=SYSTEM)

    assert card.problems
    assert "\0" not in card.html
