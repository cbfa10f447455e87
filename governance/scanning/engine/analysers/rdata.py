"""Objects and workspaces of R.

Vectors, lists, data frames and the formulas of models are data. Functions are code a person should read. A promise is
evaluated as soon as somebody looks at it, so one that holds no value yet runs its code (CVE-2024-27322).
"""

from __future__ import annotations

from dataclasses import dataclass, field

from governance.scanning.engine import rules
from governance.scanning.engine.cursor import Cursor, Truncated
from governance.scanning.engine.rdata import names, walk
from governance.scanning.engine.rdata.source import Malformed
from governance.scanning.engine.rules import Rule
from governance.scanning.engine.subject import Subject

_MAGIC = 5
_FOUND = {
    walk.CLOSURE: (rules.rdata.CODE, "a function"),
    walk.DOTS: (rules.rdata.CODE, "arguments that were not evaluated"),
    walk.EXPRESSION: (rules.rdata.CODE, "an expression"),
    walk.BYTECODE: (rules.rdata.BYTECODE, "compiled program text"),
    walk.POINTER: (rules.rdata.POINTER, "an address of memory"),
    walk.WEAK: (rules.rdata.POINTER, "a weak reference, which may run code when it dies"),
}
_COMPACT = frozenset(
    {"compact_intseq", "compact_realseq", "deferred_string", "wrap_real", "wrap_integer", "wrap_string", "wrap_logical",
     "wrap_complex", "wrap_raw", "wrap_list"}
)  # fmt: skip


@dataclass(slots=True)
class _Judge:
    """Keeps one finding for each thing, however often it stands in the object."""

    subject: Subject
    told: set[tuple[str, str]] = field(default_factory=set)

    def _add(self, rule: Rule, text: str, offset: int) -> None:
        if (rule.id, text) not in self.told and len(self.told) < 200:
            self.told.add((rule.id, text))
            self.subject.add(rule, text, offset=offset)

    def called(self, name: str | None, offset: int) -> None:
        """A call in program text, or in what a model remembers of how it was made."""
        if name in names.DENIED:
            self._add(rules.rdata.DENIED, f"It holds a call of {name}.", offset)
        elif name is None:
            self._add(rules.rdata.CODE, "It holds a call of something that has no name.", offset)
        elif name not in names.PLAIN:
            self._add(rules.rdata.CODE, f"It holds a call of {name}.", offset)

    def found(self, kind: int, offset: int) -> None:
        """Something that is no data."""
        rule, text = _FOUND[kind]
        self._add(rule, f"It holds {text}.", offset)

    def promise(self, offset: int) -> None:
        """Code that runs when somebody looks at the object."""
        self._add(
            rules.rdata.PROMISE, "A value is still to be worked out, by code in this file.", offset
        )

    def package(self, name: str, offset: int) -> None:
        """R loads the package that a name refers to."""
        if name not in names.PACKAGES:
            text = (
                f"It needs the package {name!r}." if name else "It asks its loader for an object."
            )
            self._add(rules.rdata.CODE, text, offset)

    def builtin(self, name: str, offset: int) -> None:
        """A function of R itself."""
        rule = rules.rdata.DENIED if name in names.DENIED else rules.rdata.CODE
        self._add(rule, f"It holds the function {name}.", offset)

    def compact(self, name: str, offset: int) -> None:
        """Some classes of vectors read files."""
        if name not in _COMPACT:
            self._add(
                rules.rdata.DENIED, f"A vector is made by {name}, which may read files.", offset
            )


def analyse(subject: Subject) -> None:
    """Walk one object, as saveRDS writes it."""
    _walk(subject, 0)


def analyse_workspace(subject: Subject) -> None:
    """A workspace is one object behind five bytes."""
    _walk(subject, _MAGIC)


def _walk(subject: Subject, start: int) -> None:
    cursor = Cursor(subject.reader, start)
    try:
        walk.Walk(cursor, subject.meter, _Judge(subject)).run()
    except Truncated:
        subject.add(rules.rdata.BROKEN, f"It breaks off at byte {cursor.position:,}.")
        return
    except Malformed as reason:
        subject.add(rules.rdata.BROKEN, f"It cannot be read: {reason}.")
        return
    except walk.Unread as what:
        subject.add(rules.rdata.UNREAD, f"Nothing here reads {what}.", offset=cursor.position)
        return
    rest = subject.reader.read_at(cursor.position, 16)
    if rest.strip(b"\n"):
        left = subject.reader.size - cursor.position
        text = f"{left:,} bytes follow the object."
        subject.add(rules.rdata.TRAILING, text, offset=cursor.position)
