"""Everything that changes where a model stands, a file per kind of act."""

from models_catalog.lifecycle.actions.archiving import archive_repo, unarchive_repo
from models_catalog.lifecycle.actions.deleting import delete_repo, restore_repo
from models_catalog.lifecycle.actions.deprecating import deprecate_repo, undeprecate_repo
from models_catalog.lifecycle.actions.moving import rename_repo, transfer_repo
from models_catalog.lifecycle.actions.purging import purge_repo
from models_catalog.lifecycle.actions.recalling import end_recall, recall_blob
from models_catalog.lifecycle.actions.yanking import unyank_version, withdraw_version, yank_version

__all__ = [
    "archive_repo",
    "delete_repo",
    "deprecate_repo",
    "end_recall",
    "purge_repo",
    "recall_blob",
    "rename_repo",
    "restore_repo",
    "transfer_repo",
    "unarchive_repo",
    "undeprecate_repo",
    "unyank_version",
    "withdraw_version",
    "yank_version",
]
