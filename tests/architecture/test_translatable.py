"""Every word that a template shows comes from a catalogue: it stands in ``translate`` or ``blocktranslate``."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from django.template.base import Lexer, Token, TokenType

from tests.architecture.tree import ROOT

FOLDER = ROOT / "templates"
NAMES = sorted(
    str(path.relative_to(FOLDER))
    for path in FOLDER.rglob("*.*")
    if path.suffix in {".html", ".txt"}
)
# Words that are the same in every language, each with its reason.
SAME_EVERYWHERE = {
    "OpenAPI": "the name of a format",
    "JSON": "the name of a format",
    "YAML": "the name of a format",
    "SHA256SUMS": "the name of a file",
    "SHA": "the name of an algorithm",
    "arb": "how every token begins",
    "main": "the name of a branch",
}
FOR_DEVELOPERS = (
    "ui/_",
    "ui/parts.html",
    "ui/model.html",
)  # the gallery, for people who build pages
READ_ALOUD = {"aria-label", "title", "placeholder", "alt", "aria-description", "data-done"}
UNREAD = {"script", "style", "code", "kbd", "pre", "samp"}
BLOCKS = ("blocktranslate", "blocktrans")
CLASSES = "columns"  # a block of the layouts whose text is the class of an element
VERBATIM = ("translate", "trans", "url", "static", "load", "extends", "block", "partialdef")
# Arguments of tags that end up on the page.
SHOWN = re.compile(
    r"""(?:\b(?:label|title|hint|text|detail|about|aside|footer|about)=|^(?:panel|scroll|badge|notice)\s+)(["'])(?P<text>.*?)\1"""
)
FALLBACK = re.compile(r"""\|(?:default|default_if_none|yesno|pluralize):(["'])(?P<text>.*?)\1""")
WORD = re.compile(r"[^\W\d_][^\W_]+")


class Words(HTMLParser):
    """What people read or hear of a piece of HTML."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.unread = 0

    def handle_starttag(self, tag, attrs):
        self.unread += tag in UNREAD
        self.found += [value for name, value in attrs if name in READ_ALOUD and value]

    def handle_endtag(self, tag):
        self.unread -= tag in UNREAD

    def handle_data(self, data):
        if not self.unread:
            self.found.append(data)


def untranslated(source: str, *, is_html: bool = True) -> list[str]:
    """The words of a template that no catalogue can replace."""
    shown, found, end = [], [], ""
    for token in Lexer(source).tokenize():
        if token.token_type == TokenType.BLOCK:
            name, *arguments = token.contents.split()
            if not end and (name in BLOCKS or (name == "block" and arguments == [CLASSES])):
                end = f"end{name}"
            elif name == end:
                end = ""
        found += _said_by_tag(token)
        shown.append(token.contents if token.token_type == TokenType.TEXT and not end else " ")
    text = "".join(shown)
    words = Words()
    if is_html:
        words.feed(text)
        words.close()
    else:
        words.found.append(text)
    return [" ".join(each.split()) for each in (*words.found, *found) if _is_language(each)]


def _said_by_tag(token: Token) -> list[str]:
    if token.token_type == TokenType.VAR:
        return [match["text"] for match in FALLBACK.finditer(token.contents)]
    if token.token_type != TokenType.BLOCK or token.contents.split()[0] in VERBATIM + BLOCKS:
        return []
    return [match["text"] for match in SHOWN.finditer(token.contents)]


def _is_language(text: str) -> bool:
    return any(word not in SAME_EVERYWHERE for word in WORD.findall(text))


@pytest.mark.parametrize("name", [name for name in NAMES if not name.startswith(FOR_DEVELOPERS)])
def test_a_template_shows_no_word_that_cannot_be_translated(name):
    source = (FOLDER / name).read_text()

    assert untranslated(source, is_html=name.endswith(".html")) == []


@pytest.mark.parametrize(
    "source",
    [
        "<p>Hello</p>",
        '<a aria-label="Close">×</a>',
        '<input placeholder="{{ a }} models">',
        "{% block columns %} cols{% endblock %} and more",
        '{% panel "Files" %}x{% endpanel %}',
        '{{ name|default:"Nobody" }}',
        "{% if a %}{% blocktranslate %}Right{% endblocktranslate %} wrong{% endif %}",
    ],
)
def test_the_test_sees_untranslated_words(source):
    assert untranslated(source)


@pytest.mark.parametrize(
    "source",
    [
        '{% translate "Hello" %}, {{ name }}: 12 · <code>git clone</code>',
        '<a title="{% translate \'Close\' %}" class="btn small">×</a>',
        "{% blocktranslate count n=n %}{{ n }} file{% plural %}{{ n }} files{% endblocktranslate %}",
        '{% translate "Files" as title %}{% panel title id="files" %}{{ title }}{% endpanel %}',
    ],
)
def test_the_test_passes_what_can_be_translated(source):
    assert untranslated(source) == []
