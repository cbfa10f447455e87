from html import unescape

import pytest

from accounts.authz.policy import RIGHT_TITLES, ROLE_TITLES
from accounts.namespaces.models import Preset
from governance.policies.facts import CardFact, Facts
from governance.policies.outcomes import Outcome
from governance.policies.presets import PRESET_RULES, PRESET_TITLES
from governance.policies.rules import RULES, rules_from
from governance.scanning.engine import ruleset_version
from governance.scanning.engine.rules import ALL
from hub.api.problems import KINDS
from hub.core.rate_limits import LIMITS
from hub.guide.chapters import CHAPTERS
from models_catalog.cards.render import render
from tests.architecture.tree import ROOT
from tests.hub.guide.reading import Page

SLUGS = [chapter.slug for chapter in CHAPTERS]


def read(client, slug):
    response = client.get(f"/guide/{slug}")
    assert response.status_code == 200
    return unescape(response.content.decode())


@pytest.mark.django_db
@pytest.mark.parametrize("slug", SLUGS)
def test_a_chapter_is_shown_to_everybody_without_a_question_to_the_database(
    client, slug, django_assert_num_queries
):
    with django_assert_num_queries(0):
        text = read(client, slug)

    assert text.count("<h1>") == 1
    assert "{{" not in text
    assert "{%" not in text


@pytest.mark.django_db
@pytest.mark.parametrize("slug", SLUGS)
def test_the_list_of_contents_leads_to_headings(client, slug):
    page = Page.of(read(client, slug))

    inside = {link[1:] for link in page.links if link.startswith("#")}

    assert inside - {"main"}
    assert inside <= page.anchors


@pytest.mark.django_db
def test_the_index_names_every_chapter(client):
    page = Page.of(client.get("/guide").content.decode())

    assert {f"/guide/{slug}" for slug in SLUGS} <= set(page.links)


@pytest.mark.django_db
def test_there_are_no_other_chapters(client):
    assert client.get("/guide/nothing").status_code == 404


@pytest.mark.parametrize("chapter", CHAPTERS, ids=SLUGS)
def test_the_sources_that_a_chapter_names_are_there(chapter):
    assert [path for path in chapter.made_from if not (ROOT / path).exists()] == []


@pytest.mark.django_db
def test_snippets_hold_the_address_of_this_very_hub(client, settings):
    settings.PUBLIC_URL = "https://models.example.org"

    text = read(client, "clients")

    assert "export HUB=https://models.example.org\n" in "".join(
        sample.text for sample in Page.of(text).samples
    )
    assert "localhost" not in text


@pytest.mark.django_db
def test_limits_are_those_of_this_hub(client, settings):
    settings.MAX_FILE_BYTES = 7 * 10**9

    assert "7 GB" in read(client, "first-upload")


@pytest.mark.django_db
def test_a_name_that_looks_like_markup_stays_text(client, settings):
    settings.HUB_NAME = "<script>alert(1)</script>"

    assert "<script>alert" not in client.get("/guide/about").content.decode()


@pytest.mark.django_db
def test_every_rule_preset_role_and_right_is_told(client):
    text = read(client, "policies")

    told = [
        *(rule().title for rule in RULES.values()),
        *RULES,
        *map(str, PRESET_TITLES.values()),
        *map(str, ROLE_TITLES.values()),
        *map(str, RIGHT_TITLES.values()),
    ]
    assert [each for each in told if str(each) not in text] == []


@pytest.mark.django_db
def test_every_rule_of_scanning_is_told(client):
    text = read(client, "scanning")

    assert [number for number in ALL if f"<code>{number}</code>" not in text] == []
    assert ruleset_version() in text


@pytest.mark.django_db
def test_every_code_of_a_refusal_has_a_place(client):
    page = Page.of(read(client, "api"))

    assert set(KINDS) | {"errors"} <= page.anchors


@pytest.mark.django_db
def test_every_limit_of_use_is_told(client, settings):
    settings.RATE_LIMITS = {"sign-in": "7/70", "search": "0/60"}

    text = read(client, "api")

    assert [name for name in LIMITS if f"<code>{name}</code>" not in text] == ["search"]
    assert "<td>70 seconds</td>" in text


@pytest.mark.django_db
def test_the_card_to_copy_passes_the_strictest_preset_but_for_its_verdicts(client):
    page = Page.of(read(client, "first-upload"))
    card = next(sample.text for sample in page.samples if sample.language == "markdown")

    rendered = render(card.encode())
    headings = [text for _, _, text in rendered.contents]
    facts = Facts(files=[], card=CardFact(rendered.title, rendered.facts, headings))
    about_cards = [
        r
        for r in rules_from(PRESET_RULES[Preset.STRICT])
        if r.id in ("licence_present", "card_fields")
    ]

    assert rendered.problems == []
    assert [rule.evaluate(facts).outcome for rule in about_cards] == [Outcome.PASS, Outcome.PASS]
