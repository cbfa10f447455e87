"""What people do about requests and rules that are not met, each answered as the acts on changes are."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.users.queries import get_user
from governance.reviews.assignments import assign, people_asked, unassign
from governance.reviews.checklists import Said, answer_question
from governance.reviews.requests.actions import close_request, grant_request
from governance.reviews.requests.check_waivers import (
    end_check_waiver,
    get_check_waiver,
    waive_check,
)
from governance.reviews.requests.models import ReviewRequest
from governance.reviews.requests.queries import get_request, get_subject
from governance.web.change_acts import acted
from governance.web.change_pages import ThreadForms, thread_page
from governance.web.review_forms import ActForm, AnswerForm, AssignForm, CheckWaiverForm
from hub.web.requests import HubRequest
from models_catalog.changes.queries import get_change
from models_catalog.repos.queries import get_repo


def _asked(request: HubRequest, namespace: str, name: str, number: int) -> ReviewRequest:
    repo = get_repo(namespace=namespace, name=name, actor=request.actor)
    return get_request(repo, number, actor=request.actor)


@require_POST
def grant(request: HubRequest, namespace: str, name: str, number: int) -> HttpResponse:
    """Carry out what people agreed to."""
    asked = _asked(request, namespace, name, number)

    def act(_form: ActForm) -> str:
        grant_request(asked, actor=request.actor)
        return _("Done: the request is granted.")

    return acted(request, (namespace, name, number), act)


@require_POST
def give_up(request: HubRequest, namespace: str, name: str, number: int) -> HttpResponse:
    """Give a request up."""
    asked = _asked(request, namespace, name, number)

    def act(form: ActForm) -> str:
        close_request(asked, reason=form.cleaned_data["reason"], actor=request.actor)
        return _("The request is closed.")

    return acted(request, (namespace, name, number), act)


@require_POST
def answer_for_check(request: HubRequest, namespace: str, name: str, number: int) -> HttpResponse:
    """Answer for a rule that a change does not meet."""
    repo = get_repo(namespace=namespace, name=name, actor=request.actor)
    change = get_change(repo, number, actor=request.actor)
    form = CheckWaiverForm(request.POST)
    form.offer({request.POST.get("rule", ""): ""})
    if form.is_valid():
        with form.refusals():
            waive_check(change, actor=request.actor, **form.cleaned_data)
            return redirect("governance:discussion", namespace, name, number)
    forms = ThreadForms(excuse=form)
    return thread_page(request, namespace, name, number, forms=forms, status=422)


@require_POST
def take_check_answer_back(
    request: HubRequest, namespace: str, name: str, number: int, waiver: int
) -> HttpResponse:
    """End an answer for a rule before its time."""
    repo = get_repo(namespace=namespace, name=name, actor=request.actor)
    get_change(repo, number, actor=request.actor)
    found = get_check_waiver(repo, waiver)

    def act(_form: ActForm) -> str:
        end_check_waiver(found, actor=request.actor)
        return _("The waiver has ended.")

    return acted(request, (namespace, name, number), act)


@require_POST
def assign_reviewer(request: HubRequest, namespace: str, name: str, number: int) -> HttpResponse:
    """Ask somebody to decide by a day, perhaps instead of somebody else."""
    repo = get_repo(namespace=namespace, name=name, actor=request.actor)
    subject = get_subject(repo, number, actor=request.actor)
    form = AssignForm(request.POST)
    form.offer([get_user(request.POST.get("reviewer", ""))])
    form.offer_before(people_asked(subject))
    if form.is_valid():
        before = form.cleaned_data["instead_of"]
        with form.refusals():
            assign(
                subject,
                reviewer=get_user(form.cleaned_data["reviewer"]),
                days=form.cleaned_data["days"],
                instead_of=get_user(before) if before else None,
                actor=request.actor,
            )
            return redirect("governance:discussion", namespace, name, number)
    forms = ThreadForms(assigning=form)
    return thread_page(request, namespace, name, number, forms=forms, status=422)


@require_POST
def answer_checklist(request: HubRequest, namespace: str, name: str, number: int) -> HttpResponse:
    """Answer one question of the checklist."""
    repo = get_repo(namespace=namespace, name=name, actor=request.actor)
    subject = get_subject(repo, number, actor=request.actor)
    form = AnswerForm(request.POST)
    if form.is_valid():
        with form.refusals():
            answer_question(subject, Said(**form.cleaned_data), actor=request.actor)
            where = reverse("governance:discussion", args=[namespace, name, number])
            return redirect(f"{where}#checklist")
    forms = ThreadForms(answering=form)
    return thread_page(request, namespace, name, number, forms=forms, status=422)


@require_POST
def unassign_reviewer(
    request: HubRequest, namespace: str, name: str, number: int, person: str
) -> HttpResponse:
    """Ask somebody no longer."""
    repo = get_repo(namespace=namespace, name=name, actor=request.actor)
    subject = get_subject(repo, number, actor=request.actor)

    def act(_form: ActForm) -> str:
        unassign(subject, reviewer=get_user(person), actor=request.actor)
        return _("They are asked no longer.")

    return acted(request, (namespace, name, number), act)
