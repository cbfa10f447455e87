"""Models with files, versions and verdicts, made the way the product makes them."""

from __future__ import annotations

from accounts.namespaces.models import Namespace
from accounts.orgs.models import Organization
from accounts.users.models import User
from hub.core.actor import SYSTEM, Actor
from models_catalog.changes.actions import open_change
from models_catalog.changes.models import Change
from models_catalog.repos.actions import create_repo
from models_catalog.repos.models import Repo
from models_catalog.revisions.actions import commit
from models_catalog.revisions.models import PathVerdict, Revision
from models_catalog.revisions.operations import AddFile
from models_catalog.revisions.queries import files_of
from models_catalog.storage.actions import receive_blob, record_verdict
from models_catalog.storage.models import Blob, Verdict
from models_catalog.versions.actions import propose_version, release_version
from models_catalog.versions.models import Version
from tests.factories.people import acting

CARD = b"---\nlicense: apache-2.0\npipeline_tag: text-classification\n---\n# A model\n\nIt sorts letters.\n"


def make_repo(
    name: str = "minilm",
    *,
    owner: User,
    organization: Organization | None = None,
    visibility: str = "public",
) -> Repo:
    """An empty model of the organisation, else of the person."""
    namespace: Namespace = organization.namespace if organization else owner.namespace
    return create_repo(name, namespace=namespace, visibility=visibility, actor=acting(owner))


def send(content: bytes, *, actor: Actor) -> Blob:
    """Bytes that the actor has sent."""
    return receive_blob([content], actor=actor)


def additions(files: dict[str, bytes], *, actor: Actor) -> list[AddFile]:
    """The operations that add these files, their bytes sent."""
    return [AddFile(path, send(content, actor=actor).sha256) for path, content in files.items()]


def commit_files(
    repo: Repo, files: dict[str, bytes], *, by: User, message: str = "Add"
) -> Revision:
    """A commit on ``main`` of an open repo."""
    actor = acting(by)
    operations = additions(files, actor=actor)
    return commit(repo, ref="main", operations=operations, message=message, actor=actor)


def propose(repo: Repo, files: dict[str, bytes], *, by: User, title: str = "A change") -> Change:
    """An open change."""
    actor = acting(by)
    return open_change(repo, operations=additions(files, actor=actor), title=title, actor=actor)


def judge_all(
    revision: Revision, verdict: Verdict = Verdict.SAFE, *, ruleset: str = "test"
) -> None:
    """Say what a scan of every file would have said, without one."""
    ids = {entry.blob_id for entry in files_of(revision).values()}
    for blob in Blob.objects.filter(pk__in=ids):
        record_verdict(blob, verdict=verdict, ruleset=ruleset, actor=SYSTEM)
    PathVerdict.objects.filter(revision=revision).delete()
    revision.context_ruleset = ruleset
    revision.save(update_fields=["context_ruleset"])


def judge(revision: Revision, path: str, verdict: Verdict, *, ruleset: str = "test") -> None:
    """Say what a scan of one file's bytes would have said."""
    blob = Blob.objects.get(pk=files_of(revision)[path].blob_id)
    record_verdict(blob, verdict=verdict, ruleset=ruleset, actor=SYSTEM)


def release(repo: Repo, revision: Revision, *, by: User, approvals: int = 1) -> Version:
    """A released version, past the gate."""
    version = propose_version(repo, actor=acting(by))
    return release_version(version, revision=revision, approvals=approvals, actor=acting(by))
