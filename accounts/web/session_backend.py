"""Who a session belongs to."""

from __future__ import annotations

from allauth.account.auth_backends import AuthenticationBackend

from accounts.users.models import User


class SessionBackend(AuthenticationBackend):  # type: ignore[misc]  # allauth ships no types
    """allauth's backend; a person comes with their namespace, which nearly every page needs."""

    def get_user(self, user_id: int) -> User | None:
        """The person of a session, unless their account is closed."""
        return User.objects.select_related("namespace").filter(pk=user_id, is_active=True).first()
