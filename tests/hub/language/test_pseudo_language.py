"""Pages in a language of long words: everything is translated, nothing breaks."""

from __future__ import annotations

import shutil
from html.parser import HTMLParser

import pytest
from django.core.management import call_command
from django.test import Client

from tests.architecture.tree import ROOT
from tests.factories.people import make_organization, make_user
from tests.factories.shelf import card_source, shelve
from tests.hub.language.pseudo import CODE, LOCALE, OPENS, accented, compile_catalogue, messages

pytestmark = [pytest.mark.django_db]

PAGES = {
    "home": "/",
    "catalogue": "/models",
    "catalogue-filtered": "/models?language=sw&view=table",
    "nothing-found": "/models?q=nothing",
    "task": "/tasks/translation",
    "model": "/savanna/karibu",
    "files": "/savanna/karibu/tree/main",
    "publisher": "/savanna",
    "sign-in": "/accounts/login/",
}
# What these pages show of models: a word of the taxonomy, the message of a commit. They happen to be sentences of pages too.
CONTENT = {"Text", "Add"}


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory, django_db_blocker):
    """A folder with the compiled catalogue of the pseudo language, made from the sources as they are."""
    if shutil.which("msgfmt") is None:
        pytest.skip("gettext is not installed (on Debian: apt-get install gettext)")
    folder = tmp_path_factory.mktemp("locale")
    with pytest.MonkeyPatch.context() as patch:
        from django.conf import settings

        patch.chdir(ROOT)
        patch.setattr(settings, "LOCALE_PATHS", [str(folder)])
        call_command("makemessages", locale=[LOCALE], verbosity=0)
    compile_catalogue(folder)
    return folder


@pytest.fixture
def pseudo(settings, catalogue):
    """The pseudo language is offered."""
    settings.LOCALE_PATHS = [str(catalogue)]
    settings.LANGUAGES = [("en-gb", "English"), (CODE, CODE)]
    return catalogue


@pytest.fixture
def shelf():
    ada = make_user("ada", display_name="Ada Okoro")
    organization = make_organization("savanna", ada, preset="open")
    card = card_source(title="Karibu", license="mit", pipeline_tag="translation", language="sw")
    return shelve("karibu", by=ada, organization=organization, card=card)


class Seen(HTMLParser):
    """The words that a page shows, piece by piece."""

    def __init__(self):
        super().__init__()
        self.pieces, self.hidden = [], 0

    def handle_starttag(self, tag, attrs):
        self.hidden += tag in {"style", "script", "code", "pre", "svg", "time"}
        self.pieces += [value for name, value in attrs if name in {"aria-label", "placeholder"}]

    def handle_endtag(self, tag):
        self.hidden -= tag in {"style", "script", "code", "pre", "svg", "time"}

    def handle_data(self, data):
        if not self.hidden:
            self.pieces.append(data)


def untranslated(page: str, known: set[str]) -> list[str]:
    """Sentences of the sources that a page still shows as they are."""
    seen = Seen()
    seen.feed(page)
    shown = [" ".join(piece.split()) for piece in seen.pieces if piece]
    return [piece for piece in shown if piece in known and piece not in CONTENT]


@pytest.mark.parametrize("address", PAGES.values(), ids=PAGES)
def test_nothing_on_a_page_stays_in_the_language_of_the_sources(pseudo, shelf, address):
    po = (pseudo / LOCALE / "LC_MESSAGES" / "django.po").read_text()
    known = {entry["msgid"] for entry in messages(po)}

    answer = Client(headers={"Accept-Language": CODE}).get(address)
    page = answer.content.decode()

    assert answer.status_code == 200
    assert f'<html lang="{CODE}"' in page
    assert page.count(OPENS) > 20
    assert untranslated(page, known) == []


def test_the_language_is_chosen_by_cookie_before_the_browser_is_asked(pseudo):
    client = Client(headers={"Accept-Language": CODE})
    client.post("/preferences", {"language": "en-gb", "next": "/"})

    page = client.get("/").content.decode()

    assert '<html lang="en-gb"' in page
    assert f'<button name="language" value="{CODE}"' in page


def test_only_languages_that_are_offered_can_be_chosen(pseudo):
    assert not Client().post("/preferences", {"language": "fr"}).cookies


def test_with_one_language_no_page_offers_a_choice():
    page = Client(headers={"Accept-Language": "de, fr;q=0.5"}).get("/").content.decode()

    assert '<html lang="en-gb"' in page
    assert 'name="language"' not in page


@pytest.mark.browser
@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("name", ["home", "catalogue", "model", "publisher"])
def test_long_words_do_not_break_a_page(
    pseudo, settings, shelf, live_server, open_context, name, width
):
    context = open_context(viewport=(width, 800))
    cookie = {"name": settings.LANGUAGE_COOKIE_NAME, "value": CODE, "url": live_server.url}
    context.add_cookies([cookie])
    page = context.new_page()

    page.goto(live_server.url + PAGES[name])

    assert page.locator("html").get_attribute("lang") == CODE
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_pseudo_language_keeps_placeholders_and_grows():
    said = accented("Search the models of %(name)s at <b>{url}</b>")

    assert "%(name)s" in said
    assert "<b>{url}</b>" in said
    assert len(said) > 1.3 * len("Search the models of  at ")
