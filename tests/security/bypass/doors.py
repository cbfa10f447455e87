"""Every door that could move something protected: how it is tried, and what the record says of the attempt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Try:
    """One attempt: ``on`` is what the record says was tried; ``places`` are parts of the address."""

    method: str
    on: str
    body: Mapping[str, Any] = field(default_factory=dict)
    places: Mapping[str, str] = field(default_factory=dict)


CHANGE = {"number": "{change}"}
REQUEST = {"number": "{request}"}
TO_PRODUCTION = {"stage": "production"}
LESS = {"do": "delete", "path": "config.json"}
DANGEROUS = {"revision": "v2", "path": "config.json"}
DOORS: dict[str, list[Try]] = {
    # programs
    "api:version-stage": [
        Try("PUT", "stage production", TO_PRODUCTION),
        Try("PUT", "stage staging", {"stage": "staging"}),
        Try("PUT", "stage archived", {"stage": "archived"}, {"number": "{first}"}),
        Try("PUT", "stage none", {"stage": ""}, {"number": "{first}"}),
    ],
    "api:stage-rollback": [Try("POST", "stage production")],
    "api:alias": [Try("PUT", "alias champion", {"version": 2}), Try("DELETE", "alias champion")],
    "api:alias-rollback": [Try("POST", "alias champion")],
    "api:model-settings": [
        Try("PATCH", "visibility public", {"visibility": "public"}),
        Try("PATCH", "visibility internal", {"visibility": "internal"}),
    ],
    "api:commit-create": [Try("POST", "main", {"operations": [LESS]})],
    "api:change-merge": [Try("POST", "main", {}, CHANGE)],
    "api:version-list": [Try("POST", "versions", {"label": "9.9"})],
    "api:file-bytes": [Try("GET", "file config.json", {}, DANGEROUS)],
    "api:archive": [Try("GET", "file config.json", {}, {"revision": "v2"})],
    "api:check-list": [Try("POST", "check ci", {"name": "ci", "state": "success"})],
    "api:request-grant": [Try("POST", "request 3", {}, REQUEST)],
    # pages
    "governance:change-merge": [Try("POST", "main", {"expected_sha1": "{head}"}, CHANGE)],
    "governance:request-grant": [Try("POST", "request 3", {}, REQUEST)],
    "catalog:release": [Try("POST", "versions", {"label": "9.9"})],
    "catalog:settings": [
        Try("POST", "visibility public", {"visibility": "public", "gating": "none"}),
    ],
    "catalog:resolve": [Try("GET", "file config.json", {}, DANGEROUS)],
    "catalog:raw": [Try("GET", "file config.json", {}, DANGEROUS)],
    "catalog:archive": [Try("GET", "file config.json", {}, {"revision": "v2"})],
}
