"""Where to ask instead when a model has another name by now."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse

from hub.core.errors import Moved


def new_address(request: HttpRequest, error: Moved) -> str:
    """The address that was asked for, under the model's present name: whatever stands behind the name stays."""
    namespace, _slash, name = error.full_name.partition("/")
    found = request.resolver_match
    query = request.META.get("QUERY_STRING", "")
    if found is None or not {"namespace", "name"} <= found.kwargs.keys():
        return reverse("catalog:model", args=[namespace, name])
    where = found.kwargs | {"namespace": namespace, "name": name}
    path = reverse(found.view_name, kwargs=where)
    return f"{path}?{query}" if query else path
