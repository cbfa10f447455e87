"""What was noticed in one text: findings that hold whatever it is called, and facts for whoever knows its name."""

from __future__ import annotations

from dataclasses import dataclass, field

from governance.scanning.engine.rules import Rule

_MOST = 16


@dataclass(slots=True)
class Notes:
    """Gathered while a text is read; repetitions are dropped, and no list grows without end."""

    found: dict[tuple[Rule, str], None] = field(default_factory=dict)
    facts: dict[str, dict[str, None]] = field(default_factory=dict)

    def find(self, rule: Rule, detail: str) -> None:
        """A finding about the content itself; of each rule the first few are kept."""
        if sum(one is rule for one, _ in self.found) < _MOST:
            self.found[rule, detail] = None

    def tell(self, key: str, detail: str) -> None:
        """A fact that the judgement of names asks for."""
        known = self.facts.setdefault(key, {})
        if len(known) < 4 * _MOST:
            known[detail] = None

    def say(self, key: str) -> None:
        """A fact that simply holds."""
        self.facts.setdefault(key, {})
