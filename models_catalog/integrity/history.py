"""Whether every revision is complete: commit, trees, files, manifest digest, and where its blobs occur."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from dulwich.errors import ObjectFormatException

from models_catalog.integrity.batches import by_id
from models_catalog.integrity.findings import Finding, name_of, problem
from models_catalog.integrity.shelf import Shelf
from models_catalog.repos.models import Repo
from models_catalog.revisions.models import GitObject, Revision
from models_catalog.revisions.trees import FileEntry, manifest_digest, parse_commit

BACKUP = "Restore the database from a backup"


def check_revisions() -> Iterator[Finding]:
    """Every revision of every repo, whether or not a ref or version still leads to it: its id can be asked for."""
    for repo in by_id(Repo.objects.select_related("namespace")):
        shelf = Shelf(repo)
        rows = Revision.objects.filter(repo=repo).select_related("parent", "merged_parent")
        for revision in by_id(rows):
            where = f"revision {revision.sha1} of {name_of(repo)}"
            for what in chain(_commit(revision), _content(revision, shelf)):
                yield problem(where, what, BACKUP)


def _commit(revision: Revision) -> Iterator[str]:
    """What is wrong with the commit object, in words."""
    row = GitObject.objects.filter(repo=revision.repo_id, sha1=revision.sha1).first()
    if row is None or row.kind != "commit":
        yield "there is no commit object with its id"
        return
    try:
        tree, parents = parse_commit(bytes(row.data))
    except (ObjectFormatException, ValueError):
        yield "its commit object cannot be read"
        return
    if tree != revision.tree_sha1:
        yield f"its commit holds the tree {tree}, the record {revision.tree_sha1}"
    recorded = [each for each in (revision.parent, revision.merged_parent) if each is not None]
    if parents != [each.sha1 for each in recorded]:
        yield "its commit has other parents than the record"
    if any(each.repo_id != revision.repo_id for each in recorded):
        yield "a parent belongs to another repo"


def _content(revision: Revision, shelf: Shelf) -> Iterator[str]:
    """What is wrong with its trees and files, in words."""
    listed, broken = shelf.files_below(revision.tree_sha1)
    if broken:
        yield f"the tree {broken} is missing or cannot be read"
        return
    entries = shelf.entries(listed)
    unknown = [path for path, _ in listed if path not in entries]
    if unknown:
        yield f"nothing is known of the bytes of {_some(unknown)}"
        return
    yield from _sums(revision, entries)
    unindexed = shelf.without_occurrence(entries)
    if unindexed:
        yield f"it is not written down that these blobs occur here: {_some(unindexed)}"


def _sums(revision: Revision, entries: dict[str, FileEntry]) -> Iterator[str]:
    digest = manifest_digest(entries)
    if digest != revision.manifest_digest:
        yield f"its files have the manifest digest {digest}, the record {revision.manifest_digest}"
    size = sum(entry.size for entry in entries.values())
    if (len(entries), size) != (revision.file_count, revision.total_size):
        recorded = f"{revision.file_count} files of {revision.total_size} bytes"
        yield f"it has {len(entries)} files of {size} bytes, the record {recorded}"


def _some(paths: list[str]) -> str:
    others = f" and {len(paths) - 1} more" if len(paths) > 1 else ""
    return f"“{paths[0]}”{others}"
