"""Who a session belongs to."""

from __future__ import annotations

from allauth.account.auth_backends import AuthenticationBackend

from accounts.users.models import User, UserKind


class SessionBackend(AuthenticationBackend):  # type: ignore[misc]  # allauth ships no types
    """allauth's backend; a person comes with their namespace, which nearly every page needs."""

    def get_user(self, user_id: int) -> User | None:
        """The person of a session, unless their account is closed; a service account never has one."""
        people = User.objects.filter(is_active=True, kind=UserKind.PERSON)
        return people.select_related("namespace").filter(pk=user_id).first()
