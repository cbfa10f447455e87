"""Addresses for the tests of the kit: the kit's own, and every error page."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from hub.ui.errors import render_error


@login_not_required
def error(request: HttpRequest, status: int) -> HttpResponse:
    return render_error(request, status)


urlpatterns = [path("", include("hub.ui.urls")), path("error/<int:status>", error)]
