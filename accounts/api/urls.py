"""Endpoints of accounts under ``/api/v1/``."""

from __future__ import annotations

from django.urls import URLPattern, path

from accounts.api import invitations, me, members, orgs, tokens

ORG = "orgs/<str:org>"

urlpatterns: list[URLPattern] = [
    path("me", me.Me.as_view(), name="me"),
    path("me/profile", me.Profile.as_view(), name="profile"),
    path("me/tokens", tokens.Tokens.as_view(), name="token-list"),
    path("me/tokens/<int:token>", tokens.Token.as_view(), name="token"),
    path("me/orgs", orgs.OwnOrganizations.as_view(), name="membership-list"),
    path("me/invitations", invitations.OwnInvitations.as_view(), name="own-invitation-list"),
    path("invitations/<int:invitation>", invitations.Invitation.as_view(), name="invitation"),
    path(
        "invitations/<int:invitation>/answer",
        invitations.InvitationAnswer.as_view(),
        name="invitation-answer",
    ),
    path("orgs", orgs.Organizations.as_view(), name="org-list"),
    path(ORG, orgs.Organization.as_view(), name="org"),
    path(f"{ORG}/members", members.Members.as_view(), name="member-list"),
    path(f"{ORG}/members/<str:username>", members.Member.as_view(), name="member"),
    path(
        f"{ORG}/invitations",
        invitations.OrganizationInvitations.as_view(),
        name="invitation-list",
    ),
]
