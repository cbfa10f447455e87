"""The trees and files of one repo, read for many of its revisions without reading them as many times."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from dulwich.errors import ObjectFormatException

from models_catalog.integrity.batches import Remembered, batched
from models_catalog.repos.models import Repo
from models_catalog.revisions.models import FileObject, GitObject, Occurrence
from models_catalog.revisions.trees import FileEntry, parse_tree

LIMIT = 200_000  # entries of trees, file ids, pairs of path and blob: some tens of megabytes each

Tree = list[tuple[str, bool, str]]
Known = tuple[int, str, int, bool]  # blob, SHA-256, size, whether through a pointer


class Shelf:
    """What has been read of a repo lately; neighbouring revisions share almost everything."""

    def __init__(self, repo: Repo) -> None:
        self._repo = repo
        self._trees: Remembered[Tree] = Remembered(LIMIT)
        self._files: Remembered[Known] = Remembered(LIMIT)
        self._occurring: Remembered[bool] = Remembered(LIMIT)

    def files_below(self, root: str) -> tuple[Sequence[tuple[str, str]], str]:
        """(path, git id) of each file below a tree, and the id of a tree that is missing or broken, if there is one."""
        found: list[tuple[str, str]] = []
        level = [("", root)]
        while level:
            trees = self._read({sha1 for _, sha1 in level})
            below: list[tuple[str, str]] = []
            for prefix, sha1 in level:
                if sha1 not in trees:
                    return [], sha1
                for name, is_folder, child in trees[sha1]:
                    (below if is_folder else found).append((prefix + name, child))
            level = [(f"{path}/", sha1) for path, sha1 in below]
        return found, ""

    def _read(self, ids: set[str]) -> dict[str, Tree]:
        trees = {sha1: known for sha1 in ids if (known := self._trees.get(sha1)) is not None}
        for some in batched(sorted(ids - trees.keys()), size=50):
            rows = GitObject.objects.filter(repo=self._repo, sha1__in=some, kind="tree")
            for sha1, data in rows.values_list("sha1", "data"):
                try:
                    trees[sha1] = parse_tree(bytes(data))
                except (ObjectFormatException, ValueError):
                    continue
                self._trees.put(sha1, trees[sha1], weight=1 + len(trees[sha1]))
        return trees

    def entries(self, listed: Iterable[tuple[str, str]]) -> dict[str, FileEntry]:
        """The files that are known, by path."""
        listed = list(listed)
        known = self._known({sha1 for _, sha1 in listed})
        return {path: FileEntry(path, sha1, *known[sha1]) for path, sha1 in listed if sha1 in known}

    def _known(self, ids: set[str]) -> dict[str, Known]:
        known = {sha1: file for sha1 in ids if (file := self._files.get(sha1)) is not None}
        for some in batched(sorted(ids - known.keys())):
            rows = FileObject.objects.filter(repo=self._repo, sha1__in=some).values_list(
                "sha1", "blob_id", "blob__sha256", "blob__size", "is_lfs"
            )
            for sha1, blob_id, sha256, size, is_lfs in rows:
                known[sha1] = (blob_id, sha256, size, is_lfs)
                self._files.put(sha1, known[sha1])
        return known

    def without_occurrence(self, entries: Mapping[str, FileEntry]) -> list[str]:
        """The paths whose blob is not written down as occurring there."""
        unseen = [e for e in entries.values() if not self._occurring.get(_pair(e.path, e.blob_id))]
        missing: list[str] = []
        for some in batched(unseen):
            rows = Occurrence.objects.filter(repo=self._repo, path__in=[e.path for e in some])
            there = set(rows.values_list("path", "blob_id"))
            for entry in some:
                if (entry.path, entry.blob_id) in there:
                    self._occurring.put(_pair(entry.path, entry.blob_id), value=True)
                else:
                    missing.append(entry.path)
        return missing


def _pair(path: str, blob_id: int) -> str:
    return f"{blob_id} {path}"
