from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from governance.checks.gathering import facts_of_revisions
from models_catalog.storage.models import Verdict
from tests.factories.models import commit_files, judge, make_repo, release
from tests.factories.people import make_user
from tests.factories.reviews import CARD, finish_scan

pytestmark = pytest.mark.django_db


def scanned(name, owner, files):
    repo = make_repo(name, owner=owner)
    revision = commit_files(repo, files, by=owner)
    finish_scan(revision)
    return revision


def test_the_facts_of_a_revision_are_what_its_files_and_card_say():
    ada = make_user("ada")
    revision = scanned("leaf", ada, {"README.md": CARD, "weights/a.safetensors": b"12345"})

    facts = facts_of_revisions([revision])[revision.pk]

    weights = next(file for file in facts.files if file.path == "weights/a.safetensors")
    assert facts.card is not None
    assert (facts.model, facts.is_card_read, facts.card.facts["license"]) == (
        "leaf",
        True,
        "apache-2.0",
    )
    assert (weights.size, weights.formats, weights.verdict) == (5, ("safetensors",), Verdict.SAFE)


def test_a_verdict_of_an_older_ruleset_says_nothing_unless_it_is_dangerous():
    revision = scanned("leaf", make_user("ada"), {"a.bin": b"1", "b.bin": b"2"})
    judge(revision, "a.bin", Verdict.SAFE, ruleset="old")
    judge(revision, "b.bin", Verdict.DANGEROUS, ruleset="old")

    files = {file.path: file for file in facts_of_revisions([revision])[revision.pk].files}

    assert (files["a.bin"].verdict, files["a.bin"].formats) == (Verdict.PENDING, None)
    assert files["b.bin"].verdict == Verdict.DANGEROUS


def test_the_newest_released_version_is_known_with_its_card():
    ada = make_user("ada")
    first = scanned("leaf", ada, {"README.md": CARD})
    release(first.repo, first, by=ada)
    second = commit_files(first.repo, {"README.md": b"# Nothing\n"}, by=ada)

    released = facts_of_revisions([second])[second.pk].released

    assert released is not None
    assert released.card is not None
    assert (released.number, released.card.title) == (1, "Leaf")


def test_many_revisions_take_as_many_queries_as_one():
    ada = make_user("ada")
    revisions = []
    for number in range(20):
        revision = scanned(f"leaf-{number}", ada, {"README.md": CARD, f"{number}/a.bin": b"1"})
        release(revision.repo, revision, by=ada)
        commit_files(revision.repo, {"more.txt": str(number).encode()}, by=ada)
        revisions.append(revision.repo.refs.get(name="main").revision)

    counted = []
    for some in (revisions[:1], revisions):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            facts_of_revisions(some)
        counted.append(len(queries))

    assert counted[0] == counted[1]
