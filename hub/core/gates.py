"""Gates: questions that somebody else must answer inside the transaction of a change.

The catalog names a gate and asks it; governance registers the answers. A gate that is required and has no answer
refuses (closed by default), and a system check says so at start.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from hub.core.errors import Forbidden

Q = TypeVar("Q")


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a gate stays shut, as a sentence for the person."""

    reason: str


class GateShut(Forbidden):
    """A gate refused; ``reasons`` are its sentences, one per rule that is not met."""

    code = "gate_shut"

    def __init__(self, sentence: str, refusals: Iterable[Refusal]) -> None:
        self.reasons = tuple(refusal.reason for refusal in refusals)
        super().__init__(" ".join((sentence, *self.reasons)))

    @property
    def extra(self) -> Mapping[str, Any]:
        """The sentences one by one."""
        return {"reasons": list(self.reasons)}


@dataclass
class Gate(Generic[Q]):
    """One named question about a ``Q``; every registered answer may refuse."""

    name: str
    answers: list[Callable[[Q], list[Refusal]]] = field(default_factory=list)

    def register(self, answer: Callable[[Q], list[Refusal]]) -> None:
        """Add an answer; asking twice for the same one changes nothing."""
        if answer not in self.answers:
            self.answers.append(answer)

    def ask(self, question: Q) -> list[Refusal]:
        """All refusals; an empty list means that the gate is open."""
        if not self.answers:
            return [Refusal(f"No rule is installed for “{self.name}”, so it stays shut.")]
        return [refusal for answer in self.answers for refusal in answer(question)]


GATES: dict[str, Gate[object]] = {}


def required_gate(name: str, question: type[Q]) -> Gate[Q]:
    """Declare a gate that must have at least one answer before the hub serves anybody."""
    del question  # only binds the type
    gate: Gate[Q] = Gate(name)
    GATES[name] = gate  # type: ignore[assignment]
    return gate
