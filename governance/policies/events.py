"""What happens to policies."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from governance.policies.models import Policy
from hub.core.events import Event


@dataclass(frozen=True, kw_only=True)
class PolicyEvent(Event):
    """Something that happened to a namespace's policy; the row itself is no part of the record."""

    name = "policy:touched"
    policy: Policy = field(repr=False, compare=False)
    subject: str = ""

    def __post_init__(self) -> None:
        namespace = self.policy.namespace
        object.__setattr__(self, "subject", f"namespace:{namespace.pk}")
        object.__setattr__(self, "label", namespace.name)
        object.__setattr__(self, "namespace_id", namespace.pk)

    def details(self) -> Any:
        """The fields for the record, and what the row says."""
        kept = {key: value for key, value in super().details().items() if key != "policy"}
        return {**kept, "version": self.policy.number, "preset": self.policy.preset}


@dataclass(frozen=True, kw_only=True)
class PolicyAdopted(PolicyEvent):
    """The preset of a namespace was written down as version 1 of its policy, because somebody decided under it."""

    name = "policy:adopted"


@dataclass(frozen=True, kw_only=True)
class PolicyChanged(PolicyEvent):
    """A namespace asks for something else from now on. ``protected`` models came under review by this."""

    name = "policy:changed"
    previous: str
    protected: int
