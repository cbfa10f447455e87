"""Turning a flat list of files into git trees and back. dulwich knows the formats; nothing here touches the database."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from dulwich.objects import Blob as GitBlob
from dulwich.objects import Commit, ObjectID, ShaFile, Tree

FILE_MODE = 0o100644
TREE_MODE = 0o040000
LFS_SPEC = "https://git-lfs.github.com/spec/v1"


@dataclass(frozen=True, slots=True)
class FileEntry:
    """A file of a revision. ``sha1`` is the id in the git tree (of the pointer when ``is_lfs``)."""

    path: str
    sha1: str
    blob_id: int
    sha256: str
    size: int
    is_lfs: bool


@dataclass(frozen=True, slots=True)
class RawObject:
    """A git object ready to be stored."""

    sha1: str
    kind: str
    data: bytes


def lfs_pointer(sha256: str, size: int) -> bytes:
    """The pointer text that stands in the tree for a large file (Git LFS specification, version 1)."""
    return f"version {LFS_SPEC}\noid sha256:{sha256}\nsize {size}\n".encode()


def pointer_sha1(sha256: str, size: int) -> str:
    """The git id of a pointer."""
    return str(GitBlob.from_string(lfs_pointer(sha256, size)).id.decode())


def build_trees(files: Iterable[tuple[str, str]]) -> tuple[str, list[RawObject]]:
    """The root tree's id and every tree object for (path, git id of the file) pairs."""
    folders: dict[str, Tree] = {"": Tree()}
    for path, sha1 in files:
        folder, _, name = path.rpartition("/")
        _folder(folders, folder).add(name.encode(), FILE_MODE, ObjectID(sha1.encode()))
    for name in sorted(folders, key=lambda folder: folder.count("/"), reverse=True):
        if name:
            parent, _, last = name.rpartition("/")
            folders[parent].add(last.encode(), TREE_MODE, folders[name].id)
    objects = [
        RawObject(tree.id.decode(), "tree", tree.as_raw_string()) for tree in folders.values()
    ]
    return folders[""].id.decode(), objects


def _folder(folders: dict[str, Tree], name: str) -> Tree:
    if name not in folders:
        folders[name] = Tree()
        _folder(folders, name.rpartition("/")[0])
    return folders[name]


def parse_tree(data: bytes) -> list[tuple[str, bool, str]]:
    """(name, is a folder, git id) of each entry."""
    tree = ShaFile.from_raw_string(Tree.type_num, data)
    assert isinstance(tree, Tree)
    return [
        (name.decode(), mode == TREE_MODE, sha.decode()) for name, mode, sha in tree.iteritems()
    ]


def build_commit(
    *, tree: str, parents: Iterable[str], author: str, when: datetime, message: str
) -> RawObject:
    """A commit object; ``author`` is ``Name <address>``."""
    commit = Commit()
    commit.tree = ObjectID(tree.encode())
    commit.parents = [ObjectID(parent.encode()) for parent in parents]
    commit.author = commit.committer = author.encode()
    commit.author_time = commit.commit_time = int(when.timestamp())
    commit.author_timezone = commit.commit_timezone = 0
    commit.encoding = b"UTF-8"
    commit.message = message.encode()
    return RawObject(commit.id.decode(), "commit", commit.as_raw_string())


def parse_commit(data: bytes) -> tuple[str, list[str]]:
    """(tree, parents) of a commit object. Raises ``ValueError`` or dulwich's ``ObjectFormatException``."""
    made = ShaFile.from_raw_string(Commit.type_num, data)
    assert isinstance(made, Commit)
    if not made.tree:
        raise ValueError("a commit without a tree")
    return made.tree.decode(), [parent.decode() for parent in made.parents]


def check_id(sha1: str, kind: str, data: bytes) -> bool:
    """Whether the data has the id that it is stored under."""
    header = f"{kind} {len(data)}\0".encode()
    return hashlib.sha1(header + data, usedforsecurity=False).hexdigest() == sha1


def manifest_digest(files: Mapping[str, FileEntry]) -> str:
    """The SHA-256 over ``path NUL sha256 NUL size LF`` of every file, sorted by the bytes of the path.

    It names the content of a revision whatever its history, and is what an approval binds to.
    """
    state = hashlib.sha256()
    for path in sorted(files, key=str.encode):
        entry = files[path]
        state.update(f"{path}\0{entry.sha256}\0{entry.size}\n".encode())
    return state.hexdigest()
