"""``/new``: add a model."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from hub.ui.rendering import render_page
from hub.web.requests import HubRequest
from models_catalog.repos.actions import create_repo
from models_catalog.repos.queries import namespaces_to_create_in
from models_catalog.web.upload_forms import NewModelForm


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HubRequest) -> HttpResponse:
    """Owner, name and visibility; then on to the files."""
    owners = namespaces_to_create_in(actor=request.actor)
    asked = {"owner": request.GET["owner"]} if request.GET.get("owner") else None
    form = NewModelForm(
        request.POST if request.method == "POST" else None, owners=owners, initial=asked
    )
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            repo = create_repo(
                form.cleaned_data["name"].strip(),
                namespace=form.owners[form.cleaned_data["owner"]],
                visibility=form.chosen_visibility,
                actor=request.actor,
            )
            return redirect("catalog:upload", repo.namespace.name, repo.name)
    context = {"form": form, "owners": owners, "step": "name"}
    return render_page(request, "catalog/new.html", context, status=422 if form.errors else 200)
