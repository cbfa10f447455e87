"""Which ruleset is newer: digests have no order, so the hub remembers when each came into force."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from governance.scanning.engine import ruleset_version
from governance.scanning.models import Ruleset

SILENCE = timedelta(hours=1)


def adopt_ruleset(*, silence: timedelta = SILENCE) -> bool:
    """Say that this process scans with its ruleset; whether that is the one in force.

    While two releases run side by side the newer one counts. When it has been silent for ``silence``, the hub has been
    taken back to the older one, which then comes into force again: else its verdicts would be refused for ever.
    """
    now, version = timezone.now(), ruleset_version()
    own, is_new = Ruleset.objects.get_or_create(
        version=version, defaults={"in_force_since": now, "last_used_at": now}
    )
    if not is_new:
        Ruleset.objects.filter(pk=own.pk).update(last_used_at=now)
    newest = Ruleset.objects.order_by("-in_force_since", "-pk").first()
    if newest is None or newest.pk == own.pk:
        return True
    if now - newest.last_used_at < silence:
        return False
    Ruleset.objects.filter(pk=own.pk).update(in_force_since=now)
    return True


def is_overtaken(ruleset: str, *, by: str) -> bool:
    """Whether ``by`` came into force after ``ruleset``; never by itself, nor by one that nobody remembers."""
    if ruleset == by or not by:
        return False
    since = dict(
        Ruleset.objects.filter(version__in=[ruleset, by]).values_list("version", "in_force_since")
    )
    return ruleset in since and by in since and since[by] > since[ruleset]
