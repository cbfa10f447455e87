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
    outside_pages,
    people_pages,
    profile_pages,
    robot_pages,
    robot_token_pages,
    role_pages,
    session_pages,
    team_pages,
    token_pages,
)
from accounts.web.settings_nav import settings_nav

TEAM = "orgs/<str:org>/teams/<str:team>"
ROBOT = "orgs/<str:org>/service-accounts/<str:name>"

pages: list[URLPattern | URLResolver] = [
    path("orgs", org_pages.organizations, name="organizations"),
    path("orgs/new", org_pages.new_organization, name="organization-new"),
    path("orgs/<str:org>", org_pages.organization, name="organization"),
    path("orgs/<str:org>/settings", org_pages.organization_settings, name="organization-settings"),
    path(
        "orgs/<str:org>/settings/defaults", org_pages.change_defaults, name="organization-defaults"
    ),
    path("orgs/<str:org>/people", people_pages.people, name="people"),
    path("orgs/<str:org>/invite", people_pages.invite, name="invite"),
    path("orgs/<str:org>/people/<str:name>", people_pages.member_roles, name="member-roles"),
    path(
        "orgs/<str:org>/people/<str:name>/remove", people_pages.member_remove, name="member-remove"
    ),
    path("orgs/<str:org>/outside", outside_pages.outside, name="outside"),
    path("orgs/<str:org>/outside/<str:name>/remove", outside_pages.remove, name="outside-remove"),
    path("orgs/<str:org>/roles", role_pages.roles, name="roles"),
    path("orgs/<str:org>/service-accounts", robot_pages.robots, name="robots"),
    path("orgs/<str:org>/service-accounts/new", robot_pages.new_robot, name="robot-new"),
    path(ROBOT, robot_pages.robot, name="robot"),
    path(f"{ROBOT}/edit", robot_pages.edit_robot, name="robot-edit"),
    path(f"{ROBOT}/disable", robot_pages.disable, name="robot-disable"),
    path(f"{ROBOT}/enable", robot_pages.enable, name="robot-enable"),
    path(f"{ROBOT}/tokens/new", robot_token_pages.new_token, name="robot-token-new"),
    path(
        f"{ROBOT}/tokens/<int:token_id>/rotate", robot_token_pages.rotate, name="robot-token-rotate"
    ),
    path(
        f"{ROBOT}/tokens/<int:token_id>/revoke", robot_token_pages.revoke, name="robot-token-revoke"
    ),
    path("orgs/<str:org>/teams", team_pages.teams, name="teams"),
    path("orgs/<str:org>/teams/new", team_pages.new_team, name="team-new"),
    path(TEAM, team_pages.team, name="team"),
    path(f"{TEAM}/edit", team_pages.edit_team, name="team-edit"),
    path(f"{TEAM}/delete", team_pages.delete, name="team-delete"),
    path(f"{TEAM}/people/<str:name>/remove", team_pages.remove_member, name="team-member-remove"),
    path("invitations", invitation_pages.invitations, name="invitations"),
    path("invitations/<int:invitation_id>", invitation_pages.answer, name="invitation-answer"),
    path("settings", RedirectView.as_view(pattern_name="accounts:profile"), name="settings"),
    path("settings/profile", profile_pages.profile, name="profile"),
    path("settings/sessions", session_pages.sessions, name="sessions"),
    path("settings/teams", team_pages.own_teams, name="own-teams"),
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
