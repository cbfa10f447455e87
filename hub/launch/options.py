"""What the environment says about a start."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from hub.launch.refusals import StartRefused

ROOT = Path(__file__).resolve().parent.parent.parent
DEFAULT_PORT = "8000"
LARGEST_PORT = 65_535


@dataclass(frozen=True, slots=True)
class Options:
    """Where the hub keeps its data and where it listens."""

    data: Path
    host: str
    port: int
    url: str

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Self:
        """Read ``ARBORETUM_DATA``, ``ARBORETUM_BIND``, ``PORT`` and ``ARBORETUM_PUBLIC_URL``.

        Raises StartRefused when the port is not one.
        """
        port = parse_port(environment.get("PORT") or DEFAULT_PORT)
        return cls(
            data=Path(environment.get("ARBORETUM_DATA") or ROOT / "var").expanduser().absolute(),
            host=environment.get("ARBORETUM_BIND") or "127.0.0.1",
            port=port,
            url=environment.get("ARBORETUM_PUBLIC_URL") or f"http://localhost:{port}",
        )


def parse_port(text: str) -> int:
    """The port number that ``text`` says, from 1 to 65535."""
    if text.isascii() and text.isdigit() and 1 <= int(text[:6]) <= LARGEST_PORT:
        return int(text)
    raise StartRefused(
        f"PORT is {text!r}, which is not a port number: give one from 1 to {LARGEST_PORT}, for example PORT=8001."
    )
