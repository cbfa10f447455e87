"""Reading history: what is in a revision, folder by folder or as a whole.

These do not ask who may see a revision; ``versions.queries.get_revision`` is the door for people.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy

from hub.core.errors import NotFound
from models_catalog.repos.models import Repo
from models_catalog.revisions.models import FileObject, GitObject, Ref, Revision
from models_catalog.revisions.trees import FileEntry, parse_tree

NO_SUCH_FILE = gettext_lazy("There is no file or folder at this path in this revision.")
BATCH = 500


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder of a revision: names of its folders and the files directly in it."""

    path: str
    folders: Sequence[str]
    files: Sequence[FileEntry]


def head_of(repo: Repo, ref_name: str) -> Revision | None:
    """Where a ref points, or ``None`` when there is no such ref."""
    ref = Ref.objects.select_related("revision__author").filter(repo=repo, name=ref_name).first()
    return None if ref is None else ref.revision


def files_of(revision: Revision) -> dict[str, FileEntry]:
    """Every file of a revision by path, sorted. Queries grow with depth, not with the number of folders."""
    found: list[tuple[str, str]] = []
    level = [("", revision.tree_sha1)]
    while level:
        data = _trees(revision.repo_id, {sha1 for _, sha1 in level})
        below: list[tuple[str, str]] = []
        for prefix, sha1 in level:
            for name, is_folder, child in parse_tree(data[sha1]):
                (below if is_folder else found).append((prefix + name, child))
        level = [(path + "/", sha1) for path, sha1 in below]
    return {entry.path: entry for entry in _entries(revision.repo_id, sorted(found))}


def folder_of(revision: Revision, path: str) -> Folder:
    """One folder. Raises ``NotFound`` when the path is not a folder."""
    sha1 = revision.tree_sha1
    for name in path.split("/") if path else ():
        children = {n: s for n, is_folder, s in _tree(revision.repo_id, sha1) if is_folder}
        if name not in children:
            raise NotFound(NO_SUCH_FILE)
        sha1 = children[name]
    prefix = f"{path}/" if path else ""
    entries = _tree(revision.repo_id, sha1)
    files = [(prefix + name, child) for name, is_folder, child in entries if not is_folder]
    return Folder(
        path=path,
        folders=[prefix + name for name, is_folder, _ in entries if is_folder],
        files=list(_entries(revision.repo_id, files)),
    )


def file_of(revision: Revision, path: str) -> FileEntry:
    """One file. Raises ``NotFound``."""
    folder, _, name = path.rpartition("/")
    sha1 = revision.tree_sha1
    for part in folder.split("/") if folder else ():
        sha1 = _child(revision.repo_id, sha1, part, is_folder=True)
    found = _child(revision.repo_id, sha1, name, is_folder=False)
    return next(_entries(revision.repo_id, [(path, found)]))


def find_files(revision: Revision, names: Iterable[str]) -> dict[str, FileEntry]:
    """Those of some files in the root folder that exist: one tree, one look-up."""
    wanted = set(names)
    present = [
        (n, s)
        for n, is_folder, s in _tree(revision.repo_id, revision.tree_sha1)
        if not is_folder and n in wanted
    ]
    return {entry.path: entry for entry in _entries(revision.repo_id, present)}


def _child(repo_id: int, tree: str, name: str, *, is_folder: bool) -> str:
    for entry, folder, sha1 in _tree(repo_id, tree):
        if entry == name and folder == is_folder:
            return sha1
    raise NotFound(NO_SUCH_FILE)


def _tree(repo_id: int, sha1: str) -> list[tuple[str, bool, str]]:
    return parse_tree(_trees(repo_id, {sha1})[sha1])


def _trees(repo_id: int, ids: set[str]) -> dict[str, bytes]:
    data: dict[str, bytes] = {}
    for some in _batched(sorted(ids)):
        rows = GitObject.objects.filter(repo_id=repo_id, sha1__in=some).values_list("sha1", "data")
        data.update((sha1, bytes(raw)) for sha1, raw in rows)
    return data


def _entries(repo_id: int, files: Sequence[tuple[str, str]]) -> Iterator[FileEntry]:
    known: dict[str, tuple[int, str, int, bool]] = {}
    for some in _batched(sorted({sha1 for _, sha1 in files})):
        rows = FileObject.objects.filter(repo_id=repo_id, sha1__in=some).values_list(
            "sha1", "blob_id", "blob__sha256", "blob__size", "is_lfs"
        )
        known.update(
            (sha1, (blob_id, sha256, size, is_lfs)) for sha1, blob_id, sha256, size, is_lfs in rows
        )
    for path, sha1 in files:
        blob_id, sha256, size, is_lfs = known[sha1]
        yield FileEntry(
            path=path, sha1=sha1, blob_id=blob_id, sha256=sha256, size=size, is_lfs=is_lfs
        )


def _batched(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(ids), BATCH):
        yield ids[start : start + BATCH]
