"""``/<namespace>/<name>/card-fields``: filling in the fields that an organisation adds to cards."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.authz.policy import Right
from governance.policies.effective import effective_policy
from governance.policies.rules.own_fields import OwnField, OwnFields
from governance.web.card_field_forms import CardFieldsForm
from hub.core.errors import Invalid, NotFound
from hub.ui.parts import Crumb
from hub.ui.rendering import render_page
from hub.web.requests import HubRequest
from models_catalog.cards.actions import ONLY_BY_HAND, edited_card, facts_in
from models_catalog.cards.models import README
from models_catalog.cards.render import MAX_SOURCE
from models_catalog.downloads.actions import open_file
from models_catalog.repos.models import Repo
from models_catalog.repos.queries import get_repo, require_repo_right
from models_catalog.revisions.actions import MAIN
from models_catalog.revisions.models import Revision
from models_catalog.revisions.queries import find_files
from models_catalog.storage.queries import read_small
from models_catalog.uploads.actions.card import commit_card
from models_catalog.uploads.actions.sessions import require_open_change
from models_catalog.versions.queries import get_revision

TITLE = "Fill in the fields of the card"


@require_http_methods(["GET", "HEAD", "POST"])
def card_fields(request: HubRequest, namespace: str, name: str) -> HttpResponse:
    """The fields with what the card says; sending them makes a commit. ``?change=N`` adds it to that change."""
    repo = get_repo(namespace=namespace, name=name, actor=request.actor)
    require_repo_right(repo, Right.WRITE, actor=request.actor)
    number = _change_number(request, repo)
    described = asked_of(repo)
    revision = get_revision(repo, f"refs/pr/{number}" if number else MAIN, actor=request.actor)
    source = _card(request, repo, revision)
    values = facts_in(source).get("own", {})
    form = CardFieldsForm(described, request.POST or None, values=values)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            return _commit(request, repo, revision, form, source, number)
    context = {
        "repo": repo,
        "form": form,
        "described": described,
        "change": number,
        "crumbs": _crumbs(repo),
    }
    status = 422 if form.errors else 200
    return render_page(request, "governance/card_fields.html", context, status=status)


def asked_of(repo: Repo) -> list[OwnField]:
    """The fields that the rules in force for a model ask for."""
    rules = effective_policy(repo).rules
    return [field for rule in rules if isinstance(rule, OwnFields) for field in rule.described]


def _card(request: HubRequest, repo: Repo, revision: Revision) -> bytes:
    """The bytes of the card; none where there is no card yet. Raises as ``open_file``, and ``Invalid`` for huge ones."""
    if README not in find_files(revision, [README]):
        return b""
    opened = open_file(repo, revision.sha1, README, actor=request.actor)
    content = read_small(opened.blob, limit=MAX_SOURCE)
    if content is None:
        raise Invalid(ONLY_BY_HAND)
    return content


def _commit(
    request: HubRequest,
    repo: Repo,
    revision: Revision,
    form: CardFieldsForm,
    source: bytes,
    number: int | None,
) -> HttpResponse:
    edited = edited_card(source, form.card_values())
    where = [repo.namespace.name, repo.name]
    if edited == source:
        messages.info(request, _("The card says that already: nothing was committed."))
        return (
            redirect("governance:discussion", *where, number)
            if number
            else redirect("catalog:model", *where)
        )
    _made, change = commit_card(
        repo, edited, title=TITLE, parent=revision.sha1, change_number=number, actor=request.actor
    )
    if change is None:
        messages.success(request, _("Committed. The card is being read again."))
        return redirect("catalog:model", *where)
    messages.success(request, _("The fields are part of change #%(n)d now.") % {"n": change})
    return redirect("governance:discussion", *where, change)


def _change_number(request: HubRequest, repo: Repo) -> int | None:
    text = request.GET.get("change", "")
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 9):
        raise NotFound
    require_open_change(repo, int(text), actor=request.actor)
    return int(text)


def _crumbs(repo: Repo) -> list[Any]:
    where = [repo.namespace.name, repo.name]
    return [
        Crumb(repo.namespace.name, reverse("catalog:namespace", args=where[:1])),
        Crumb(repo.name, reverse("catalog:model", args=where)),
        Crumb(_("Card fields")),
    ]
