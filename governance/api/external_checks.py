"""``/models/<namespace>/<name>/checks/<revision>``: what programs outside of the hub say about a revision."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponseBase
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from governance.checks.actions import MAX_LINK, MAX_NAME, MAX_SUMMARY, Report, report_check
from governance.checks.models import CheckState
from governance.checks.queries import checks_of, reports_about
from hub.api.bodies import Body
from hub.api.fields import StateField, TextField
from hub.api.operations import KEY, Answer, Sent, operation
from hub.api.shapes import shown
from models_catalog.api.doors import AT, OfModel

SHA1 = "9b1cfb9d0c7f6a0f5f6c1f5e4f3a2b1c0d9e8f70"


class ExternalCheckBody(Body):
    """A report."""

    name = TextField(
        max_length=MAX_NAME, help_text="What the check is called, as policies name it."
    )
    state = serializers.ChoiceField(CheckState.values)
    summary = TextField(max_length=MAX_SUMMARY, allow_blank=True, required=False)
    link = TextField(
        max_length=MAX_LINK,
        allow_blank=True,
        required=False,
        help_text="Where people read more: https or http.",
    )


class ExternalCheckShape(serializers.Serializer[Any]):
    """What a program says of a revision."""

    id = serializers.IntegerField()
    revision = serializers.CharField(source="revision.sha1", help_text="The commit id.")
    name = serializers.CharField()
    state = StateField("external_check", help_text="How it stands.")
    summary = serializers.CharField()
    link = serializers.CharField(help_text="Empty: nowhere to read more.")
    is_current = serializers.BooleanField(help_text="Whether it is the newest report of its name.")
    reported_by = serializers.CharField(source="reported_by.username")
    reported_at = serializers.DateTimeField()


CHECK_EXAMPLE: dict[str, Any] = {
    "id": 12,
    "revision": SHA1,
    "name": "ci/bias-tests",
    "state": {"code": "success", "word": "Passed"},
    "summary": "214 tests passed.",
    "link": "https://ci.example.org/runs/88",
    "is_current": True,
    "reported_by": "savanna-ci",
    "reported_at": "2026-11-20T09:30:00Z",
}


class Checks(OfModel):
    """The external checks of a revision."""

    open_to_strangers = ("GET",)
    spends = {"POST": "write"}

    @operation(
        name="external_check_list",
        tag="Checks",
        purpose="List the external checks of a revision",
        details="The newest report of each name; whoever may see the revision sees them.",
        answer=Answer(ExternalCheckShape, CHECK_EXAMPLE, is_list=True),
        places=AT,
        is_open=True,
    )
    def get(self, request: Request, namespace: str, name: str, revision: str) -> Response:
        """By name."""
        rows = checks_of(self.revision(namespace, name, revision))
        return self.listed(rows, ExternalCheckShape, keys=("name", "id"))

    @operation(
        name="external_check_report",
        tag="Checks",
        purpose="Report how a revision does in an external check",
        details=(
            "For a program of yours that tests models. The newest report of a name counts, for exactly this revision; "
            "saying the same again changes nothing. Needs the right `write_models`. A policy can require checks by name; "
            "those are reported by the accounts that it names (which need no right to write, but a token with that "
            "scope), or else by service accounts of the organisation, and never count for what the reporter pushed."
        ),
        sent=Sent(
            ExternalCheckBody,
            {
                "name": "ci/bias-tests",
                "state": "success",
                "summary": "214 tests passed.",
                "link": "https://ci.example.org/runs/88",
            },
        ),
        answer=Answer(ExternalCheckShape, CHECK_EXAMPLE, status=201, means="Reported."),
        places=AT,
        refusals=(403, 409, 410),
        takes=(KEY,),
    )
    def post(self, request: Request, namespace: str, name: str, revision: str) -> HttpResponseBase:
        """Bound to the commit that the name stands for now."""
        repo = self.repo(namespace, name)
        found = self.revision(namespace, name, revision)
        report = Report(**self.read(ExternalCheckBody))
        made = report_check(repo, found, report=report, actor=self.actor)
        return self.one(shown(ExternalCheckShape, made), status=201)


class Reports(OfModel):
    """Everything that was reported about a revision."""

    open_to_strangers = ("GET",)

    @operation(
        name="external_check_report_list",
        tag="Checks",
        purpose="List every report of external checks on a revision",
        details="The newest first; of each name the last 20 are kept.",
        answer=Answer(ExternalCheckShape, CHECK_EXAMPLE, is_list=True),
        places=AT,
        is_open=True,
    )
    def get(self, request: Request, namespace: str, name: str, revision: str) -> Response:
        """The newest first."""
        rows = reports_about(self.revision(namespace, name, revision))
        return self.listed(rows, ExternalCheckShape, keys=("-id",))
