"""What must be asked before a draft is proposed or put in force by its maker alone."""

from __future__ import annotations

from dataclasses import dataclass

from governance.policies.models import PolicyDraft
from hub.core.gates import required_gate


@dataclass(frozen=True, slots=True)
class DraftQuestion:
    """Whether people may be asked to agree to ``draft``, exactly as its digest names it."""

    draft: PolicyDraft


draft_gate = required_gate("propose a policy", DraftQuestion)
