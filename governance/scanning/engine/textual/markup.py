"""HTML, SVG and XML by their tags: what runs, what is fetched from elsewhere, what unfolds."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape

from governance.scanning.engine.words import words

_ACTIVE_TAGS = {
    **{
        name: f"a {name} element"
        for name in ["script", "frame", "frameset", "portal", "handler", "listener", "form", "base"]
    },
    **{name: f"an {name} element" for name in ("iframe", "object", "embed", "applet")},
    "foreignobject": "a page inside the drawing (foreignObject)",
}
_OUTSIDE = re.compile(r"\s*(?:https?:|ftps?:|file:|smb:|//|\\\\)", re.IGNORECASE)
_RUNS = re.compile(
    r"\s*(?:j\s*a\s*v\s*a\s*s\s*c\s*r\s*i\s*p\s*t|v\s*b\s*s\s*c\s*r\s*i\s*p\s*t|livescript|mhtml)\s*:",
    re.IGNORECASE,
)
_DATA_PAGE = re.compile(
    r"\s*data:\s*(?:text/html|image/svg|application/xhtml|text/xml|application/xml|text/javascript|[;,])",
    re.IGNORECASE,
)
_FETCHED = words(
    "src srcset poster background data lowsrc dynsrc manifest icon ping codebase classid archive"
)
_LINKS = words("href xlink:href action formaction to from values by")
_FETCHING_LINKS = words("link use image feimage mpath tref fecomponenttransfer")
_STYLE_OUTSIDE = re.compile(
    r"@import|url\(\s*[\"']?\s*(?:https?:|//|file:|ftp:)|expression\s*\(|-moz-binding|behavior\s*:",
    re.IGNORECASE,
)
_STYLE_RUNS = re.compile(r"expression\s*\(|-moz-binding|behavior\s*:|javascript\s*:", re.IGNORECASE)
_SPACES = re.compile(r"[\x00-\x20]")
_ENTITY = re.compile(
    r"<!ENTITY\s+(%\s+)?\S+\s+(?:(SYSTEM|PUBLIC)\b|[\"']([^\"']*)[\"'])", re.IGNORECASE
)
_DTD = re.compile(
    r"<!DOCTYPE\s+[\w:.-]+\s+(?:SYSTEM|PUBLIC\s*(?:\"[^\"]*\"|'[^']*'))\s*[\"']((?:https?:|ftp:|file:|//|\\\\|/)[^\"']*)",
    re.IGNORECASE,
)
_USUAL_DTD = re.compile(
    r"(?:https?:)?//(?:(?:www\.)?(?:w3\.org|apple\.com|dmg\.org|oasis-open\.org|docbook\.org|python\.org|gnome\.org|hibernate\.org)|dtd\.nlm\.nih\.gov)/",
    re.IGNORECASE,
)
_SUBSET = re.compile(r"<!DOCTYPE[^>\[]{0,2000}\[", re.IGNORECASE)
_STYLESHEET = re.compile(
    r"<\?xml-stylesheet\b|<xsl:(?:script|include|import)|<msxsl:script|<xi:include\b", re.IGNORECASE
)
_MOST = 20
_MOST_ATTRIBUTES = 200
_COMMENT_END = re.compile(r"--!?>")
_TAG = re.compile(r"<([A-Za-z][^\s/>]*)")
_ATTRIBUTE = re.compile(r"[\s/]*([^\s/>=][^\s/>=]*)(?:\s*=\s*(\"[^\"]*\"|'[^']*'|[^\s>]*))?")
_STYLE_END = re.compile(r"</(?:\w+:)?style", re.IGNORECASE)


@dataclass(slots=True)
class Markup:
    """What a text would do as a page or drawing."""

    active: dict[str, None] = field(default_factory=dict)
    outside: dict[str, None] = field(default_factory=dict)

    def element(self, tag: str, given: dict[str, str]) -> None:
        """Note one element."""
        local = tag.rsplit(":", 1)[-1]
        if tag.startswith("script:"):
            self._note(self.active, "a macro")
        if local in _ACTIVE_TAGS:
            self._note(self.active, _ACTIVE_TAGS[local])
        if local == "meta" and given.get("http-equiv", "").strip().lower() in (
            "refresh",
            "set-cookie",
        ):
            self._note(self.active, "an order to go elsewhere")
        animated = given.get("attributename", "").lower()
        if local in ("set", "animate") and animated.startswith(("on", "href", "xlink:href")):
            self._note(self.active, "an animation of a link")
        for name, value in given.items():
            self._attribute(local, name, value, given)

    def _attribute(self, tag: str, name: str, value: str, given: dict[str, str]) -> None:
        bare = _SPACES.sub("", unescape(value))
        if name.startswith("on") and len(name) > 3:
            self._note(self.active, f"something that runs on {name[2:]}")
        elif name in ("srcdoc", "xml:base"):
            self._note(self.active, f"the attribute {name}")
        elif name in _FETCHED or name in _LINKS:
            self._link(tag, name, bare, given)
        elif name == "style" or "url(" in value:
            self.style(value)

    def _link(self, tag: str, name: str, value: str, given: dict[str, str]) -> None:
        if _RUNS.match(value):
            self._note(self.active, "a link that runs a script")
        elif _DATA_PAGE.match(value):
            self._note(self.active, "a page hidden in a link")
        elif _OUTSIDE.match(value) and (name in _FETCHED or self._fetches(tag, given)):
            self._note(self.outside, f"{tag} from {value[:80]}")

    def _fetches(self, tag: str, given: dict[str, str]) -> bool:
        """Whether a link is followed by itself; one that a person clicks is not."""
        if tag == "link":
            return given.get("rel", "").lower() not in (
                "canonical",
                "author",
                "license",
                "help",
                "me",
                "alternate",
            )
        return tag in _FETCHING_LINKS

    def style(self, text: str) -> None:
        """Note what a style sheet would do."""
        if _STYLE_RUNS.search(text):
            self._note(self.active, "a style that runs a script")
        elif _STYLE_OUTSIDE.search(text):
            self._note(self.outside, "a style from elsewhere")

    def _note(self, kept: dict[str, None], what: str) -> None:
        if len(kept) < _MOST:
            kept[what] = None


def read(text: str) -> Markup:
    """Everything that a text would do as a page or drawing, as lenient as a browser, in one pass."""
    found = Markup()
    at = text.find("<")
    while at >= 0:
        at = text.find("<", _take(text, at, found))
    if _STYLESHEET.search(text):
        found.active["a style sheet that can run scripts"] = None
    return found


def _take(text: str, at: int, found: Markup) -> int:
    """Read what begins at a ``<``; returns where to go on."""
    if text.startswith("<!--", at):
        comment = _COMMENT_END.search(text, at + 2)
        return comment.end() if comment else len(text)
    tag = _TAG.match(text, at)
    if tag is None:
        return at + 1
    name = tag.group(1).lower()
    given: dict[str, str] = {}
    end = tag.end()
    while match := _ATTRIBUTE.match(text, end):
        if len(given) < _MOST_ATTRIBUTES:
            given.setdefault(match.group(1).lower(), (match.group(2) or "").strip("\"'"))
        end = match.end()
    found.element(name, given)
    if name.rsplit(":", 1)[-1] == "style":
        close = _STYLE_END.search(text, end)
        stop = close.start() if close else len(text)
        found.style(text[end:stop])
        return stop
    return end


def entities(text: str) -> list[str]:
    """What the declarations of an XML text would make its reader fetch or unfold."""
    found: dict[str, None] = {}
    for match in _ENTITY.finditer(text):
        if match.group(2):
            found["an entity that reads another file"] = None
        elif match.group(1):
            found["an entity of declarations"] = None
        elif re.search(r"&\w+;", match.group(3) or ""):
            found["entities made of entities, which can unfold endlessly"] = None
    for address in _DTD.findall(text):
        if not _USUAL_DTD.match(address):
            found[f"its form in {address[:80]}"] = None
    if _SUBSET.search(text) and "%" in text and re.search(r"%\w+;", text):
        found["an entity of declarations"] = None
    return list(found)
