"""Bodies and answers about who sees a model, its terms and its end."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from hub.api.bodies import Body
from hub.api.fields import TextField
from models_catalog.repos.models import Gating, Visibility


class SettingsShape(serializers.Serializer[Any]):
    """Who sees a model, and what they accept first."""

    visibility = serializers.ChoiceField(Visibility.choices)
    gating = serializers.ChoiceField(Gating.choices)
    gating_terms = serializers.CharField()


class NewSettings(Body):
    """What to change; what is left out stays."""

    visibility = serializers.ChoiceField(Visibility.choices, required=False)
    gating = serializers.ChoiceField([Gating.NONE, Gating.TERMS], required=False)
    gating_terms = TextField(
        max_length=20_000,
        required=False,
        allow_blank=True,
        help_text="When they change, everybody is asked again.",
    )


class Withdrawing(Body):
    """Why a model is taken back."""

    reason = TextField(max_length=2000, help_text="Readers see it in place of the model.")
    use_instead = serializers.CharField(
        max_length=200,
        required=False,
        allow_blank=True,
        default="",
        help_text="Another model, such as `savanna/minilm`.",
    )


class Accepting(Body):
    """Which terms are accepted."""

    sha256 = serializers.RegexField(
        r"^[0-9a-f]{64}$", help_text="Of the text that you read: `sha256` of the terms."
    )


SETTINGS_EXAMPLE: dict[str, Any] = {
    "visibility": "public",
    "gating": "terms",
    "gating_terms": "Not for medical decisions.",
}
