"""Rights and roles: the one table of who may do what, shared by pages, tokens and the audit log."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise


class Right(StrEnum):
    """What somebody may do; each value is the codename of a django-guardian permission."""

    READ = "read_models"
    SEE_UNRELEASED = "see_unreleased"
    CREATE = "create_models"
    WRITE = "write_models"
    MANAGE = "manage_models"
    REVIEW = "review_models"
    SECURITY = "review_security"
    MEMBERS = "manage_members"
    POLICIES = "manage_policies"
    SETTINGS = "manage_organization"
    AUDIT = "read_audit"


class Role(StrEnum):
    """A named set of rights in an organisation; one group per organisation holds each."""

    OWNER = "owner"
    ADMIN = "admin"
    MAINTAINER = "maintainer"
    CONTRIBUTOR = "contributor"
    REVIEWER = "reviewer"
    SECURITY_REVIEWER = "security_reviewer"
    AUDITOR = "auditor"
    READER = "reader"


class RepoRole(StrEnum):
    """A named set of rights on one repo, granted to a person or a team."""

    READER = "reader"
    CONTRIBUTOR = "contributor"
    REVIEWER = "reviewer"
    SECURITY_REVIEWER = "security_reviewer"
    MAINTAINER = "maintainer"


READER = frozenset({Right.READ})
INSIDER = READER | {Right.SEE_UNRELEASED}
CONTRIBUTOR = INSIDER | {Right.CREATE, Right.WRITE}
MAINTAINER = CONTRIBUTOR | {Right.MANAGE, Right.REVIEW}
ADMIN = MAINTAINER | {Right.MEMBERS, Right.POLICIES, Right.AUDIT}

ROLE_RIGHTS: dict[Role, frozenset[Right]] = {
    Role.OWNER: ADMIN | {Right.SETTINGS},
    Role.ADMIN: ADMIN,
    Role.MAINTAINER: MAINTAINER,
    Role.CONTRIBUTOR: CONTRIBUTOR,
    Role.REVIEWER: INSIDER | {Right.REVIEW},
    Role.SECURITY_REVIEWER: INSIDER | {Right.REVIEW, Right.SECURITY},
    Role.AUDITOR: INSIDER | {Right.AUDIT},
    Role.READER: READER,
}

REPO_ROLE_RIGHTS: dict[RepoRole, frozenset[Right]] = {
    RepoRole.READER: READER,
    RepoRole.CONTRIBUTOR: INSIDER | {Right.WRITE},
    RepoRole.REVIEWER: INSIDER | {Right.REVIEW},
    RepoRole.SECURITY_REVIEWER: INSIDER | {Right.REVIEW, Right.SECURITY},
    RepoRole.MAINTAINER: INSIDER | {Right.WRITE, Right.MANAGE, Right.REVIEW},
}

# Who may add models: an organisation chooses one of these, and the roles above it may as well.
CREATORS = (Role.CONTRIBUTOR, Role.MAINTAINER, Role.ADMIN)

# What a service account can be. It decides about nothing: neither about people nor about what others made.
ROBOT_ROLES = (Role.MAINTAINER, Role.CONTRIBUTOR, Role.AUDITOR, Role.READER)

# What a person may do with the models under their own name. Reviewing one's own work is not among it.
PERSONAL_RIGHTS = CONTRIBUTOR | {Right.MANAGE, Right.SETTINGS, Right.AUDIT}


def rights_of_role(role: Role, *, who_creates: str = Role.CONTRIBUTOR) -> frozenset[Right]:
    """What ``role`` may do in an organisation that lets ``who_creates`` and the roles above it add models."""
    roles = tuple(Role)
    may_create = roles.index(role) <= roles.index(Role(who_creates))
    return ROLE_RIGHTS[role] if may_create else ROLE_RIGHTS[role] - {Right.CREATE}


REPO_RIGHTS = (
    Right.READ,
    Right.SEE_UNRELEASED,
    Right.WRITE,
    Right.MANAGE,
    Right.REVIEW,
    Right.SECURITY,
)

TOKEN_SCOPES: dict[str, frozenset[Right]] = {
    "read": INSIDER,
    "write": CONTRIBUTOR,
    "admin": frozenset(Right),
}

RIGHT_TITLES: dict[Right, _StrOrPromise] = {
    Right.READ: gettext_lazy("Read models"),
    Right.SEE_UNRELEASED: gettext_lazy("See models before their release"),
    Right.CREATE: gettext_lazy("Add models"),
    Right.WRITE: gettext_lazy("Upload files and propose changes"),
    Right.MANAGE: gettext_lazy("Change the settings of models"),
    Right.REVIEW: gettext_lazy("Review changes"),
    Right.SECURITY: gettext_lazy("Review security and open blocked files"),
    Right.MEMBERS: gettext_lazy("Invite people and give roles"),
    Right.POLICIES: gettext_lazy("Change the review policy"),
    Right.SETTINGS: gettext_lazy("Change the settings of the organisation"),
    Right.AUDIT: gettext_lazy("Read the audit log"),
}

ROLE_TITLES: dict[Role, _StrOrPromise] = {
    Role.OWNER: gettext_lazy("Owner"),
    Role.ADMIN: gettext_lazy("Admin"),
    Role.MAINTAINER: gettext_lazy("Maintainer"),
    Role.CONTRIBUTOR: gettext_lazy("Contributor"),
    Role.REVIEWER: gettext_lazy("Reviewer"),
    Role.SECURITY_REVIEWER: gettext_lazy("Security reviewer"),
    Role.AUDITOR: gettext_lazy("Auditor"),
    Role.READER: gettext_lazy("Reader"),
}

REPO_ROLE_TITLES: dict[RepoRole, _StrOrPromise] = {
    role: ROLE_TITLES[Role(role.value)] for role in RepoRole
}
