"""Reading what an address asks for."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers
from rest_framework.request import Request


def asked(request: Request, shape: type[serializers.Serializer[Any]]) -> dict[str, Any]:
    """The parameters of the address that ``shape`` names; an empty one is none. Raises ``ValidationError``."""
    given = {name: request.query_params.get(name) for name in shape().get_fields()}
    read = shape(data={name: value for name, value in given.items() if value})
    read.is_valid(raise_exception=True)
    return dict(read.validated_data)
