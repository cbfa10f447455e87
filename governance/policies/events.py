"""What happens to policies."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from governance.policies.models import Layer, Policy, PolicyDraft
from governance.policies.places import place_of
from hub.core.events import Event
from models_catalog.repos.events import RepoEvent


@dataclass(frozen=True, kw_only=True)
class PolicyEvent(Event):
    """Something that happened to what is asked for at one place; the row itself is no part of the record."""

    name = "policy:touched"
    policy: Policy = field(repr=False, compare=False)
    subject: str = ""

    def __post_init__(self) -> None:
        place = place_of(self.policy)
        object.__setattr__(self, "subject", place.subject)
        object.__setattr__(self, "label", place.label)
        object.__setattr__(self, "namespace_id", self.policy.namespace_id)
        object.__setattr__(self, "repo_id", self.policy.repo_id)

    def details(self) -> Any:
        """The fields for the record, and what the row says."""
        kept = {key: value for key, value in super().details().items() if key != "policy"}
        row = {"layer": Layer(self.policy.layer).value, "version": self.policy.number}
        return {**kept, **row, "preset": self.policy.preset}


@dataclass(frozen=True, kw_only=True)
class PolicyAdopted(PolicyEvent):
    """The preset of a namespace was written down as version 1 of its policy, because somebody decided under it."""

    name = "policy:adopted"


@dataclass(frozen=True, kw_only=True)
class PolicyChanged(PolicyEvent):
    """Something else is asked for at a place from now on. ``protected`` models came under review by this.

    ``approved_by`` is the second person; empty where nobody else could approve and its maker adopted it alone.
    """

    name = "policy:changed"
    personal = frozenset({"approved_by"})
    previous: str
    protected: int
    approved_by: str = ""
    rules_digest: str = ""


@dataclass(frozen=True, kw_only=True)
class ModelProtected(RepoEvent):
    """A model came under review because a policy above its namespace's asks for approvals."""

    name = "policy:model_protected"


@dataclass(frozen=True, kw_only=True)
class DraftEvent(Event):
    """Something that happened to a draft of a policy; ``rules_digest`` names the rules on their base."""

    name = "policy_draft:touched"
    draft: PolicyDraft = field(repr=False, compare=False)
    subject: str = ""
    number: int = 0

    def __post_init__(self) -> None:
        place = place_of(self.draft)
        object.__setattr__(self, "number", self.draft.number)
        object.__setattr__(self, "subject", place.subject)
        object.__setattr__(self, "label", place.label)
        object.__setattr__(self, "namespace_id", self.draft.namespace_id)
        object.__setattr__(self, "repo_id", self.draft.repo_id)

    def details(self) -> Any:
        """The fields for the record, and what the row says."""
        kept = {key: value for key, value in super().details().items() if key != "draft"}
        row = {"layer": Layer(self.draft.layer).value}
        return {**kept, **row, "base": self.draft.base_number, "rules_digest": self.draft.digest}


@dataclass(frozen=True, kw_only=True)
class DraftWritten(DraftEvent):
    """Somebody began a draft, or changed it."""

    name = "policy_draft:written"


@dataclass(frozen=True, kw_only=True)
class DraftProposed(DraftEvent):
    """A simulated draft waits for somebody else's approval; those who could give it are told."""

    name = "policy_draft:proposed"


@dataclass(frozen=True, kw_only=True)
class DraftApproved(DraftEvent):
    """Somebody who did not write it approved a draft; the change of the policy follows in the same transaction."""

    name = "policy_draft:approved"


@dataclass(frozen=True, kw_only=True)
class DraftAdoptedAlone(DraftEvent):
    """Its maker put a draft in force because nobody else could approve it; ``reason`` is theirs."""

    name = "policy_draft:adopted_alone"


@dataclass(frozen=True, kw_only=True)
class DraftDropped(DraftEvent):
    """A draft was given up or refused."""

    name = "policy_draft:dropped"
