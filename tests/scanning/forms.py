"""The ways in which a pickle can come to call a name; each takes (module, name) and returns a whole stream."""

from __future__ import annotations

from collections.abc import Callable

from tests.governance.scanning.engine.making import COMMAND, stack_global, text

_ARGUMENT = text(COMMAND)
_TEXT = b"S'" + COMMAND.encode() + b"'\n"


def _lines(module: str, name: str) -> bytes:
    return f"{module}\n{name}\n".encode()


def reduced(module: str, name: str) -> bytes:
    """GLOBAL and REDUCE of protocol 2."""
    return b"\x80\x02c" + _lines(module, name) + b"(" + _TEXT + b"tR."


def bare(module: str, name: str) -> bytes:
    """Protocol 0, which begins with no mark."""
    return b"c" + _lines(module, name) + b"(" + _TEXT + b"tR."


def instance(module: str, name: str) -> bytes:
    """INST."""
    return b"(" + _TEXT + b"i" + _lines(module, name) + b"."


def objected(module: str, name: str) -> bytes:
    """OBJ."""
    return b"(c" + _lines(module, name) + _TEXT + b"o."


def newobj(module: str, name: str) -> bytes:
    """NEWOBJ."""
    return b"\x80\x02c" + _lines(module, name) + _ARGUMENT + b"\x85\x81."


def newobj_ex(module: str, name: str) -> bytes:
    """NEWOBJ_EX."""
    return b"\x80\x04" + stack_global(module, name) + _ARGUMENT + b"\x85}\x92."


def stacked(module: str, name: str) -> bytes:
    """STACK_GLOBAL."""
    return b"\x80\x04" + stack_global(module, name) + _ARGUMENT + b"\x85R."


def remembered(module: str, name: str) -> bytes:
    """STACK_GLOBAL whose operands come from the memo, with other strings between."""
    kept = (
        text(module) + b"\x940" + text(name) + b"\x940" + text("json") + b"0" + text("dumps") + b"0"
    )
    return b"\x80\x04" + kept + b"h\x00h\x01\x93" + _ARGUMENT + b"\x85R."


def overwritten(module: str, name: str) -> bytes:
    """The memo holds something harmless first."""
    kept = text("collections") + b"q\x000" + text("Counter") + b"q\x010"
    evil = text(module) + b"q\x000" + text(name) + b"q\x010"
    return b"\x80\x04" + kept + evil + b"h\x00h\x01\x93" + _ARGUMENT + b"\x85R."


def duplicated(module: str, name: str) -> bytes:
    """DUP and POP around the callee, and a mark that POP takes away."""
    return b"\x80\x02c" + _lines(module, name) + b"20(0" + _ARGUMENT + b"\x85R."


def escaped(module: str, name: str) -> bytes:
    """Names written in escapes."""
    one, two = ("".join(f"\\u{ord(letter):04x}" for letter in word) for word in (module, name))
    return f"V{one}\nV{two}\n".encode() + b"\x93(" + _TEXT + b"tR."


def hidden_in_data(module: str, name: str) -> bytes:
    """Deep in ordinary data, before and behind it."""
    data = b"}" + text("weights") + b"](K\x01K\x02K\x03e" + b"s"
    return b"\x80\x04](" + data + reduced(module, name)[2:-1] + data + b"e."


def before_a_break(module: str, name: str) -> bytes:
    """What follows the call is no pickle."""
    return reduced(module, name)[:-1] + b"\xff\xfe broken"


def after_stop(module: str, name: str) -> bytes:
    """In a second stream."""
    return b"\x80\x04}." + stacked(module, name)


def through_reconstructor(module: str, name: str) -> bytes:
    """By a function that everybody allows."""
    target = b"c" + _lines(module, name)
    return b"\x80\x02ccopy_reg\n_reconstructor\n(" + target + target + _ARGUMENT + b"tR."


def by_default(module: str, name: str) -> bytes:
    """As what a dictionary calls for missing keys."""
    return b"\x80\x02ccollections\ndefaultdict\nc" + _lines(module, name) + b"\x85R."


def rebuilt(module: str, name: str) -> bytes:
    """By torch's function for types of one's own."""
    arguments = b"(c" + _lines(module, name) + b"N" + _ARGUMENT + b"\x85Nt"
    return b"\x80\x02ctorch._tensor\n_rebuild_from_type_v2\n" + arguments + b"R."


FORMS: tuple[Callable[[str, str], bytes], ...] = (
    reduced, bare, instance, objected, newobj, newobj_ex, stacked, remembered, overwritten, duplicated, escaped,
    hidden_in_data, before_a_break, after_stop, through_reconstructor, by_default, rebuilt,
)  # fmt: skip
