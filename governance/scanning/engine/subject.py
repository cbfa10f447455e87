"""What an analyser is given: some bytes, where they stand, and somewhere to write."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from governance.scanning.engine.budget import Meter
from governance.scanning.engine.collector import Collector, make_finding
from governance.scanning.engine.pickle.streams import Streams
from governance.scanning.engine.reader import Reader
from governance.scanning.engine.report import Fact
from governance.scanning.engine.rules import Rule


@dataclass(frozen=True, slots=True)
class Subject:
    """A file, or a file inside a container."""

    reader: Reader
    where: str
    """Member path inside containers; empty for the file itself."""
    depth: int
    meter: Meter
    collector: Collector
    streams: Streams
    """The bytes read as pickle streams, whether or not they are meant as such."""
    examine: Callable[[Reader, str, int], Streams]
    """Examines bytes inside this subject (reader, where, depth); returns them read as pickle streams."""

    def add(
        self, rule: Rule, detail: str, *, offset: int | None = None, where: str | None = None
    ) -> None:
        """Report a finding about this subject, or about ``where`` inside it."""
        self.collector.add(
            make_finding(
                rule, detail=detail, where=self.where if where is None else where, offset=offset
            )
        )

    def part(self, reader: Reader) -> Subject:
        """A part of this subject that the same analyser follows with another eye; findings are this subject's."""
        return replace(self, reader=reader)

    def fact(self, key: str, value: Fact) -> None:
        """Keep a fact about the file itself; facts of members would be mistaken for its own."""
        if self.depth == 0:
            self.collector.add_fact(key, value)

    def also(self, name: str) -> None:
        """Say more exactly what the file itself is."""
        if self.depth == 0:
            self.collector.add_format(name)

    def is_not(self, name: str) -> None:
        """Take back a format that only the beginning promised."""
        if self.depth == 0 and name in self.collector.formats:
            self.collector.formats.remove(name)

    def path(self, member: str) -> str:
        """Where a member stands, as a person would write it."""
        return f"{self.where}!{member}" if self.where else member

    def examine_inside(self, reader: Reader, member: str) -> Streams:
        """Examine a member as if it were a file; returns it read as pickle streams."""
        return self.examine(reader, self.path(member), self.depth + 1)
