"""Asking for a promotion, a certificate, a withdrawal or a waiver, and the page of such a request."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from governance.reviews.assignments import assignments_of, could_be_assigned
from governance.reviews.gathering import review_of
from governance.reviews.queries import decisions_of
from governance.reviews.requests.actions import ASKING, ask_for
from governance.reviews.requests.kinds import KINDS
from governance.reviews.requests.models import RequestKind, ReviewRequest
from governance.reviews.requests.queries import get_request
from governance.reviews.subjects import Subject, is_open
from governance.web.change_timeline import Reading, timeline_of
from governance.web.change_view import ReviewPanel, consequences, panel_of
from governance.web.request_forms import FORMS
from governance.web.review_forms import AssignForm, DecisionForm
from hub.core.actor import Actor
from hub.core.errors import Forbidden
from hub.ui.parts import Tab
from hub.ui.rendering import render_page
from hub.web.requests import HubRequest
from models_catalog.changes.models import Discussion
from models_catalog.repos.models import Repo
from models_catalog.repos.queries import get_repo, repo_rights
from models_catalog.web.head import open_model

MEANS = {
    RequestKind.PROMOTE: gettext_lazy("Move a version to a protected stage or alias."),
    RequestKind.RECERTIFY: gettext_lazy(
        "Let people look at a released version again and stand by it."
    ),
    RequestKind.WITHDRAW: gettext_lazy(
        "Take the model back, or one version of it. Its page stays and says why."
    ),
    RequestKind.WAIVER: gettext_lazy("Do without a rule of the policy for a while."),
}


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HubRequest, namespace: str, name: str) -> HttpResponse:
    """Ask people to agree to something. ``kind`` chooses the form; other parameters fill it in."""
    repo = get_repo(namespace=namespace, name=name, actor=request.actor)
    _require_asking(repo, actor=request.actor)
    chosen = request.GET.get("kind", "")
    chosen = chosen if chosen in FORMS else RequestKind.PROMOTE.value
    form = FORMS[chosen](
        request.POST or None, repo=repo, actor=request.actor, initial=request.GET.dict()
    )
    if form.is_valid():
        with form.refusals():
            reason = form.cleaned_data["reason"]
            made = ask_for(form.wish(), kind=chosen, reason=reason, actor=request.actor)
            return redirect("governance:discussion", namespace, name, made.discussion.number)
    view = open_model(request, namespace, name, tab="discussions")
    context = {
        "view": view,
        "head": view.head,
        "form": form,
        "means": MEANS[RequestKind(chosen)],
        "kinds": [
            Tab(str(RequestKind(kind).label), f"?kind={kind}", is_current=kind == chosen)
            for kind in KINDS
        ],
    }
    status = 422 if form.errors else 200
    return render_page(request, "governance/request_new.html", context, status=status)


def _require_asking(repo: Repo, *, actor: Actor) -> None:
    if not repo_rights(repo, actor=actor) & ASKING:
        raise Forbidden(
            _("You may not ask for this: it is for those who work on {model}.").format(
                model=repo.full_name
            )
        )


def request_context(
    request: HubRequest, repo: Repo, thread: Discussion, form: DecisionForm | None
) -> dict[str, Any]:
    """What the page of a request shows beside what every thread does."""
    asked = get_request(repo, thread.number, actor=request.actor)
    panel = panel_of(review_of(asked), actor=request.actor) if is_open(asked) else None
    parts = {person.user.pk: person.part for person in panel.people} if panel else {}
    reading = Reading(
        is_whole=request.GET.get("timeline") == "all", parts=parts, actor=request.actor
    )
    return {
        "asked": asked,
        "panel": panel,
        "is_open": panel is not None,
        "timeline": timeline_of(thread, asked, reading=reading),
        "decided": [] if panel else decisions_of(asked).filter(voided_at=None),
        "decision_form": _decision_form(asked, panel, form),
        "parts": _parts(panel),
    }


def assignment_context(
    subject: Subject, panel: ReviewPanel | None, form: AssignForm | None
) -> dict[str, Any]:
    """Who is asked to decide, and whom one could ask; nothing about what is over."""
    if panel is None:
        return {"assignments": []}
    given = assignments_of(subject)
    asked = frozenset(assignment.reviewer_id for assignment in given)
    people = could_be_assigned(panel.review.bench, besides=asked)
    answered = {decision.reviewer_id for decision in panel.review.decisions}
    form = form or AssignForm(initial={"days": panel.review.days})
    form.offer(people)
    form.offer_before([assignment.reviewer for assignment in given])
    rows = [(each, each.reviewer_id in answered) for each in given]
    return {"assignments": rows, "assign_form": form if people else None}


def _decision_form(
    asked: ReviewRequest, panel: ReviewPanel | None, form: DecisionForm | None
) -> DecisionForm | None:
    if panel is None or not panel.may_decide:
        return None
    form = form or DecisionForm(initial={"expected_sha1": asked.head.sha1})
    form.explain(consequences(asked), panel.closed_choices)
    return form


def _parts(panel: ReviewPanel | None) -> list[Tab]:
    talk = Tab(_("Conversation"), "#conversation")
    if panel is None:
        return [talk]
    own = Tab(_("Your decision") if panel.may_decide else _("Your comment"), "#decision")
    checks = Tab(_("Checks"), "#checks", len(panel.review.checks))
    return [checks, talk, own, Tab(_("Grant"), "#grant")]
