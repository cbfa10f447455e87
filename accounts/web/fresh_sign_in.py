"""Whether somebody has proved lately that they are who the session says."""

from __future__ import annotations

import time
from datetime import UTC, datetime

from allauth.account.adapter import get_adapter
from django.forms import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _

from accounts.users.models import User
from hub.core.errors import Invalid

FRESH_SECONDS = 15 * 60
_KEY = "signed_in_at"


def remember_sign_in(request: HttpRequest) -> None:
    """Note the moment in the session."""
    request.session[_KEY] = int(time.time())


def signed_in_at(request: HttpRequest) -> datetime | None:
    """When the password of this session was last given."""
    seconds = request.session.get(_KEY)
    return datetime.fromtimestamp(float(seconds), UTC) if seconds else None


def must_prove_again(request: HttpRequest) -> bool:
    """Whether to ask for the password before something that outlives the session, such as a token.

    Accounts without a password (made for people who sign in elsewhere) cannot prove anything here.
    """
    user = request.user
    if not isinstance(user, User) or not user.has_usable_password():
        return False
    return time.time() - float(request.session.get(_KEY, 0)) > FRESH_SECONDS


def prove_again(request: HttpRequest, user: User, password: str | None) -> None:
    """Check the password if ``must_prove_again``, counted as a sign-in is. Raises ``Invalid`` about ``password``."""
    if not must_prove_again(request):
        return
    if not password:
        raise Invalid(
            _("You signed in a while ago, so send your password as well."), field="password"
        )
    try:
        is_right = get_adapter(request).reauthenticate(user, password)
    except ValidationError as refusal:
        raise Invalid(" ".join(refusal.messages), field="password") from refusal
    if not is_right:
        raise Invalid(_("That is not your password."), field="password")
    remember_sign_in(request)
