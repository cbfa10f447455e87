"""States of accounts as answers say them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.authz.policy import ROLE_TITLES
from hub.api.shapes import WordShape

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise


@extend_schema_field(WordShape)
class TitledField(serializers.Field[Any, Any, dict[str, str], Any]):
    """One of some known words as ``{"code": …, "word": …}``; ``titles`` has what people read."""

    def __init__(self, titles: Mapping[Any, _StrOrPromise], **kwargs: Any) -> None:
        super().__init__(read_only=True, **kwargs)
        self.titles = titles

    def to_representation(self, value: Any) -> dict[str, str]:
        """The code and what people read."""
        return {"code": str(value), "word": str(self.titles[value])}


class RoleField(TitledField):
    """A role in an organisation."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(ROLE_TITLES, **kwargs)


ROLE_EXAMPLE = {"code": "maintainer", "word": "Maintainer"}
