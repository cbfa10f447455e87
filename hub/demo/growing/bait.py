"""A pickle that names ``os.system``: written by hand, opcode by opcode, and never opened by anybody here."""

from __future__ import annotations

from hub.demo.growing.cards import card

Files = dict[str, bytes]

PICKLE = (
    b"\x80\x02"  # protocol 2
    b"cos\nsystem\n"  # push os.system
    b"(X\x19\x00\x00\x00echo hello from a pickle."  # a mark, and the command: 25 bytes
    b"tR"  # gather the arguments, call
    b"."  # stop
)


def blocked(hub: str) -> Files:
    """The files of a model that nobody will be able to fetch."""
    return {"README.md": card("blocked", {"hub": hub}), "leaf-weights.pkl": PICKLE}
