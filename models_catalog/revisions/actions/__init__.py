"""Adding commits and moving refs."""

from models_catalog.revisions.actions.committing import (
    FIRST_ATTRIBUTES,
    add_revision,
    commit,
    start_history,
)
from models_catalog.revisions.actions.drafts import Draft, Work
from models_catalog.revisions.actions.merging import draft_merge
from models_catalog.revisions.actions.planning import plan_revision, prepare_revision
from models_catalog.revisions.actions.refs import move_ref
from models_catalog.revisions.actions.rules import MAIN, PROTECTED
from models_catalog.revisions.actions.storing import store_draft

__all__ = [
    "FIRST_ATTRIBUTES",
    "MAIN",
    "PROTECTED",
    "Draft",
    "Work",
    "add_revision",
    "commit",
    "draft_merge",
    "move_ref",
    "plan_revision",
    "prepare_revision",
    "start_history",
    "store_draft",
]
