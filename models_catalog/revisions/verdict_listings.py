"""What scanning says of many revisions at once, for lists: as many queries as for one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.db.models import Q

from models_catalog.revisions.models import FileObject, GitObject, PathVerdict, Revision
from models_catalog.revisions.trees import FileEntry, parse_tree
from models_catalog.revisions.verdicts import PathReport
from models_catalog.storage.models import Blob, Verdict

BATCH = 500

Key = tuple[int, str]  # a repo's id and a git id in it
Found = tuple[Revision, str, str]  # where, at which path, with which git id


def reports_of(revisions: Sequence[Revision]) -> dict[int, dict[str, PathReport]]:
    """``path_verdicts`` of several revisions of any repos by their ids. Callers bound how many files that makes."""
    files = _walk(revisions)
    entries = _file_objects({(revision.repo_id, sha1) for revision, _, sha1 in files})
    contents = _contents({blob_id for blob_id, *_ in entries.values()})
    contexts: dict[Key, str] = {
        (revision_id, path): verdict
        for revision_id, path, verdict in PathVerdict.objects.filter(
            revision__in=revisions
        ).values_list("revision_id", "path", "verdict")
    }
    found: dict[int, dict[str, PathReport]] = {revision.pk: {} for revision in revisions}
    for revision, path, sha1 in sorted(files, key=lambda each: each[1]):
        blob_id, sha256, size, is_lfs = entries[revision.repo_id, sha1]
        content, ruleset = contents[blob_id]
        unjudged = Verdict.SAFE if revision.context_ruleset else Verdict.PENDING
        found[revision.pk][path] = PathReport(
            path=path,
            entry=FileEntry(path, sha1, blob_id, sha256, size, is_lfs),
            content=Verdict(content),
            context=Verdict(contexts.get((revision.pk, path), unjudged)),
            ruleset=ruleset,
        )
    return found


def _walk(revisions: Sequence[Revision]) -> list[Found]:
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
                else:
                    found.append((revision, prefix + name, child))
        level = below
    return found


def _trees(keys: set[Key]) -> dict[Key, bytes]:
    data: dict[Key, bytes] = {}
    for chosen in _chosen(keys):
        rows = GitObject.objects.filter(chosen).values_list("repo_id", "sha1", "data")
        data.update(((repo_id, sha1), bytes(raw)) for repo_id, sha1, raw in rows)
    return data


def _file_objects(keys: set[Key]) -> dict[Key, tuple[int, str, int, bool]]:
    entries: dict[Key, tuple[int, str, int, bool]] = {}
    for chosen in _chosen(keys):
        rows = FileObject.objects.filter(chosen).values_list(
            "repo_id", "sha1", "blob_id", "blob__sha256", "blob__size", "is_lfs"
        )
        entries.update(((repo_id, sha1), tuple(rest)) for repo_id, sha1, *rest in rows)  # type: ignore[misc]
    return entries


def _contents(blob_ids: set[int]) -> dict[int, tuple[str, str]]:
    """Verdict and ruleset of each blob."""
    contents: dict[int, tuple[str, str]] = {}
    ids = sorted(blob_ids)
    for start in range(0, len(ids), BATCH):
        rows = Blob.objects.filter(pk__in=ids[start : start + BATCH])
        contents.update((pk, (v, r)) for pk, v, r in rows.values_list("pk", "verdict", "ruleset"))
    return contents


def _chosen(keys: set[Key]) -> Iterable[Q]:
    """Conditions that hold for the rows of ``keys`` (and perhaps for the same object in another of the repos)."""
    ids: dict[str, set[int]] = defaultdict(set)
    for repo_id, sha1 in keys:
        ids[sha1].add(repo_id)
    names = sorted(ids)
    for start in range(0, len(names), BATCH):
        some = names[start : start + BATCH]
        yield Q(repo_id__in=set().union(*(ids[name] for name in some)), sha1__in=some)
