"""Path converters of the catalogue's addresses."""

from __future__ import annotations

import re

from django.urls import register_converter


class RevisionName:
    """A branch, tag, version or commit id in one segment, or one of the hub's own ``refs/…/…`` names."""

    name = "rev"
    regex = r"refs/[^/]+/[^/]+|[^/]+"

    def to_python(self, value: str) -> str:
        """As it stands."""
        return value

    def to_url(self, value: str) -> str:
        """As it stands."""
        return value


def is_revision_name(text: str) -> bool:
    """Whether an address can hold it as the name of a revision."""
    return re.fullmatch(RevisionName.regex, text) is not None


register_converter(RevisionName, RevisionName.name)
