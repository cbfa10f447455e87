"""Where django-allauth meets the hub: its hooks call our actions, its signals become our events.

The only module that listens to signals, because allauth says some things in no other way.
"""

from __future__ import annotations

from typing import Any

from allauth.account import signals
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.utils import filter_users_by_email
from django import forms
from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.http import HttpRequest, HttpResponse

from accounts.namespaces.models import NamespaceKind
from accounts.namespaces.queries import require_available
from accounts.users import actions
from accounts.users.models import User
from accounts.web.client_address import client_address
from accounts.web.fresh_sign_in import remember_sign_in
from hub.core.actor import Actor, Means
from hub.core.errors import DomainError


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """The hub's answers to allauth's questions."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": "This account has been closed. Ask the people who run the hub.",
        "email_password_mismatch": "That email and password do not match. Check for capital letters.",
        "username_password_mismatch": "That name and password do not match. Check for capital letters.",
        "too_many_login_attempts": "Too many wrong passwords from here. Wait five minutes, then try again.",
        # Said only while addresses are not verified (ARBORETUM_VERIFY_EMAIL): without a mail there is no other way to tell
        # somebody that they have an account, and answering as if one had been made would leave them without any. Asking
        # about many addresses is bounded by the limit on sign-ups; with verification the answer is the same for all.
        "email_taken": "There is an account with this email already. Sign in, or set a new password.",
        "duplicate_email": "This address is on your account already.",
        "enter_current_password": "That is not your present password.",
        "incorrect_password": "That is not your password.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Whether strangers may make accounts."""
        del request
        return bool(settings.SIGN_UP_OPEN)

    def clean_username(self, username: str, shallow: bool = False) -> str:  # noqa: FBT001, FBT002 - allauth's signature
        """Refuse a name with the sentence that the action would refuse it with, beside the field."""
        del shallow
        try:
            require_available(username, kind=NamespaceKind.USER, field="username")
        except DomainError as refusal:
            raise forms.ValidationError(refusal.message) from refusal
        return username

    def save_user(
        self,
        request: HttpRequest,
        user: User,
        form: forms.BaseForm,
        commit: bool = True,  # noqa: FBT001, FBT002 - allauth's signature
    ) -> User:
        """Claim the name and store the person in one transaction."""
        del commit
        super().save_user(request, user, form, commit=False)
        return actions.register_user(user, actor=Actor(address=client_address(request)))

    def login(self, request: HttpRequest, user: User) -> None:
        """Open the session."""
        super().login(request, user)
        remember_sign_in(request)

    def post_login(self, request: HttpRequest, user: User, **how: Any) -> HttpResponse:
        """Answer a sign-in; if it cannot be recorded it does not happen."""
        actions.record_sign_in(user, actor=_by(user, request))
        response: HttpResponse = super().post_login(request, user, **how)
        return response

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Record a refused sign-in, whether or not there is such an account."""
        actions.record_failed_sign_in(
            _meant(credentials), actor=Actor(address=client_address(request))
        )

    def set_password(self, user: User, password: str) -> None:
        """Store a new password, set with the old one or through a link in a mail."""
        how = "changed" if self.request.user.is_authenticated else "reset"
        actions.change_password(user, password=password, how=how, actor=_by(user, self.request))

    def get_client_ip(self, request: HttpRequest) -> str:
        """Whose bucket of attempts a request is counted in."""
        return client_address(request) or "unknown"

    def is_safe_url(self, url: str | None) -> bool:
        """Whether to send somebody there after signing in or out; an address that is none is not."""
        try:
            return bool(super().is_safe_url(url))
        except ValueError:
            return False

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Count wrong passwords per account *and* address: nobody locks somebody else out from afar."""
        key = super()._get_login_attempts_cache_key(request, **credentials)
        return f"{key}:{self.get_client_ip(request)}"

    def format_email_subject(self, subject: str) -> str:
        """Begin with the hub's name."""
        return f"[{settings.HUB_NAME}] {subject}"

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send once the transaction is over: a slow mail server must not hold a lock, nor a broken one undo a change."""
        values = {"request": self.request, "email": email, "hub_name": settings.HUB_NAME} | context
        message: EmailMessage = self.render_mail(template_prefix, email, values)
        transaction.on_commit(message.send, robust=True)


def _by(user: User, request: HttpRequest) -> Actor:
    return Actor(user=user, means=Means.SESSION, address=client_address(request))


def _meant(credentials: dict[str, Any]) -> User | None:
    """The account that somebody tried to get into."""
    if email := credentials.get("email"):
        found = filter_users_by_email(email)
        if found:
            return next((user for user in found if isinstance(user, User)), None)
    return User.objects.filter(username__iexact=credentials.get("username") or "").first()


def _email_added(request: HttpRequest, user: User, email_address: Any, **_: Any) -> None:
    actions.record_email_change(
        user, email=email_address.email, change="added", actor=_by(user, request)
    )


def _email_removed(request: HttpRequest, user: User, email_address: Any, **_: Any) -> None:
    actions.record_email_change(
        user, email=email_address.email, change="removed", actor=_by(user, request)
    )


def _email_made_primary(request: HttpRequest, user: User, to_email_address: Any, **_: Any) -> None:
    actions.record_email_change(
        user, email=to_email_address.email, change="primary", actor=_by(user, request)
    )


def _email_confirmed(request: HttpRequest, email_address: Any, **_: Any) -> None:
    user = email_address.user
    actions.record_email_change(
        user, email=email_address.email, change="confirmed", actor=_by(user, request)
    )


signals.email_added.connect(_email_added)
signals.email_removed.connect(_email_removed)
signals.email_changed.connect(_email_made_primary)
signals.email_confirmed.connect(_email_confirmed)
