"""The three presets, and the rules that each of them amounts to (ARCHITECTURE §4)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy

from accounts.namespaces.models import Preset
from models_catalog.storage.models import Verdict

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise

# Rule id → parameters. Signatures are not among the strict rules yet: hub/docs/adr says why.
PRESET_RULES: dict[Preset, dict[str, dict[str, Any]]] = {
    Preset.OPEN: {
        "verdicts": {
            "accepted": [Verdict.SAFE.value, Verdict.UNSCANNABLE.value, Verdict.SUSPICIOUS.value]
        },
        "up_to_date": {},
    },
    Preset.LIGHT: {
        "approvals": {"count": 1},
        "verdicts": {"accepted": [Verdict.SAFE.value]},
        "up_to_date": {},
    },
    Preset.STRICT: {
        "approvals": {"count": 2, "security": 1},
        "verdicts": {"accepted": [Verdict.SAFE.value]},
        "licence_present": {},
        "card_fields": {
            "fields": ["title", "license", "pipeline_tag"],
            "sections": ["intended_use", "limitations"],
        },
        "safe_formats": {},
        "up_to_date": {},
    },
}

PRESET_TITLES: dict[Preset, _StrOrPromise] = {
    Preset.OPEN: gettext_lazy("Open"),
    Preset.LIGHT: gettext_lazy("Light"),
    Preset.STRICT: gettext_lazy("Strict"),
}

PRESET_MEANS: dict[Preset, _StrOrPromise] = {
    Preset.OPEN: gettext_lazy(
        "Nobody has to review. Files that scanning has not cleared are held back; models say "
        "“Not reviewed”."
    ),
    Preset.LIGHT: gettext_lazy(
        "One other person approves each change. Every file is clean, or a reviewer answers for it."
    ),
    Preset.STRICT: (
        gettext_lazy(
            "Two other people approve each change, one of them for security. Weights are in safe "
            "formats, and the card is complete."
        )
    ),
}

STRICTNESS = (Preset.OPEN, Preset.LIGHT, Preset.STRICT)


def is_looser(new: str, old: str) -> bool:
    """Whether going from ``old`` to ``new`` asks for less."""
    return STRICTNESS.index(Preset(new)) < STRICTNESS.index(Preset(old))
