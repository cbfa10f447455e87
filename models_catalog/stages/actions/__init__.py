"""Everything that moves versions between stages, moves aliases, and changes what stages there are."""

from models_catalog.stages.actions.aliases import remove_alias, set_alias
from models_catalog.stages.actions.editing import (
    add_stage,
    change_stage,
    protect_alias,
    remove_stage,
    reorder_stages,
    unprotect_alias,
)
from models_catalog.stages.actions.leaving import leave_everything
from models_catalog.stages.actions.moving import move_stage
from models_catalog.stages.actions.rollback import rollback

__all__ = [
    "add_stage",
    "change_stage",
    "leave_everything",
    "move_stage",
    "protect_alias",
    "remove_alias",
    "remove_stage",
    "reorder_stages",
    "rollback",
    "set_alias",
    "unprotect_alias",
]
