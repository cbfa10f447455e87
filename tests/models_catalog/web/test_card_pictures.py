"""Pictures in a card: what stands in the page in place of each."""

from __future__ import annotations

import pytest

from models_catalog.storage.models import Verdict
from tests.factories.models import judge
from tests.factories.people import make_user
from tests.factories.pictures import png
from tests.factories.shelf import card_source, shelve

pytestmark = pytest.mark.django_db

BODY = "A model with pictures in its card.\n\n{}\n"


@pytest.fixture
def card(client):
    """The page of a model whose card has this body and which holds these files."""
    ada = make_user("ada")

    def show(body: str, files: dict[str, bytes] | None = None, **headers: str) -> str:
        shelve(
            "karibu", by=ada, card=card_source(title="Karibu", body=BODY.format(body)), files=files
        )
        text: str = client.get("/ada/karibu", headers=headers).content.decode()
        return text

    return show


def test_a_picture_stands_with_its_size_so_that_nothing_moves(card):
    page = card('![a "plot" > 3](img/my%20plot.png)', {"img/my plot.png": png(30, 20)})

    assert '<img src="/ada/karibu/image/main/img/my%20plot.png"' in page
    assert 'alt="a &quot;plot&quot; &gt; 3"' in page
    assert 'loading="lazy" width="30" height="20">' in page


def test_a_size_that_the_author_gave_stays(card):
    page = card('<img src="p.png" alt="plot" width="10">', {"p.png": png(30, 20)})

    assert 'width="10">' in page
    assert 'height="20"' not in page


def test_who_saves_data_gets_words_and_a_link_instead(card):
    page = card("![the loss](p.png)", {"p.png": png()}, **{"Save-Data": "on"})

    assert "/image/main/" not in page
    assert '<a href="/ada/karibu/blob/main/p.png">Picture: the loss, ' in page


@pytest.mark.parametrize(
    "content", [b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"not a picture at all"]
)
def test_what_is_no_picture_becomes_a_link_to_its_file(card, content):
    page = card("![the loss](p.svg)", {"p.svg": content})

    assert "/image/main/" not in page
    assert '<a href="/ada/karibu/blob/main/p.svg">Picture: the loss, ' in page


def test_a_picture_that_is_not_there_leaves_its_words(card):
    page = card("![the loss](missing.png)")

    assert "<span>the loss</span>" in page


def test_links_do_not_stand_in_links(card):
    page = card("[![the loss](missing.png)](README.md)")

    assert '<a href="/ada/karibu/blob/main/README.md"><span>the loss</span></a>' in page


def test_a_picture_that_is_held_back_is_not_shown(client):
    ada = make_user("ada")
    source = card_source(title="Karibu", body=BODY.format("![the loss](p.png)"))
    repo = shelve("karibu", by=ada, card=source, files={"p.png": png()})
    judge(repo.refs.get(name="main").revision, "p.png", Verdict.DANGEROUS)

    page = client.get("/ada/karibu").content.decode()

    assert "/image/main/" not in page


def test_the_head_and_the_text_do_not_say_the_same_twice(card):
    page = card("## Limits\n\nNone are known.")

    assert page.count("A model with pictures in its card.") == 1


def test_a_first_paragraph_with_a_link_stays(client):
    ada = make_user("ada")
    source = card_source(title="Karibu", body="It sorts letters like [this](a.txt) and that.")
    shelve("karibu", by=ada, card=source)

    page = client.get("/ada/karibu").content.decode()

    assert '<a href="/ada/karibu/blob/main/a.txt">this</a>' in page


def test_the_keyboard_reaches_a_table_that_is_wider_than_the_page(card):
    page = card("| a | b |\n|---|---|\n| 1 | 2 |")

    assert '<div class="scroll" tabindex="0" role="group" aria-label="Table"><table>' in page
    assert "</table></div>" in page
