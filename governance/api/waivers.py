"""Waivers in force and past: of a model, and of all models of an organisation."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.doors import ORGANIZATION, OfOrganization
from governance.api.params import asked
from governance.reviews.waiver_lists import Of, WaiverLists, waivers_in, waivers_on
from hub.api.fields import StateField
from hub.api.operations import MODEL, Answer, operation, query
from hub.api.pages import page_answer, wanted_page
from hub.api.shapes import shown_all
from models_catalog.api.doors import OfModel


class ListedWaiverShape(serializers.Serializer[Any]):
    """Somebody's word that a rule, or a file that scanning does not clear, keeps nothing back for a while."""

    id = serializers.IntegerField()
    of = serializers.ChoiceField([each.value for each in Of])
    model = serializers.CharField(source="repo.full_name")
    rule = serializers.CharField(help_text="Empty for a file.")
    path = serializers.CharField(help_text="Empty for a rule, and for a file that is gone.")
    verdict = StateField(
        "verdict", allow_null=True, help_text="What the file was let through with; null for a rule."
    )
    digest = serializers.CharField(
        help_text="What it binds to: the manifest digest for a rule, the SHA-256 for a file."
    )
    reason = serializers.CharField()
    given_by = serializers.CharField(source="given_by.username")
    given_at = serializers.DateTimeField()
    expires_at = serializers.DateTimeField()
    is_in_force = serializers.BooleanField()
    number = serializers.IntegerField(
        source="thread.number",
        allow_null=True,
        default=None,
        help_text="The change or request where it was given; null where that is not known.",
    )


LISTED_WAIVER_EXAMPLE: dict[str, Any] = {
    "id": 5,
    "of": "files",
    "model": "savanna/minilm",
    "rule": "",
    "path": "vocab.bin",
    "verdict": {"code": "unscannable", "word": "Cannot be read"},
    "digest": "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae",
    "reason": "A table of words; I wrote the program that reads it.",
    "given_by": "grace",
    "given_at": "2026-11-20T10:00:00Z",
    "expires_at": "2026-12-20T10:00:00Z",
    "is_in_force": True,
    "number": 4,
}
ENDED = ("no", "yes")
PARAMETERS = (
    query("of", "Waivers of rules, unless told.", enum=[each.value for each in Of]),
    query("ended", "Those in force, the first to end first, unless told.", enum=ENDED),
)
ANSWER = Answer(ListedWaiverShape, LISTED_WAIVER_EXAMPLE, is_list=True)


class WaiverParams(serializers.Serializer[Any]):
    """Which of the lists."""

    of = serializers.ChoiceField([each.value for each in Of], default=Of.RULES.value)
    ended = serializers.ChoiceField(ENDED, default="no")


def _listed(request: Request, lists: WaiverLists) -> Response:
    wanted, params = wanted_page(request), asked(request, WaiverParams)
    page = lists.page(
        Of(params["of"]),
        is_past=params["ended"] == "yes",
        cursor=wanted.cursor,
        size=wanted.size,
    )
    facts = [
        {name: getattr(each, name) for name in KEPT} | {"verdict": each.verdict or None}
        for each in page.rows
    ]
    return page_answer(request, shown_all(ListedWaiverShape, facts), page)


KEPT = (
    "id",
    "repo",
    "of",
    "rule",
    "path",
    "digest",
    "reason",
    "given_by",
    "given_at",
    "expires_at",
    "is_in_force",
    "thread",
)


class OrganizationWaivers(OfOrganization):
    """Waivers of all models of an organisation."""

    @operation(
        name="organization_waiver_list",
        tag="Checks",
        purpose="List waivers of an organisation",
        details="For its insiders; all others get the same 404 as for a name that is nobody’s.",
        answer=ANSWER,
        places=ORGANIZATION,
        parameters=PARAMETERS,
    )
    def get(self, request: Request, org: str) -> Response:
        """Of one kind."""
        return _listed(request, waivers_in(self.organization(org), actor=self.actor))


class ModelWaivers(OfModel):
    """Waivers of one model."""

    open_to_strangers = ("GET",)

    @operation(
        name="model_waiver_list",
        tag="Checks",
        purpose="List waivers of a model",
        details="For those who see what waits in it.",
        answer=ANSWER,
        places=MODEL,
        parameters=PARAMETERS,
        is_open=True,
    )
    def get(self, request: Request, namespace: str, name: str) -> Response:
        """Of one kind."""
        return _listed(request, waivers_on(self.repo(namespace, name), actor=self.actor))
