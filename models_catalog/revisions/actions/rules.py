"""What every way to add to a history refuses, in one wording."""

from __future__ import annotations

from hub.core.errors import Conflict

MAIN = "main"
PROTECTED = (
    "“main” of this model is reviewed, so nobody commits to it directly. Open a change (create_pr=True in "
    "huggingface_hub); it is merged when the review allows it."
)


def overtaken(ref: str) -> Conflict:
    """The refusal of whoever comes second."""
    return Conflict(f"“{ref}” has moved on since you began. Fetch what is new and commit again.")
