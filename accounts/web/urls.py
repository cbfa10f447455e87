"""Accounts, organisations and one's own settings. The public page ``/<namespace>`` belongs to the catalogue."""

from __future__ import annotations

from functools import partial

from allauth.account import views as allauth_views
from django.db import transaction
from django.urls import URLPattern, URLResolver, include, path, re_path
from django.views.generic import RedirectView

from accounts.web import (
    invitation_pages,
    org_pages,
    people_pages,
    profile_pages,
    session_pages,
    token_pages,
)
from accounts.web.settings_nav import settings_nav

pages: list[URLPattern | URLResolver] = [
    path("orgs", org_pages.organizations, name="organizations"),
    path("orgs/new", org_pages.new_organization, name="organization-new"),
    path("orgs/<str:org>", org_pages.organization, name="organization"),
    path("orgs/<str:org>/settings", org_pages.organization_settings, name="organization-settings"),
    path("orgs/<str:org>/people", people_pages.people, name="people"),
    path("orgs/<str:org>/invite", people_pages.invite, name="invite"),
    path("orgs/<str:org>/people/<str:name>", people_pages.member_roles, name="member-roles"),
    path(
        "orgs/<str:org>/people/<str:name>/remove", people_pages.member_remove, name="member-remove"
    ),
    path("invitations", invitation_pages.invitations, name="invitations"),
    path("invitations/<int:invitation_id>", invitation_pages.answer, name="invitation-answer"),
    path("settings", RedirectView.as_view(pattern_name="accounts:profile"), name="settings"),
    path("settings/profile", profile_pages.profile, name="profile"),
    path("settings/sessions", session_pages.sessions, name="sessions"),
    path("settings/tokens", token_pages.tokens, name="tokens"),
    path("settings/tokens/new", token_pages.new_token, name="token-new"),
    path("settings/tokens/<int:token_id>/revoke", token_pages.revoke, name="token-revoke"),
]


email = allauth_views.EmailView.as_view(extra_context={"nav": partial(settings_nav, "email")})
password = {"extra_context": {"nav": partial(settings_nav, "password")}}

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include((pages, "accounts"))),
    # These two change an address and say so in an event: one transaction each.
    path("accounts/email/", transaction.atomic(email), name="account_email"),
    re_path(
        r"^accounts/confirm-email/(?P<key>[-:\w]+)/$",
        transaction.atomic(allauth_views.confirm_email),
        name="account_confirm_email",
    ),
    path(
        "accounts/password/change/",
        allauth_views.PasswordChangeView.as_view(**password),
        name="account_change_password",
    ),
    path(
        "accounts/password/set/",
        allauth_views.PasswordSetView.as_view(**password),
        name="account_set_password",
    ),
    path("accounts/", include("allauth.account.urls")),
]
