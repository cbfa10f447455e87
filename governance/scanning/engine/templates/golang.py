"""Templates of Go, which Ollama keeps beside models. They can reach nothing but their fields."""

from __future__ import annotations

import re
from collections.abc import Iterator

_FIELD = re.compile(r"(?:\w+ +)*[($]*\.[A-Z]")
_SHAPE = re.compile(
    r"/\*.*\*/|(?:else\s*)?(?:if|range|with|template|define|block|end|else|break|continue|and|or|not|eq|ne|lt|le|gt|ge|len|index|slice|print|"
    r"printf|println|json|toJson|currentDate|yesterdayDate|call|html|js|urlquery)\b[^{}]*|[$.(][^{}]*|\"[^\"]*\"",
    re.DOTALL,
)


def is_template(text: str) -> bool:
    """Whether every action is one of Go's, and at least one names a field as only Go does."""
    if "{%" in text:
        return False
    actions = list(_actions(text))
    names_field = any(_FIELD.match(one) for one in actions)
    return names_field and all(_SHAPE.fullmatch(one) for one in actions)


def _actions(text: str) -> Iterator[str]:
    """What stands between braces."""
    for part in text.split("{{")[1:]:
        inside, end, _ = part.partition("}}")
        yield inside.removeprefix("-").removesuffix("-").strip() if end else ""
