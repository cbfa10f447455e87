"""Whether somebody has proved lately that they are who the session says."""

from __future__ import annotations

import time

from django.http import HttpRequest

from accounts.users.models import User

FRESH_SECONDS = 15 * 60
_KEY = "signed_in_at"


def remember_sign_in(request: HttpRequest) -> None:
    """Note the moment in the session."""
    request.session[_KEY] = int(time.time())


def must_prove_again(request: HttpRequest) -> bool:
    """Whether to ask for the password before something that outlives the session, such as a token.

    Accounts without a password (made for people who sign in elsewhere) cannot prove anything here.
    """
    user = request.user
    if not isinstance(user, User) or not user.has_usable_password():
        return False
    return time.time() - float(request.session.get(_KEY, 0)) > FRESH_SECONDS
