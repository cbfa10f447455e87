"""The settings of a hub, as README lists them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.core.management import get_commands

from hub.guide.values.api import limit_rows
from hub.launch.logs import KEPT, LARGEST

_ROW = re.compile(r"^\| (`.+?) \| (.*?) \| (.*?) \|$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Setting:
    """One row of README's table, in Markdown: the variables, their defaults and what they mean."""

    names: str
    default: str
    means: str


@cache
def settings_list() -> tuple[Setting, ...]:
    """README's table of settings, the only place where they are listed."""
    text = (settings.BASE_DIR / "README.md").read_text("utf-8")
    section = text.partition("\n## Settings\n")[2].partition("\n## ")[0]
    return tuple(Setting(*match.groups()) for match in _ROW.finditer(section))


def values() -> dict[str, Any]:
    """What somebody who runs a hub looks up."""
    return {
        "settings": settings_list(),
        "limits": limit_rows(),
        "has_demo": "demo" in get_commands(),
        "log_megabytes": LARGEST // 2**20,
        "log_files": KEPT,
    }
