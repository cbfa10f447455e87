"""Django finds the models of the app here; nobody else imports from this list."""

from models_catalog.artifacts.models import Header
from models_catalog.cards.models import Card
from models_catalog.changes.models import Change, Comment, Discussion
from models_catalog.downloads.models import DailyDownloads, Downloader
from models_catalog.grants.models import Grant
from models_catalog.repos.models import (
    AccessionCounter,
    FormerName,
    Repo,
    RepoGroupPermission,
    RepoUserPermission,
    TermsAcceptance,
)
from models_catalog.revisions.models import (
    FileObject,
    GitObject,
    Occurrence,
    PathVerdict,
    Ref,
    Revision,
)
from models_catalog.search.models import SearchFacet, SearchRow
from models_catalog.stages.models import AliasMove, ProtectedAlias, Stage, StageMove
from models_catalog.storage.models import Blob, BlobReceipt
from models_catalog.uploads.models import Upload, UploadFile
from models_catalog.versions.models import Version

__all__ = [
    "AccessionCounter",
    "AliasMove",
    "Blob",
    "BlobReceipt",
    "Card",
    "Change",
    "Comment",
    "DailyDownloads",
    "Discussion",
    "Downloader",
    "FileObject",
    "FormerName",
    "GitObject",
    "Grant",
    "Header",
    "Occurrence",
    "PathVerdict",
    "ProtectedAlias",
    "Ref",
    "Repo",
    "RepoGroupPermission",
    "RepoUserPermission",
    "Revision",
    "SearchFacet",
    "SearchRow",
    "Stage",
    "StageMove",
    "TermsAcceptance",
    "Upload",
    "UploadFile",
    "Version",
]
