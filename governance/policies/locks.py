"""Keeping policies as they are while somebody acts on them."""

from __future__ import annotations

from django.db import connection

from accounts.namespaces.models import Namespace

HUB_LOCK = 0x61726266  # the number of the advisory lock, "arbf"


def hold_policy(namespace: Namespace) -> None:
    """Keep everything that is asked of a namespace's models as it is until the transaction ends.

    Decisions and merges must not straddle a change of it. The row of the namespace guards its own policy and those of
    its teams and models; all hold the hub's policy together, and a change of that waits for every one of them. What a
    team is given is guarded by the row of the model, which merges hold.
    """
    Namespace.objects.select_for_update(no_key=True).get(pk=namespace.pk)
    _hub_lock("pg_advisory_xact_lock_shared")


def hold_hub_policy() -> None:
    """Be the only one who changes the hub's policy, and let nobody decide meanwhile."""
    _hub_lock("pg_advisory_xact_lock")


def _hub_lock(function: str) -> None:
    """On SQLite the write transaction itself is the lock."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(%s)", [HUB_LOCK])
