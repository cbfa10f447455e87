"""What answers say of models, and what bodies about models may hold."""

from __future__ import annotations

from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from hub.api.bodies import Body
from hub.api.fields import StateField
from models_catalog.repos.models import Gating, Visibility

BASE = "http://localhost:8000"


class ModelItemShape(serializers.Serializer[Any]):
    """A model in a list."""

    id = serializers.UUIDField(source="repo.public_id", help_text="Never changes.")
    accession = serializers.CharField(source="repo.accession", help_text="Never changes either.")
    namespace = serializers.CharField(source="repo.namespace.name")
    name = serializers.CharField(source="repo.name")
    title = serializers.CharField(help_text="The heading of its card, else its name.")
    summary = serializers.CharField()
    task = serializers.CharField()
    library = serializers.CharField()
    license = serializers.CharField()
    languages = serializers.ListField(child=serializers.CharField())
    formats = serializers.ListField(child=serializers.CharField())
    approval = StateField("approval")
    verdict = StateField("verdict", help_text="What scanning says of its worst file.")
    visibility = serializers.ChoiceField(Visibility.choices, source="repo.visibility")
    gating = serializers.ChoiceField(Gating.choices, source="repo.gating")
    latest_version = serializers.CharField(
        source="version_label", help_text="Empty before the first release."
    )
    version_count = serializers.IntegerField()
    parameters = serializers.IntegerField(allow_null=True)
    total_size = serializers.IntegerField(help_text="Bytes.")
    downloads_30d = serializers.IntegerField(source="downloads")
    updated_at = serializers.DateTimeField()


class WithdrawalShape(serializers.Serializer[Any]):
    """Who took a model back, when and why."""

    by = serializers.CharField()
    at = serializers.DateTimeField()
    reason = serializers.CharField()
    successor = serializers.CharField(allow_null=True, help_text="The model to use instead.")


class TermsShape(serializers.Serializer[Any]):
    """What readers accept before they get bytes."""

    text = serializers.CharField()
    sha256 = serializers.CharField(help_text="Names exactly this text.")
    accepted = serializers.BooleanField(help_text="Whether you have accepted it.")


@extend_schema_field(OpenApiTypes.OBJECT)
class FactsField(serializers.JSONField):
    """The front matter of a card in its one shape."""


class ModelShape(ModelItemShape):
    """One model."""

    facts = FactsField(
        help_text="The card's front matter: license, pipeline_tag, language, tags, results …"
    )
    revision = serializers.CharField(
        allow_null=True, help_text="The commit that its page shows; null while there is none."
    )
    manifest_digest = serializers.CharField(
        allow_null=True, help_text="The SHA-256 that names its files; approvals bind to it."
    )
    is_reviewed = serializers.BooleanField(
        help_text="Whether `main` moves only by a merged change."
    )
    terms = TermsShape(allow_null=True)
    withdrawal = WithdrawalShape(allow_null=True)
    deprecation = WithdrawalShape(
        allow_null=True, help_text="Who advises against it, why, and what to use instead."
    )
    archived_at = serializers.DateTimeField(
        allow_null=True, help_text="Since when it is read only."
    )
    rights = serializers.ListField(
        child=serializers.CharField(), help_text="What you may do with it."
    )
    page = serializers.URLField(help_text="For people.")
    created_at = serializers.DateTimeField()


class NewModel(Body):
    """A model to add."""

    namespace = serializers.CharField(
        max_length=96, help_text="Yours, or an organisation's where you may add models."
    )
    name = serializers.CharField(
        max_length=96, help_text="Letters a to z, digits, “-”, “_” and “.”."
    )
    visibility = serializers.ChoiceField(
        Visibility.choices,
        required=False,
        help_text="Left out: what the organisation has chosen for new models; public under your own name.",
    )


ITEM_EXAMPLE: dict[str, Any] = {
    "id": "4f1c7c4e-2a50-4a64-9a4e-0f3a0e6f2a11",
    "accession": "ARB-2026-0007",
    "namespace": "savanna",
    "name": "minilm",
    "title": "MiniLM for Swahili",
    "summary": "Sentence embeddings for Swahili and English.",
    "task": "sentence-similarity",
    "library": "sentence-transformers",
    "license": "apache-2.0",
    "languages": ["sw", "en"],
    "formats": ["safetensors"],
    "approval": {"code": "approved", "word": "Approved"},
    "verdict": {"code": "safe", "word": "Clean"},
    "visibility": "public",
    "gating": "none",
    "latest_version": "1.2.0",
    "version_count": 3,
    "parameters": 22713216,
    "total_size": 91868712,
    "downloads_30d": 1204,
    "updated_at": "2026-11-20T09:30:00Z",
}
MODEL_EXAMPLE: dict[str, Any] = ITEM_EXAMPLE | {
    "facts": {
        "license": "apache-2.0",
        "pipeline_tag": "sentence-similarity",
        "language": ["sw", "en"],
    },
    "revision": "9b1cfb9d0c7f6a0f5f6c1f5e4f3a2b1c0d9e8f70",
    "manifest_digest": "6c9ef1d6b1f5a2c7a3a0c4b1f2f7c4a59d1c0f5b7d0c4f3e2a1b0c9d8e7f6a5b",
    "is_reviewed": True,
    "terms": None,
    "withdrawal": None,
    "deprecation": None,
    "archived_at": None,
    "rights": ["read_models", "see_unreleased", "write_models"],
    "page": f"{BASE}/savanna/minilm",
    "created_at": "2026-03-02T08:00:00Z",
}
