"""Endpoints of accounts under ``/api/v1/``."""

from __future__ import annotations

from django.urls import URLPattern, path

from accounts.api import (
    invitations,
    me,
    members,
    orgs,
    outside,
    robot_tokens,
    robots,
    roles,
    suspension,
    teams,
    tokens,
)

ORG = "orgs/<str:org>"
TEAM = f"{ORG}/teams/<str:team>"
ROBOT = f"{ORG}/service-accounts/<str:name>"

urlpatterns: list[URLPattern] = [
    path("me", me.Me.as_view(), name="me"),
    path("me/profile", me.Profile.as_view(), name="profile"),
    path("me/tokens", tokens.Tokens.as_view(), name="token-list"),
    path("me/tokens/<int:token>", tokens.Token.as_view(), name="token"),
    path("me/teams", teams.OwnTeams.as_view(), name="own-team-list"),
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
    path(f"{ORG}/owner", suspension.AppointedOwner.as_view(), name="owner-appoint"),
    path(f"{ORG}/roles", roles.Roles.as_view(), name="role-list"),
    path(f"{ORG}/outside-collaborators", outside.Outsiders.as_view(), name="outsider-list"),
    path(
        f"{ORG}/outside-collaborators/<str:username>", outside.Outsider.as_view(), name="outsider"
    ),
    path(f"{ORG}/teams", teams.Teams.as_view(), name="team-list"),
    path(TEAM, teams.Team.as_view(), name="team"),
    path(f"{TEAM}/members", teams.TeamMembers.as_view(), name="team-member-list"),
    path(f"{TEAM}/members/<str:username>", teams.TeamMember.as_view(), name="team-member"),
    path(f"{ORG}/service-accounts", robots.Robots.as_view(), name="robot-list"),
    path(ROBOT, robots.Robot.as_view(), name="robot"),
    path(f"{ROBOT}/disable", robots.RobotDisabling.as_view(), name="robot-disable"),
    path(f"{ROBOT}/enable", robots.RobotEnabling.as_view(), name="robot-enable"),
    path(f"{ROBOT}/tokens", robot_tokens.RobotTokens.as_view(), name="robot-token-list"),
    path(f"{ROBOT}/tokens/<int:token>", robot_tokens.RobotToken.as_view(), name="robot-token"),
    path(
        f"{ROBOT}/tokens/<int:token>/rotate",
        robot_tokens.RobotTokenRotation.as_view(),
        name="robot-token-rotate",
    ),
    path("users/<str:username>/suspension", suspension.Suspension.as_view(), name="suspension"),
]
