"""Templates of Go, which Ollama keeps beside models. They can reach nothing but their fields."""

from __future__ import annotations

import re

_ACTION = re.compile(r"\{\{-?\s*(.*?)\s*-?\}\}", re.DOTALL)
_SHAPE = re.compile(
    r"/\*.*\*/|(?:else\s*)?(?:if|range|with|template|define|block|end|else|break|continue|and|or|not|eq|ne|lt|le|gt|ge|len|index|slice|print|"
    r"printf|println|json|toJson|currentDate|yesterdayDate|call|html|js|urlquery)\b[^{}]*|[$.(][^{}]*|\"[^\"]*\"",
    re.DOTALL,
)


def is_template(text: str) -> bool:
    """Whether every action is one of Go's, and at least one names a field as only Go does."""
    if "{%" in text:
        return False
    actions = _ACTION.findall(text)
    return any(re.match(r"(?:\w+ +)*[($]*\.[A-Z]", one) for one in actions) and all(
        _SHAPE.fullmatch(one) for one in actions
    )
