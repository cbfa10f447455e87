"""Who sees a model, the terms of a gated one, and taking a model back."""

from __future__ import annotations

from django.http import HttpResponseBase
from django.utils.translation import gettext as _
from rest_framework.request import Request

from accounts.authz.policy import Right
from hub.api.etags import require_match
from hub.api.operations import IF_MATCH, IF_NONE_MATCH, KEY, MODEL, Answer, Sent, operation
from hub.api.shapes import shown
from hub.core.errors import NotFound
from models_catalog.api.doors import OfModel
from models_catalog.api.history_shapes import MANIFEST
from models_catalog.api.model_facts import model_facts, terms_facts
from models_catalog.api.model_shapes import MODEL_EXAMPLE, ModelShape, TermsShape
from models_catalog.api.settings_shapes import (
    SETTINGS_EXAMPLE,
    Accepting,
    NewSettings,
    SettingsShape,
    Withdrawing,
)
from models_catalog.repos.actions import accept_terms, change_settings, withdraw_repo
from models_catalog.repos.queries import require_repo_right, successor_named

TERMS_EXAMPLE = {"text": "Not for medical decisions.", "sha256": MANIFEST, "accepted": True}
WITHDRAWN_EXAMPLE = MODEL_EXAMPLE | {
    "approval": {"code": "withdrawn", "word": "Withdrawn"},
    "withdrawal": {
        "by": "ada",
        "at": "2026-11-21T08:00:00Z",
        "reason": "It mixes up two languages.",
        "successor": "savanna/minilm-2",
    },
}


class Settings(OfModel):
    """Settings of a model, for those who manage it."""

    spends = {"PATCH": "write"}

    @operation(
        name="model_settings_read",
        tag="Models",
        purpose="Read the settings of a model",
        answer=Answer(SettingsShape, SETTINGS_EXAMPLE),
        places=MODEL,
        refusals=(403,),
        takes=(IF_NONE_MATCH,),
    )
    def get(self, request: Request, namespace: str, name: str) -> HttpResponseBase:
        """With the ETag to change them by."""
        repo = self.repo(namespace, name)
        require_repo_right(repo, Right.MANAGE, actor=self.actor)
        return self.one(shown(SettingsShape, repo))

    @operation(
        name="model_settings_change",
        tag="Models",
        purpose="Change who sees a model and what they accept",
        sent=Sent(NewSettings, SETTINGS_EXAMPLE),
        answer=Answer(SettingsShape, SETTINGS_EXAMPLE),
        places=MODEL,
        refusals=(403, 409),
        takes=(IF_MATCH,),
    )
    def patch(self, request: Request, namespace: str, name: str) -> HttpResponseBase:
        """What is named is changed, the rest stays."""
        repo = self.repo(namespace, name)
        require_repo_right(repo, Right.MANAGE, actor=self.actor)
        require_match(request, shown(SettingsShape, repo))
        compared = (repo.visibility, repo.gating, repo.gating_terms)
        changed = change_settings(
            repo,
            **self.read(NewSettings),
            actor=self.actor,
            expected=compared if "If-Match" in request.headers else None,
        )
        return self.one(shown(SettingsShape, changed))


class Terms(OfModel):
    """The terms of a gated model."""

    open_to_strangers = ("GET",)
    spends = {"POST": "write"}

    @operation(
        name="terms_read",
        tag="Models",
        purpose="Read the terms of a model",
        details="404 when there is nothing to accept.",
        answer=Answer(TermsShape, TERMS_EXAMPLE),
        places=MODEL,
        takes=(IF_NONE_MATCH,),
        is_open=True,
    )
    def get(self, request: Request, namespace: str, name: str) -> HttpResponseBase:
        """The text, and whether the caller has accepted it."""
        terms = terms_facts(self.repo(namespace, name), actor=self.actor)
        if terms is None:
            raise NotFound(_("This model has no terms to accept."))
        return self.one(shown(TermsShape, terms))

    @operation(
        name="terms_accept",
        tag="Models",
        purpose="Accept the terms of a model",
        details="Exactly those that you read: 409 when the text changed since. A second time changes nothing.",
        sent=Sent(Accepting, {"sha256": MANIFEST}),
        answer=Answer(TermsShape, TERMS_EXAMPLE),
        places=MODEL,
        refusals=(403, 409),
        takes=(KEY,),
    )
    def post(self, request: Request, namespace: str, name: str) -> HttpResponseBase:
        """Then the bytes are handed out."""
        repo = self.repo(namespace, name)
        body = self.read(Accepting)
        if terms_facts(repo, actor=self.actor) is None:
            raise NotFound(_("This model has no terms to accept."))
        accept_terms(repo, read=body["sha256"], actor=self.actor)
        return self.one(shown(TermsShape, terms_facts(repo, actor=self.actor)))


class Withdrawal(OfModel):
    """Taking a model back."""

    spends = {"POST": "write"}

    @operation(
        name="model_withdraw",
        tag="Models",
        purpose="Withdraw a model",
        details="Its record stays and says who, when and why; its files are no longer handed out. It cannot be undone.",
        sent=Sent(
            Withdrawing,
            {"reason": "It mixes up two languages.", "use_instead": "savanna/minilm-2"},
        ),
        answer=Answer(ModelShape, WITHDRAWN_EXAMPLE),
        places=MODEL,
        refusals=(403, 409),
        takes=(KEY,),
    )
    def post(self, request: Request, namespace: str, name: str) -> HttpResponseBase:
        """With a reason, and what to use instead."""
        repo = self.repo(namespace, name)
        body = self.read(Withdrawing)
        successor = successor_named(body["use_instead"], field="use_instead", actor=self.actor)
        withdraw_repo(repo, reason=body["reason"], successor=successor, actor=self.actor)
        return self.one(model_facts(repo, actor=self.actor))
