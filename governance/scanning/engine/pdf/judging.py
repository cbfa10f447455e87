"""What the dictionaries of a document ask its reader to do."""

from __future__ import annotations

from collections.abc import Iterator

from governance.scanning.engine import rules
from governance.scanning.engine.media.structure import foreign
from governance.scanning.engine.pdf.objects import Name, Reference, Value, Word
from governance.scanning.engine.rules import Rule
from governance.scanning.engine.words import words

_SCRIPT_KEYS = words("JS JavaScript")
_CARRIES = words("EF EmbeddedFiles EmbeddedFile AF Collection")
_MEDIA = words("RichMedia 3D Movie Sound Screen RichMediaContent RichMediaSettings Flash")
_ACTS = words(
    "SubmitForm ImportData GoToE GoToR GoTo3DView Rendition Movie Sound RichMediaExecute ResetForm Trans Hide"
)
_HARMLESS = words("GoTo Named URI Thread SetOCGState GoToDp")
_SCHEMES = (b"javascript:", b"file:", b"vbscript:", b"data:", b"\\\\", b"smb:", b"ms-")

Judgement = tuple[Rule, str]


def judge(value: Value) -> Iterator[Judgement]:
    """Everything in a value that does more than show itself."""
    pending: list[Value] = [value]
    while pending:
        one = pending.pop()
        if isinstance(one, dict):
            yield from _dictionary(one)
            pending.extend(one.values())
        elif isinstance(one, list):
            pending.extend(one)


def _dictionary(one: dict[str, Value]) -> Iterator[Judgement]:
    for name, inner in one.items():
        if name in _SCRIPT_KEYS:
            yield rules.documents.PDF_SCRIPT, f"It holds a script under /{name}."
        elif name == "OpenAction" and isinstance(inner, dict):
            yield from _opening(inner)
        elif name in ("S", "Type", "Subtype") and isinstance(inner, Name):
            yield from _kind(name, inner.text)
        elif name == "URI" and isinstance(inner, bytes):
            yield from _address(inner)
        elif _is_something(inner):
            yield from _entry(name)


def _entry(name: str) -> Iterator[Judgement]:
    if name in _CARRIES:
        yield rules.documents.PDF_EMBEDDED, f"It carries another file under /{name}."
    elif name == "XFA":
        yield rules.documents.PDF_ACTION, "It holds a form in XFA, which may run scripts."
    elif name == "AA":
        yield rules.documents.PDF_ACTION, "It acts on its own under /AA."


def _is_something(value: Value) -> bool:
    return value not in ({}, [], Word(b"null"))


def _kind(key: str, kind: str) -> Iterator[Judgement]:
    if kind == "JavaScript":
        yield rules.documents.PDF_SCRIPT, f"It holds an action of the kind /{kind}."
    elif kind == "Launch":
        yield rules.documents.PDF_LAUNCH, "It holds an action that starts a program."
    elif kind in _ACTS and key == "S":
        yield rules.documents.PDF_ACTION, f"It holds an action of the kind /{kind}."
    elif kind == "EmbeddedFile":
        yield rules.documents.PDF_EMBEDDED, "It carries another file."
    elif kind in _MEDIA and key != "S":
        yield rules.documents.PDF_ACTION, f"It plays something of the kind /{kind}."
    elif kind == "PS" and key == "Subtype":
        yield rules.documents.PDF_ACTION, "It holds a program in PostScript."


def _opening(action: dict[str, Value]) -> Iterator[Judgement]:
    kind = action.get("S")
    if not isinstance(kind, Name) or kind.text not in ("GoTo", "Named"):
        yield rules.documents.PDF_ACTION, "It does more on opening than show a page."


def opening_reference(value: Value) -> int | None:
    """The object that a document's opening action stands in, if it stands by itself."""
    action = value.get("OpenAction") if isinstance(value, dict) else None
    return action.number if isinstance(action, Reference) else None


def is_harmless_opening(value: Value | None) -> bool:
    """Whether an object that is an opening action only shows a page."""
    return isinstance(value, list) or (isinstance(value, dict) and not list(_opening(value)))


def _address(address: bytes) -> Iterator[Judgement]:
    start = address.strip().lower()
    if start.startswith(_SCHEMES) or foreign(address):
        shown = address[:80].decode("latin-1")
        yield rules.documents.PDF_ACTION, f"It holds a link to {shown!r}."
