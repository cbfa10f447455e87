"""Threads of a model: the list of them, new ones, and the page of a change or discussion."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db.models import Count, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from governance.checks.queries import checks_of
from governance.policies.effective import effective_policy
from governance.reviews.gathering import review_of
from governance.reviews.queries import MOST_WAIVERS, decisions_of, waivers_among
from governance.reviews.requests.check_waivers import check_waivers_in_force, rule_titles
from governance.reviews.requests.models import CheckWaiver
from governance.scanning.models import Waiver
from governance.web.change_files import ChangedFiles, files_of_change
from governance.web.change_timeline import Happening, Reading, timeline_of
from governance.web.change_view import ReviewPanel, consequences, panel_of
from governance.web.checklist_view import checklist_context, tabs_of
from governance.web.request_pages import assignment_context, request_context
from governance.web.review_forms import (
    ActForm,
    AnswerForm,
    AssignForm,
    CheckWaiverForm,
    CommentForm,
    DecisionForm,
    DiscussionForm,
    WaiverForm,
)
from hub.core.actor import Actor
from hub.core.pagination import page_of
from hub.ui.forms import ActionForm
from hub.ui.parts import Tab
from hub.ui.rendering import render_page
from hub.web.requests import HubRequest
from models_catalog.cards.models import README
from models_catalog.changes.actions import open_discussion
from models_catalog.changes.models import Change, Discussion, DiscussionState
from models_catalog.changes.queries import (
    OPEN_STATES,
    get_change,
    get_discussion,
    visible_discussions,
)
from models_catalog.repos.queries import get_repo
from models_catalog.revisions.verdicts import path_verdicts
from models_catalog.versions.queries import may_see_unreleased
from models_catalog.web.head import ModelView, open_model

THREADS = 30
FILTERS = {
    "open": list(OPEN_STATES),
    "merged": [DiscussionState.MERGED, DiscussionState.GRANTED],
    "closed": [DiscussionState.CLOSED],
    "all": list(DiscussionState),
}


@login_not_required
@require_safe
def discussions(request: HubRequest, namespace: str, name: str) -> HttpResponse:
    """The threads of a model, newest first; those that are open unless others are asked for."""
    view = open_model(request, namespace, name, tab="discussions")
    chosen = request.GET.get("state", "open")
    chosen = chosen if chosen in FILTERS else "open"
    rows = _listed(view, actor=request.actor).filter(state__in=FILTERS[chosen])
    titles = {
        "open": _("Open"),
        "merged": _("Merged or granted"),
        "closed": _("Closed"),
        "all": _("All"),
    }
    context = {
        "view": view,
        "head": view.head,
        "rights": view.actions,
        "page": page_of(rows, keys=("-number",), cursor=request.GET.get("cursor"), size=THREADS),
        "chosen": chosen,
        "filters": [
            Tab(title, f"?state={key}", is_current=key == chosen) for key, title in titles.items()
        ],
    }
    return render_page(request, "governance/discussions.html", context)


def _listed(view: ModelView, *, actor: Actor) -> QuerySet[Discussion]:
    said = Count("comments", filter=Q(comments__kind="comment"))
    return (
        visible_discussions(view.repo, actor=actor)
        .select_related("change__version", "request")
        .annotate(said=said)
    )


@require_http_methods(["GET", "HEAD", "POST"])
def new_discussion(request: HubRequest, namespace: str, name: str) -> HttpResponse:
    """Begin a thread that proposes nothing."""
    form = DiscussionForm(request.POST or None)
    if form.is_valid():
        repo = get_repo(namespace=namespace, name=name, actor=request.actor)
        with form.refusals():
            made = open_discussion(repo, actor=request.actor, **form.cleaned_data)
            return redirect("governance:discussion", namespace, name, made.number)
    view = open_model(request, namespace, name, tab="discussions")
    context = {"view": view, "head": view.head, "form": form}
    status = 422 if form.errors else 200
    return render_page(request, "governance/discussion_new.html", context, status=status)


@login_not_required
@require_safe
def discussion(request: HubRequest, namespace: str, name: str, number: int) -> HttpResponse:
    """A change or another thread."""
    return thread_page(request, namespace, name, number)


@dataclass(frozen=True, slots=True)
class ThreadForms:
    """The forms that were refused; the others are fresh."""

    comment: CommentForm = field(default_factory=CommentForm)
    decision: DecisionForm | None = None
    waiver: WaiverForm | None = None
    excuse: CheckWaiverForm | None = None
    assigning: AssignForm | None = None
    answering: AnswerForm | None = None
    act: ActForm | None = None

    @property
    def refused(self) -> ActionForm | None:
        """The form whose errors stand on top of the page."""
        of_review = (self.decision, self.waiver, self.excuse, self.assigning, self.answering)
        given = (self.act, *of_review, self.comment)
        return next((form for form in given if form is not None and form.errors), None)


def thread_page(
    request: HubRequest,
    namespace: str,
    name: str,
    number: int,
    *,
    forms: ThreadForms | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page of a thread, with ``forms`` as they were refused."""
    forms = forms or ThreadForms()
    view = open_model(request, namespace, name, tab="discussions")
    thread = get_discussion(view.repo, number, actor=request.actor)
    context: dict[str, Any] = {
        "view": view,
        "head": view.head,
        "rights": view.actions,
        "thread": thread,
        "comment_form": forms.comment,
        "refused": forms.refused,
    }
    context["act_form"] = forms.act or ActForm()
    context["may_close"] = _may_close(view, thread, actor=request.actor)
    if thread.is_request:
        context |= request_context(request, view.repo, thread, forms.decision)
        context |= assignment_context(context["asked"], context["panel"], forms.assigning)
        context |= _checklist(request, context["panel"], forms)
        context["parts"] += tabs_of(context["checklist"])
        return render_page(request, "governance/request.html", context, status=status)
    if not Change.objects.filter(discussion=thread).exists():
        is_whole = request.GET.get("timeline") == "all"
        reading = Reading(is_whole=is_whole, actor=request.actor)
        context["timeline"] = timeline_of(thread, None, reading=reading)
        return render_page(request, "governance/discussion.html", context, status=status)
    change = get_change(view.repo, number, actor=request.actor)
    context |= _change_context(request, change, forms)
    context |= assignment_context(change, context["panel"], forms.assigning)
    context |= _checklist(request, context["panel"], forms)
    context["parts"] += tabs_of(context["checklist"])
    return render_page(request, "governance/change.html", context, fragment="review", status=status)


def _checklist(
    request: HubRequest, panel: ReviewPanel | None, forms: ThreadForms
) -> dict[str, Any]:
    review = panel.review if panel else None
    return checklist_context(review, actor=request.actor, refused=forms.answering)


def _may_close(view: ModelView, thread: Discussion, *, actor: Actor) -> bool:
    is_author = actor.user_id is not None and actor.user_id == thread.author_id
    return is_author or view.actions["manage"]


def _change_context(request: HubRequest, change: Change, forms: ThreadForms) -> dict[str, Any]:
    actor = request.actor
    is_open = change.discussion.state in OPEN_STATES
    panel = panel_of(review_of(change), actor=actor) if is_open else None
    reports = panel.review.reports if panel else path_verdicts(change.head)
    verdicts = {path: report.verdict.value for path, report in reports.items()}
    if panel:
        verdicts = {f.path: f.verdict.value for f in panel.review.facts.files}
    files = files_of_change(change, verdicts, actor=actor, full=request.GET.get("diff", ""))
    waivers = waivers_among(change.repo, reports)
    return {
        "change": change,
        "is_open": is_open,
        "panel": panel,
        "files": files,
        "reported": checks_of(change.head),
        "waivers": waivers,
        "timeline": timeline_of(
            change.discussion,
            change,
            reading=_reading(request, change, panel),
            more=[_given(*each) for each in waivers],
        ),
        "decided": [] if is_open else decisions_of(change).filter(voided_at=None),
        "decision_form": _decision_form(change, panel, forms),
        "waiver_form": _waiver_form(change, panel, forms),
        "excuse_form": _excuse_form(change, panel, forms),
        "excused": _excused(change),
        "parts": _parts(panel, files),
    }


def _reading(request: HubRequest, change: Change, panel: ReviewPanel | None) -> Reading:
    actor = request.actor
    sees_all = may_see_unreleased(change.repo, actor=actor)
    return Reading(
        is_whole=request.GET.get("timeline") == "all",
        parts={person.user.pk: person.part for person in panel.people} if panel else {},
        commits=None if sees_all else frozenset({change.head.sha1}),
        actor=actor,
    )


def _decision_form(
    change: Change, panel: ReviewPanel | None, forms: ThreadForms
) -> DecisionForm | None:
    if panel is None or not panel.may_decide:
        return None
    form = forms.decision or DecisionForm(initial={"expected_sha1": change.head.sha1})
    form.explain(consequences(change), panel.closed_choices)
    return form


def _waiver_form(
    change: Change, panel: ReviewPanel | None, forms: ThreadForms
) -> WaiverForm | None:
    if panel is None or not panel.waivable:
        return None
    form = forms.waiver or WaiverForm(initial={"expected_sha1": change.head.sha1})
    form.offer(panel.waivable)
    return form


def _excuse_form(
    change: Change, panel: ReviewPanel | None, forms: ThreadForms
) -> CheckWaiverForm | None:
    if panel is None or not panel.excusable:
        return None
    form = forms.excuse or CheckWaiverForm(initial={"expected_sha1": change.head.sha1})
    form.offer(panel.excusable)
    return form


def _excused(change: Change) -> list[tuple[str, CheckWaiver]]:
    """The answers in force for rules that the files of a change do not meet, with the titles of the rules."""
    given = check_waivers_in_force(change.repo).filter(manifest_digest=change.head.manifest_digest)
    titles = rule_titles(effective_policy(change.repo))
    return [(titles.get(each.rule, each.rule), each) for each in given[:MOST_WAIVERS]]


def _given(path: str, waiver: Waiver) -> Happening:
    return Happening(
        moment=waiver.given_at,
        icon="circle-slash",
        text=_("answers for %(path)s until %(day)s")
        % {"path": path, "day": f"{waiver.expires_at:%-d %b %Y}"},
        person=waiver.given_by,
        body=waiver.reason,
    )


def _parts(panel: ReviewPanel | None, files: ChangedFiles) -> list[Tab]:
    """Links to the parts of the page."""
    parts = [Tab(_("Files"), "#files", files.total)]
    card = next((line.diff for line in files.diffs if line.path == README and line.diff), None)
    if card is not None:
        said = f"+{card.added} −{card.removed}"
        parts.append(Tab(_("Card changes"), "#card", said))
    parts.append(Tab(_("Conversation"), "#conversation"))
    if panel is None:
        return parts
    checks = Tab(_("Checks"), "#checks", len(panel.review.checks))
    own = Tab(_("Your decision") if panel.may_decide else _("Your comment"), "#decision")
    return [checks, *parts, own, Tab(_("Merge"), "#merge")]
