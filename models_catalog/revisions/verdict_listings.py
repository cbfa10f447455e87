"""What scanning says of many revisions at once, for lists: as many queries as for one."""

from __future__ import annotations

from collections.abc import Sequence

from hub.core.many_keys import with_ids, with_pairs
from models_catalog.revisions.models import FileObject, GitObject, PathVerdict, Revision
from models_catalog.revisions.trees import FileEntry, parse_tree
from models_catalog.revisions.verdicts import PathReport
from models_catalog.storage.models import Verdict

Key = tuple[int, str]  # a repo's id and a git id in it
Found = tuple[Revision, str, str]  # where, at which path, with which git id


def reports_of(
    revisions: Sequence[Revision], *, paths: frozenset[str] | None = None
) -> dict[int, dict[str, PathReport]]:
    """``path_verdicts`` of several revisions of any repos by their ids, of all files or some in their root folders.

    Callers bound how many files that makes.
    """
    found: dict[int, dict[str, PathReport]] = {revision.pk: {} for revision in revisions}
    files = _walk(revisions, paths)
    entries = _file_objects({(revision.repo_id, sha1) for revision, _, sha1 in files})
    contexts: dict[Key, str] = {
        (revision_id, path): verdict
        for revision_id, path, verdict in with_ids(
            PathVerdict.objects.all(), "revision_id", found
        ).values_list("revision_id", "path", "verdict")
    }
    for revision, path, sha1 in sorted(files, key=lambda each: each[1]):
        blob_id, sha256, size, is_lfs, content, ruleset = entries[revision.repo_id, sha1]
        unjudged = Verdict.SAFE if revision.context_ruleset else Verdict.PENDING
        found[revision.pk][path] = PathReport(
            path=path,
            entry=FileEntry(path, sha1, blob_id, sha256, size, is_lfs),
            content=Verdict(content),
            context=Verdict(contexts.get((revision.pk, path), unjudged)),
            ruleset=ruleset,
        )
    return found


def _walk(revisions: Sequence[Revision], paths: frozenset[str] | None) -> list[Found]:
    """Every file of the revisions; a query per level of folders, however many revisions and folders there are."""
    found: list[Found] = []
    level = [(revision, "", revision.tree_sha1) for revision in revisions]
    while level:
        data = _trees({(revision.repo_id, sha1) for revision, _, sha1 in level})
        below: list[Found] = []
        for revision, prefix, sha1 in level:
            for name, is_folder, child in parse_tree(data[revision.repo_id, sha1]):
                if is_folder:
                    below.append((revision, f"{prefix}{name}/", child))
                elif paths is None or name in paths:
                    found.append((revision, prefix + name, child))
        level = below if paths is None else []
    return found


def _trees(keys: set[Key]) -> dict[Key, bytes]:
    rows = with_pairs(GitObject.objects.all(), ("repo_id", "sha1"), keys)
    return {
        (repo_id, sha1): bytes(data)
        for repo_id, sha1, data in rows.values_list("repo_id", "sha1", "data")
    }


Content = tuple[int, str, int, bool, str, str]


def _file_objects(keys: set[Key]) -> dict[Key, Content]:
    """Blob, digest, size, whether it is a pointer, verdict and ruleset of each file."""
    rows = with_pairs(FileObject.objects.all(), ("repo_id", "sha1"), keys).values_list(
        "repo_id",
        "sha1",
        "blob_id",
        "blob__sha256",
        "blob__size",
        "is_lfs",
        "blob__verdict",
        "blob__ruleset",
    )
    return {(row[0], row[1]): row[2:] for row in rows}
