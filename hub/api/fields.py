"""Fields that answers of all apps share."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from hub.api.shapes import WordShape, word_of


@extend_schema_field(WordShape)
class StateField(serializers.Field[Any, Any, dict[str, str], Any]):
    """A stored state as ``{"code": …, "word": …}``; ``kind`` names its vocabulary in ``hub.ui.vocabulary``."""

    def __init__(self, kind: str, **kwargs: Any) -> None:
        super().__init__(read_only=True, **kwargs)
        self.kind = kind

    def to_representation(self, value: Any) -> dict[str, str]:
        """The code and what people read."""
        return word_of(self.kind, str(value))


class TextField(serializers.CharField):
    """Text of a body, kept as it is sent: spaces at the ends too."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(trim_whitespace=False, **kwargs)
