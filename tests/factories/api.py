"""Programs that speak to the API."""

from __future__ import annotations

from typing import Any

from django.test import Client

from accounts.orgs.models import Organization
from accounts.users.models import User
from hub.core.actor import Actor
from tests.factories.people import actor_with, make_token

API = "/api/v1"


class Program:
    """A caller with the token of ``user`` (or none); answers are Django's, with ``.json()``."""

    def __init__(
        self,
        user: User | None = None,
        *,
        scope: str = "admin",
        organizations: tuple[Organization, ...] = (),
    ) -> None:
        self.client = Client()
        self.headers: dict[str, str] = {}
        if user is not None:
            _, secret = make_token(user, scope=scope, organizations=organizations)
            self.headers["Authorization"] = f"Bearer {secret}"

    @property
    def actor(self) -> Actor:
        """Whom the token stands for."""
        return actor_with(self.headers["Authorization"].removeprefix("Bearer "))

    def __call__(
        self, method: str, path: str, body: Any = None, *, headers: dict[str, str] | None = None
    ) -> Any:
        """Send ``body`` as JSON (bytes as they are) to ``/api/v1`` + ``path``, or to a whole address that an answer named."""
        where = path if path.startswith((API, "http")) else API + path
        kind = "application/octet-stream" if isinstance(body, bytes) else "application/json"
        sent: dict[str, Any] = {} if body is None else {"data": body}
        if body is not None or method not in ("GET", "HEAD"):
            sent["content_type"] = kind
        return getattr(self.client, method.lower())(
            where.removeprefix("http://testserver"), headers=self.headers | (headers or {}), **sent
        )

    def get(self, path: str, **headers: str) -> Any:
        """GET with headers written as ``If_None_Match``."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self("GET", path, headers=named)

    def post(self, path: str, body: Any = None, **headers: str) -> Any:
        """POST of JSON."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self("POST", path, body, headers=named)


def by_cookie(user: User) -> Client:
    """A browser's script: signed in by cookie, and held to its CSRF token."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(user)
    return client
