"""What happens to simulations."""

from __future__ import annotations

from dataclasses import dataclass

from governance.policies.events import DraftEvent


@dataclass(frozen=True, kw_only=True)
class DraftSimulated(DraftEvent):
    """Somebody had a draft tried on the models that are there."""

    name = "policy_draft:simulated"
