"""WSGI entry point for gunicorn."""

from __future__ import annotations

import os
from typing import Any

import django
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest


class LenientRequest(WSGIRequest):
    """A request whose ``Content-Type`` may be rubbish: it then has none, so no form is read from its body.

    Django reads the header before any middleware stands, and what it raises there would be answered by gunicorn.
    """

    def _set_content_type_params(self, meta: dict[str, Any]) -> None:
        try:
            super()._set_content_type_params(meta)  # type: ignore[misc]  # the stubs leave it out
        except ValueError:
            self.content_type, self.content_params = "", {}


class Handler(WSGIHandler):
    """Django's handler with our request."""

    request_class = LenientRequest


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hub.settings")
django.setup(set_prefix=False)
application = Handler()
