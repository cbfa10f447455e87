"""Keeping the guardian tables equal to the grants: every right, for as long as some grant gives it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.contrib.auth.models import Permission

from accounts.authz.policy import REPO_RIGHTS, Right
from models_catalog.grants.models import Grant
from models_catalog.repos.models import Repo, RepoGroupPermission, RepoUserPermission


def spread(grant: Grant) -> None:
    """Write down what all grants of the holder of ``grant`` on its repo give together. The caller holds the repo."""
    holder: dict[str, Any] = (
        {"user_id": grant.user_id} if grant.user_id else {"group_id": grant.group_id}
    )
    standing = list(Grant.objects.filter(repo=grant.repo_id, **holder))
    table = RepoUserPermission if grant.user_id else RepoGroupPermission
    permissions = permission_ids()
    wanted = {permissions[right]: last for right, last in last_days(standing).items()}
    held = table.objects.filter(content_object=grant.repo_id, **holder)
    held.exclude(permission__in=wanted).delete()
    more = {"is_stand_in": any(each.is_stand_in for each in standing)} if grant.user_id else {}
    known = set(held.values_list("permission_id", flat=True))
    for permission, last in wanted.items():
        if permission in known:
            held.filter(permission=permission).update(expires_on=last, **more)
    table.objects.bulk_create(
        table(
            content_object_id=grant.repo_id,
            permission_id=permission,
            expires_on=last,
            **holder,
            **more,
        )
        for permission, last in wanted.items()
        if permission not in known
    )


def last_days(grants: Iterable[Grant]) -> dict[Right, date | None]:
    """Until when each right counts that the grants give together; ``None`` is for good."""
    found: dict[Right, date | None] = {}
    for grant in grants:
        for right in grant.rights:
            before = found.get(right, date.min)
            ends = (before, grant.expires_on)
            found[right] = None if None in ends else max(end for end in ends if end)
    return found


def permission_ids() -> Mapping[Right, int]:
    """The rows of Django's table of permissions that stand for the rights on repos."""
    meta = Repo._meta  # noqa: SLF001 - Django's public name for it
    rows = Permission.objects.filter(
        content_type__app_label=meta.app_label,
        content_type__model=meta.model_name,
        codename__in=[right.value for right in REPO_RIGHTS],
    )
    return {Right(codename): pk for codename, pk in rows.values_list("codename", "pk")}
