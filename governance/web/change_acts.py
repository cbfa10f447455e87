"""What people do on the page of a thread: each a form that is answered with a redirect, or with the page and why not."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from governance.reviews.actions import decide, withdraw_decision
from governance.reviews.community import ask_community
from governance.reviews.queries import get_waiver
from governance.reviews.requests.queries import get_subject
from governance.reviews.subjects import Subject
from governance.reviews.waivers import end_waiver, waive
from governance.web.change_pages import ThreadForms, thread_page
from governance.web.review_forms import COMMENT, ActForm, CommentForm, DecisionForm, WaiverForm
from hub.web.requests import HubRequest
from models_catalog.changes.actions import (
    add_comment,
    close_change,
    close_discussion,
    merge_change,
    reopen_discussion,
    update_change,
)
from models_catalog.changes.models import Change, Discussion
from models_catalog.changes.queries import get_change, get_discussion
from models_catalog.repos.queries import get_repo

Place = tuple[str, str, int]  # namespace, name, number of the thread


def _change(request: HubRequest, namespace: str, name: str, number: int) -> Change:
    repo = get_repo(namespace=namespace, name=name, actor=request.actor)
    return get_change(repo, number, actor=request.actor)


def _thread(request: HubRequest, namespace: str, name: str, number: int) -> Discussion:
    repo = get_repo(namespace=namespace, name=name, actor=request.actor)
    return get_discussion(repo, number, actor=request.actor)


def _subject(request: HubRequest, namespace: str, name: str, number: int) -> Subject:
    repo = get_repo(namespace=namespace, name=name, actor=request.actor)
    return get_subject(repo, number, actor=request.actor)


def _back(request: HubRequest, where: Place, said: str) -> HttpResponse:
    messages.success(request, said)
    return redirect("governance:discussion", *where)


@require_POST
def comment(request: HubRequest, namespace: str, name: str, number: int) -> HttpResponse:
    """Say something."""
    thread = _thread(request, namespace, name, number)
    form = CommentForm(request.POST)
    if form.is_valid():
        with form.refusals():
            add_comment(thread, body=form.cleaned_data["body"], actor=request.actor)
            return _back(request, (namespace, name, number), _("Your comment was added."))
    forms = ThreadForms(comment=form)
    return thread_page(request, namespace, name, number, forms=forms, status=422)


@require_POST
def decide_change(request: HubRequest, namespace: str, name: str, number: int) -> HttpResponse:
    """Approve, request changes, reject, or only comment."""
    subject = _subject(request, namespace, name, number)
    form = DecisionForm(request.POST)
    if form.is_valid():
        with form.refusals():
            _decide(request, subject, form)
            return _back(request, (namespace, name, number), _("Your word was added."))
    forms = ThreadForms(decision=form)
    return thread_page(request, namespace, name, number, forms=forms, status=422)


def _decide(request: HubRequest, subject: Subject, form: DecisionForm) -> None:
    said = form.cleaned_data
    if said["kind"] == COMMENT:
        add_comment(subject.discussion, body=said["reason"], actor=request.actor)
        return
    decide(
        subject,
        kind=said["kind"],
        reason=said["reason"],
        actor=request.actor,
        expected_sha1=said["expected_sha1"],
    )


def acted(request: HubRequest, where: Place, act: Callable[[ActForm], str]) -> HttpResponse:
    """Do what a button with few words asks for: ``act`` says afterwards what has happened, or raises why not."""
    form = ActForm(request.POST)
    if form.is_valid():
        with form.refusals():
            return _back(request, where, act(form))
    return thread_page(request, *where, forms=ThreadForms(act=form), status=409)


@require_POST
def withdraw(request: HubRequest, namespace: str, name: str, number: int) -> HttpResponse:
    """Take one's own decision back."""
    subject = _subject(request, namespace, name, number)

    def act(_form: ActForm) -> str:
        withdraw_decision(subject, actor=request.actor)
        return _("Your decision was taken back.")

    return acted(request, (namespace, name, number), act)


@require_POST
def merge(request: HubRequest, namespace: str, name: str, number: int) -> HttpResponse:
    """Move ``main`` and release the version, if the gate opens."""
    change = _change(request, namespace, name, number)

    def act(form: ActForm) -> str:
        expected = form.cleaned_data["expected_sha1"]
        merged = merge_change(change, actor=request.actor, expected=expected)
        return _("Merged. %(version)s is released.") % {"version": merged.version.title}

    return acted(request, (namespace, name, number), act)


@require_POST
def bring_up_to_date(request: HubRequest, namespace: str, name: str, number: int) -> HttpResponse:
    """Bring in what ``main`` has."""
    change = _change(request, namespace, name, number)

    def act(_form: ActForm) -> str:
        update_change(change, actor=request.actor)
        return _("The change builds on the newest “main” now.")

    return acted(request, (namespace, name, number), act)


@require_POST
def close(request: HubRequest, namespace: str, name: str, number: int) -> HttpResponse:
    """Give the change up."""
    change = _change(request, namespace, name, number)

    def act(form: ActForm) -> str:
        close_change(change, reason=form.cleaned_data["reason"], actor=request.actor)
        return _("The change is closed.")

    return acted(request, (namespace, name, number), act)


@require_POST
def close_thread(request: HubRequest, namespace: str, name: str, number: int) -> HttpResponse:
    """End a discussion that proposes nothing."""
    thread = _thread(request, namespace, name, number)

    def act(form: ActForm) -> str:
        close_discussion(thread, reason=form.cleaned_data["reason"], actor=request.actor)
        return _("The discussion is closed.")

    return acted(request, (namespace, name, number), act)


@require_POST
def reopen_thread(request: HubRequest, namespace: str, name: str, number: int) -> HttpResponse:
    """Take a closed discussion up again."""
    thread = _thread(request, namespace, name, number)

    def act(form: ActForm) -> str:
        reopen_discussion(thread, reason=form.cleaned_data["reason"], actor=request.actor)
        return _("The discussion is open again.")

    return acted(request, (namespace, name, number), act)


@require_POST
def ask_for_stand_ins(request: HubRequest, namespace: str, name: str, number: int) -> HttpResponse:
    """Ask the hub's reviewers, where an organisation has too few."""
    change = _change(request, namespace, name, number)

    def act(_form: ActForm) -> str:
        ask_community(change, actor=request.actor)
        return _("The hub’s reviewers find this change in their queue now.")

    return acted(request, (namespace, name, number), act)


@require_POST
def answer_for_file(request: HubRequest, namespace: str, name: str, number: int) -> HttpResponse:
    """Give a waiver for one file."""
    change = _change(request, namespace, name, number)
    form = WaiverForm(request.POST)
    form.offer([request.POST.get("path", "")])
    if form.is_valid():
        with form.refusals():
            waive(change, actor=request.actor, **form.cleaned_data)
            return _back(request, (namespace, name, number), _("You answer for the file now."))
    forms = ThreadForms(waiver=form)
    return thread_page(request, namespace, name, number, forms=forms, status=422)


@require_POST
def take_answer_back(
    request: HubRequest, namespace: str, name: str, number: int, waiver: int
) -> HttpResponse:
    """End a waiver before its time."""
    change = _change(request, namespace, name, number)
    found = get_waiver(change.repo, waiver)

    def act(_form: ActForm) -> str:
        end_waiver(found, actor=request.actor)
        return _("The waiver has ended.")

    return acted(request, (namespace, name, number), act)
