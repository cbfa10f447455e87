"""Proving that everything the hub has promised to keep is there."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from models_catalog.integrity.blobs import check_blobs
from models_catalog.integrity.findings import Finding, Tally
from models_catalog.integrity.history import check_revisions
from models_catalog.integrity.leftovers import find_leftovers
from models_catalog.integrity.names import check_names
from models_catalog.integrity.objects import check_file_objects, check_git_objects


def examine(tally: Tally, *, is_quick: bool = False, repairs: bool = False) -> Iterator[Finding]:
    """Look at every blob, git object, revision, ref, version and change; yield what is not as it should be.

    ``is_quick`` leaves out reading the bytes, ``repairs`` moves those that lie under the wrong key. It works in
    bounded memory beside a hub that is in use.
    """
    findings = chain(
        check_git_objects(tally),
        check_file_objects(tally),
        check_revisions(),
        check_names(),
        check_blobs(tally, is_quick=is_quick, repairs=repairs),
        find_leftovers(),
    )
    for finding in findings:
        tally.found[finding.kind] += 1
        yield finding
