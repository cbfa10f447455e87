"""From untrusted HTML to HTML that may stand in our pages: bleach's allow-list, then our own pass over what is left."""

from __future__ import annotations

import html as entities
from collections import OrderedDict
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from bleach.html5lib_shim import Filter  # type: ignore[attr-defined]
from bleach.sanitizer import Cleaner

from models_catalog.cards.links import ID_PREFIX, SCHEMES, image_source, link_target

Token = dict[str, Any]

TAGS = frozenset(
    [
        "a",
        "abbr",
        "b",
        "blockquote",
        "br",
        "caption",
        "cite",
        "code",
        "col",
        "colgroup",
        "dd",
        "del",
        "details",
        "dfn",
        "div",
        "dl",
        "dt",
        "em",
        "figcaption",
        "figure",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "i",
        "img",
        "input",
        "ins",
        "kbd",
        "li",
        "mark",
        "ol",
        "p",
        "pre",
        "q",
        "rp",
        "rt",
        "ruby",
        "s",
        "samp",
        "small",
        "span",
        "strong",
        "sub",
        "summary",
        "sup",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "u",
        "ul",
        "var",
    ]
)
_EVERYWHERE = ["id", "class", "lang", "dir", "title"]
ATTRIBUTES = {
    "*": _EVERYWHERE,
    "a": [*_EVERYWHERE, "href"],
    "img": [*_EVERYWHERE, "src", "alt", "width", "height"],
    "input": ["type", "checked"],
    "ol": [*_EVERYWHERE, "start"],
    "td": [*_EVERYWHERE, "align", "colspan", "rowspan"],
    "th": [*_EVERYWHERE, "align", "colspan", "rowspan", "scope"],
    "p": [*_EVERYWHERE, "align"],
    "div": [*_EVERYWHERE, "align"],
    "details": [*_EVERYWHERE, "open"],
}
_CALLOUTS = {"note": "info", "tip": "ok", "important": "info", "warning": "warn", "caution": "bad"}
_CLASSES = frozenset(
    {"highlight", "task-list", "task-list-item", "footnote", "footnote-ref", "footnote-backref"}
)
_COLOURED = frozenset(  # Pygments' short names, those that static/css/components/highlight.css gives a colour
    "k kn kc kd kr kt nt ow s s1 s2 sa sb sd se sh si m mi mf mh mb il l nf nc nb nd na c c1 cm ch cs".split()  # noqa: SIM905
)
_DROPPED_WHOLE = (
    "script",
    "style",
    "template",
    "noscript",
    "iframe",
    "object",
    "svg",
    "math",
    "textarea",
    "select",
)


def sanitise(html: str, *, mark: str, inspect: Callable[[list[Token]], list[Token]]) -> str:
    """Clean HTML.

    ``mark`` is the placeholder of the revision; ``inspect`` sees the safe tokens before they are written and may
    change them.
    """
    cleaner = Cleaner(
        tags=TAGS,
        attributes=ATTRIBUTES,
        protocols=SCHEMES,
        strip=True,
        strip_comments=True,
        filters=[partial(_Tightened, mark=mark, inspect=inspect)],
    )
    return cleaner.clean(_without_hidden_text(html))


def _without_hidden_text(html: str) -> str:
    """Drop what stands inside elements that no reader would see, so that no script appears as prose.

    For looks only: bleach makes it safe. Linear in the size of the text.
    """
    low = html.lower()
    for name in _DROPPED_WHOLE:
        kept, position = [], 0
        while True:
            start = low.find(f"<{name}", position)
            end = low.find(f"</{name}", start) if start >= 0 else -1
            if end < 0:
                break
            kept.append(html[position:start])
            position = end
        if position:
            html = "".join(kept) + html[position:]
            low = html.lower()
    return html


class _Tightened(Filter):  # type: ignore[misc] # bleach ships it without types
    """Links, images, ids, classes and callouts, token by token."""

    def __init__(
        self, source: Any, *, mark: str, inspect: Callable[[list[Token]], list[Token]]
    ) -> None:
        super().__init__(source)
        self._mark = mark
        self._inspect = inspect
        self._open_links: list[bool] = []
        self._open_divs: list[bool] = []
        self._open_spans: list[bool] = []
        self._in_code = 0

    def __iter__(self) -> Iterator[Token]:
        safe = [token for each in super().__iter__() for token in self._rewritten(each)]
        yield from self._inspect(safe)

    def _rewritten(self, token: Token) -> list[Token]:
        name = token.get("name")
        if token["type"] in ("StartTag", "EmptyTag"):
            return self._started(token, str(name))
        if token["type"] == "EndTag":
            return self._ended(token, str(name))
        return [token]

    def _started(self, token: Token, name: str) -> list[Token]:
        given = {key: value for (_, key), value in token["data"].items()}
        if name in ("a", "img", "input"):
            special = {"a": self._link, "img": self._image, "input": _checkbox}
            return special[name](given)
        kept = self._common(given)
        if name == "div":
            return self._division(given, kept)
        if name == "span":
            self._open_spans.append(bool(kept))
            return [_tag("StartTag", name, kept)] if kept else []
        self._in_code += name in ("pre", "code")
        if name == "pre":
            kept["tabindex"] = "0"
        elif name == "p" and "admonition-title" in given.get("class", "").split():
            kept = {"class": "w6"}
        return [_tag(token["type"], name, kept)]

    def _division(self, given: dict[str, str], kept: dict[str, str]) -> list[Token]:
        """A ``div``; one that is a callout (``> [!NOTE]``) becomes a notice with a box inside."""
        callout = _callout(given.get("class", ""))
        self._open_divs.append(callout is not None)
        if callout is None:
            return [_tag("StartTag", "div", kept)]
        notice = kept | {"class": f"note is-{callout}"}
        return [_tag("StartTag", "div", notice), _tag("StartTag", "div")]

    def _ended(self, token: Token, name: str) -> list[Token]:
        if name == "a":
            return [token] if self._open_links and self._open_links.pop() else []
        if name == "div" and self._open_divs and self._open_divs.pop():
            return [token, _tag("EndTag", "div")]
        if name == "span" and self._open_spans and not self._open_spans.pop():
            return []
        self._in_code -= name in ("pre", "code")
        return [token]

    def _link(self, given: dict[str, str]) -> list[Token]:
        target = link_target(entities.unescape(given.get("href", "")), self._mark)
        is_nested = any(self._open_links)
        self._open_links.append(target is not None and not is_nested)
        if target is None or is_nested:
            return []
        kept = self._common(given) | {"href": target}
        if not target.startswith(("#", self._mark)):
            kept["rel"] = "nofollow noopener ugc"
        return [_tag("StartTag", "a", kept)]

    def _image(self, given: dict[str, str]) -> list[Token]:
        """An image of the same revision stays; one from elsewhere becomes a link, for nothing is fetched from others."""
        address = entities.unescape(given.get("src", ""))
        alt = entities.unescape(given.get("alt", "")).strip()
        source = image_source(address, self._mark)
        if source is not None:
            kept = self._common(given) | {"src": source, "alt": alt, "loading": "lazy"}
            kept |= {
                side: given[side] for side in ("width", "height") if given.get(side, "").isdecimal()
            }
            return [_tag("EmptyTag", "img", kept)]
        target = link_target(address, self._mark)
        words = characters(alt or "image")
        if target is None or target.startswith("#") or any(self._open_links):
            return [words] if alt else []
        rel = {} if target.startswith(self._mark) else {"rel": "nofollow noopener ugc"}
        return [_tag("StartTag", "a", {"href": target} | rel), words, _tag("EndTag", "a")]

    def _common(self, given: dict[str, str]) -> dict[str, str]:
        kept = {
            key: value
            for key, value in given.items()
            if key not in ("id", "class", "href", "src", "alt")
        }
        kept = {key: value for key, value in kept.items() if key not in ("width", "height")}
        if given.get("align") not in (None, "left", "right", "center"):
            del kept["align"]
        identifier = given.get("id", "")
        if identifier:
            kept["id"] = ID_PREFIX + identifier.removeprefix(ID_PREFIX)
        classes = [name for name in given.get("class", "").split() if self._may_have(name)]
        if classes:
            kept["class"] = " ".join(classes)
        return kept

    def _may_have(self, name: str) -> bool:
        return name in _CLASSES or (self._in_code > 0 and name in _COLOURED)


def _callout(classes: str) -> str | None:
    """The status of a callout, as the parser marks it; ``None`` for other elements."""
    names = classes.split()
    if "admonition" not in names:
        return None
    return next((_CALLOUTS[each] for each in names if each in _CALLOUTS), "info")


def _checkbox(given: dict[str, str]) -> list[Token]:
    """The box of a task list as a letter: cards bring no controls."""
    if given.get("type") != "checkbox":
        return []
    return [characters("☑" if "checked" in given else "☐")]


def characters(text: str) -> Token:
    """A token of plain text."""
    return {"type": "Characters", "data": text}


def _tag(kind: str, name: str, attributes: dict[str, str] | None = None) -> Token:
    data = OrderedDict(((None, key), value) for key, value in (attributes or {}).items())
    return {"type": kind, "name": name, "namespace": "http://www.w3.org/1999/xhtml", "data": data}
