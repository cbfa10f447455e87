"""``/instance``: what anybody may know of this hub before they use it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpResponseBase
from django.urls import reverse
from rest_framework import serializers
from rest_framework.request import Request

from accounts.namespaces.models import Preset
from governance.api.policies import RULE_EXAMPLE, RuleShape, rule_facts
from governance.policies.presets import PRESET_MEANS, PRESET_RULES, PRESET_TITLES
from governance.policies.rules import rules_from
from governance.scanning.engine import ruleset_version
from hub.api.operations import IF_NONE_MATCH, Answer, operation
from hub.api.shapes import shown
from hub.api.views import ApiView
from hub.core.rate_limits import LIMITS, limit_named


class PresetShape(serializers.Serializer[Any]):
    """A way in which models become public."""

    id = serializers.ChoiceField(Preset.choices)
    title = serializers.CharField()
    means = serializers.CharField(help_text="In words.")
    rules = RuleShape(many=True)


class RateShape(serializers.Serializer[Any]):
    """How often something may be done."""

    name = serializers.CharField()
    count = serializers.IntegerField(help_text="0: as often as you like.")
    seconds = serializers.IntegerField()


class LimitsShape(serializers.Serializer[Any]):
    """How much and how often."""

    file_bytes = serializers.IntegerField(help_text="Of one file.")
    form_bytes = serializers.IntegerField(help_text="Of one form of the upload page.")
    json_bytes = serializers.IntegerField(help_text="Of the JSON body of one request.")
    upload_days = serializers.IntegerField(help_text="How long an unfinished upload is kept.")
    rates = RateShape(many=True)


class SignUpShape(serializers.Serializer[Any]):
    """Who may make an account."""

    is_open = serializers.BooleanField(help_text="Whether strangers may make accounts.")
    verifies_email = serializers.BooleanField()


class DefaultsShape(serializers.Serializer[Any]):
    """What begins under which preset."""

    organizations = serializers.ChoiceField(Preset.choices, help_text="Unless told otherwise.")
    people = serializers.ChoiceField(Preset.choices, help_text="Models under people’s own names.")


class LinksShape(serializers.Serializer[Any]):
    """Where to go on."""

    hub = serializers.URLField()
    api = serializers.URLField(help_text="This API, for people.")
    schema = serializers.URLField(help_text="This API as OpenAPI 3.1.")
    guide = serializers.URLField()
    source_code = serializers.CharField(help_text="Of the program; empty when nobody says.")


class InstanceShape(serializers.Serializer[Any]):
    """This hub."""

    name = serializers.CharField()
    version = serializers.CharField(help_text="Of the program.")
    operator = serializers.CharField(help_text="Who runs it; may be empty.")
    security_contacts = serializers.ListField(child=serializers.CharField())
    ruleset = serializers.CharField(help_text="What files are scanned with at the moment.")
    sign_up = SignUpShape()
    defaults = DefaultsShape()
    presets = PresetShape(many=True)
    limits = LimitsShape()
    links = LinksShape()


INSTANCE_EXAMPLE: dict[str, Any] = {
    "name": "Arboretum",
    "version": "0.1.0",
    "operator": "Savanna Research",
    "security_contacts": ["mailto:security@savanna.example"],
    "ruleset": "9b1cfb9d0c7f6a0f",
    "sign_up": {"is_open": True, "verifies_email": False},
    "defaults": {"organizations": "light", "people": "open"},
    "presets": [
        {
            "id": "light",
            "title": "Light",
            "means": str(PRESET_MEANS[Preset.LIGHT]),
            "rules": [RULE_EXAMPLE],
        }
    ],
    "limits": {
        "file_bytes": 200_000_000_000,
        "form_bytes": 20_000_000_000,
        "json_bytes": 10_485_760,
        "upload_days": 7,
        "rates": [{"name": "api", "count": 3000, "seconds": 600}],
    },
    "links": {
        "hub": "http://localhost:8000",
        "api": "http://localhost:8000/api/v1/docs",
        "schema": "http://localhost:8000/api/v1/schema/",
        "guide": "http://localhost:8000/guide",
        "source_code": "",
    },
}


def _preset(preset: Preset) -> dict[str, Any]:
    return {
        "id": preset.value,
        "title": PRESET_TITLES[preset],
        "means": PRESET_MEANS[preset],
        "rules": rule_facts(rules_from(PRESET_RULES[preset])),
    }


def _limits() -> dict[str, Any]:
    return {
        "file_bytes": settings.MAX_FILE_BYTES,
        "form_bytes": settings.MAX_FORM_BYTES,
        "json_bytes": settings.DATA_UPLOAD_MAX_MEMORY_SIZE,
        "upload_days": settings.UPLOAD_EXPIRY.days,
        "rates": [limit_named(name) for name in LIMITS],
    }


def _links() -> dict[str, str]:
    named = {"api": "api:docs", "schema": "api:schema", "guide": "guide:index"}
    links = {key: settings.PUBLIC_URL + reverse(name) for key, name in named.items()}
    return {"hub": settings.PUBLIC_URL, "source_code": settings.HUB_SOURCE_URL, **links}


def instance_facts() -> dict[str, Any]:
    """The answer about this hub."""
    said = {
        "name": settings.HUB_NAME,
        "version": settings.HUB_VERSION,
        "operator": settings.HUB_OPERATOR,
        "security_contacts": settings.SECURITY_CONTACTS,
        "ruleset": ruleset_version(),
        "sign_up": {
            "is_open": settings.SIGN_UP_OPEN,
            "verifies_email": settings.ACCOUNT_EMAIL_VERIFICATION == "mandatory",
        },
        "defaults": {
            "organizations": settings.DEFAULT_ORGANIZATION_PRESET,
            "people": settings.PERSONAL_PRESET,
        },
        "presets": [_preset(preset) for preset in Preset],
        "limits": _limits(),
        "links": _links(),
    }
    return shown(InstanceShape, said)


class Instance(ApiView):
    """This hub."""

    open_to_strangers = ("GET",)

    @operation(
        name="instance_read",
        tag="Hub",
        purpose="Read about this hub",
        details="Its presets and limits, who may sign up, and where to go on. Nothing in it is secret.",
        answer=Answer(InstanceShape, INSTANCE_EXAMPLE),
        takes=(IF_NONE_MATCH,),
        is_open=True,
    )
    def get(self, request: Request) -> HttpResponseBase:
        """What it is called, takes and asks for."""
        return self.one(instance_facts())
