"""The review policy of an organisation: in words, its history, and changing it."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.authz.policy import Right
from accounts.namespaces.models import Preset
from accounts.web.org_head import OrganizationView, open_organization
from governance.policies.actions import change_preset
from governance.policies.models import Policy
from governance.policies.presets import PRESET_MEANS, PRESET_TITLES, is_looser
from governance.policies.queries import history, open_models, policy_for, rules_of
from governance.web.review_forms import PresetForm
from governance.web.rule_words import what_it_means
from hub.core.pagination import page_of
from hub.ui.rendering import render_page
from hub.ui.widgets import Choices
from hub.web.requests import HubRequest

VERSIONS = 20


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def policy(request: HubRequest, org: str) -> HttpResponse:
    """What the organisation asks for before a change is merged; admins change it here."""
    view = open_organization(org, actor=request.actor, tab="policies")
    current = policy_for(view.organization.namespace)
    form = _form(view, current, request)
    if form.is_valid():
        with form.refusals():
            changed = change_preset(view.organization, actor=request.actor, **form.cleaned_data)
            said = _("The policy is “%(preset)s” now, version %(n)d.") % {
                "preset": PRESET_TITLES[Preset(changed.preset)],
                "n": changed.number,
            }
            messages.success(request, said)
            return redirect("governance:policy", org)
    context = {
        "head": view.head,
        "rights": view.actions,
        "policy": current,
        "preset_title": PRESET_TITLES[Preset(current.preset)],
        "preset_means": PRESET_MEANS[Preset(current.preset)],
        "rules": [(rule.title, what_it_means(rule)) for rule in rules_of(current)],
        "open_models": open_models(view.organization, actor=request.actor)
        if Right.POLICIES in view.rights
        else None,
        "page": page_of(
            history(view.organization.namespace),
            keys=("-number",),
            cursor=request.GET.get("cursor"),
            size=VERSIONS,
        ),
        "titles": PRESET_TITLES,
        "form": form if Right.POLICIES in view.rights else None,
    }
    status = 422 if form.errors else 200
    return render_page(request, "governance/policy.html", context, status=status)


def _form(view: OrganizationView, current: Policy, request: HubRequest) -> PresetForm:
    initial = {"preset": current.preset, "expected_version": current.number}
    form = PresetForm(request.POST or None, initial=initial)
    widget = form.fields["preset"].widget
    assert isinstance(widget, Choices)
    if Right.SETTINGS not in view.rights:
        widget.closed = {
            preset.value: _("Asking for less is for owners.")
            for preset in Preset
            if is_looser(preset, current.preset)
        }
    return form
