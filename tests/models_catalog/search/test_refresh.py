"""What a search row says, and when it is made anew."""

from __future__ import annotations

import json
import struct

import pytest
from django.db import transaction

from hub.core.jobs.models import Job, JobState
from models_catalog.artifacts.tasks import read  # noqa: F401
from models_catalog.cards.tasks import render  # noqa: F401
from models_catalog.repos.actions import withdraw_repo
from models_catalog.search.actions import refresh, request_refresh, write_downloads
from models_catalog.search.models import SearchFacet, SearchRow
from models_catalog.search.tasks import refresh_row  # noqa: F401 - declares the handlers of jobs
from models_catalog.storage.models import Verdict
from tests.factories.jobs import run_jobs
from tests.factories.models import commit_files, judge, judge_all, make_repo
from tests.factories.people import acting, make_user
from tests.factories.shelf import card_source, shelve

pytestmark = [pytest.mark.django_db, pytest.mark.data]
KINDS = ("render_card", "read_header", "refresh_search", "refresh_search_of_blob")


def weights(**shapes: list[int]) -> bytes:
    """A safetensors file of float32 tensors without their bytes."""
    header, offset = {}, 0
    for name, shape in shapes.items():
        size = 4
        for side in shape:
            size *= side
        header[name] = {"dtype": "F32", "shape": shape, "data_offsets": [offset, offset + size]}
        offset += size
    packed = json.dumps(header).encode()
    return struct.pack("<Q", len(packed)) + packed + b"\0" * offset


@pytest.fixture
def ada():
    return make_user("ada")


def row_of(repo) -> SearchRow:
    return SearchRow.objects.get(pk=repo.pk)


def test_a_commit_ends_as_a_row_with_what_card_and_weights_say(ada):
    repo = make_repo("minilm", owner=ada)
    card = card_source(
        title="Mini LM",
        license="apache-2.0",
        pipeline_tag="sentence-similarity",
        library_name="sentence-transformers",
        language="en",
    )
    commit_files(repo, {"README.md": card, "model.safetensors": weights(a=[10, 4], b=[2])}, by=ada)

    run_jobs(*KINDS)

    row = row_of(repo)
    assert (row.title, row.summary) == ("Mini LM", "It sorts letters into heaps of words.")
    assert (row.task, row.library, row.license) == (
        "sentence-similarity",
        "sentence-transformers",
        "apache-2.0",
    )
    assert (row.parameters, row.formats, row.languages) == (42, ["safetensors"], ["en"])
    assert (row.approval, row.verdict) == ("not_reviewed", "pending")
    facets = set(SearchFacet.objects.filter(row=row).values_list("facet", "value"))
    assert {
        ("org", "ada"),
        ("licence", "apache-2.0"),
        ("size", "under-100-mb"),
        ("format", "safetensors"),
    } <= facets


def test_an_empty_model_has_a_row(ada):
    repo = make_repo("empty", owner=ada)

    run_jobs(*KINDS)

    assert (row_of(repo).title, row_of(repo).parameters) == ("empty", None)


def test_a_new_commit_replaces_facets_that_are_gone(ada):
    repo = shelve("m", by=ada, card=card_source(license="mit", language="[sw, en]"))
    commit_files(repo, {"README.md": card_source(license="isc", language="en")}, by=ada)

    run_jobs(*KINDS)

    facets = set(
        SearchFacet.objects.filter(row_id=repo.pk, facet__in=["licence", "language"]).values_list(
            "facet", "value"
        )
    )
    assert facets == {("licence", "isc"), ("language", "en")}


def test_a_verdict_reaches_the_row(ada):
    repo = make_repo("m", owner=ada)
    revision = commit_files(repo, {"a.txt": b"a", "b.txt": b"b"}, by=ada)
    judge_all(revision)
    run_jobs(*KINDS)
    before = row_of(repo).verdict

    judge(revision, "b.txt", Verdict.DANGEROUS)
    run_jobs(*KINDS)

    assert (before, row_of(repo).verdict) == ("safe", "dangerous")


def test_a_withdrawn_model_says_so(ada):
    repo = shelve("m", by=ada)

    withdraw_repo(repo, reason="It was wrong.", actor=acting(ada))
    run_jobs(*KINDS)

    assert row_of(repo).approval == "withdrawn"


def test_front_matter_that_is_no_yaml_leaves_a_row_without_facts(ada):
    repo = shelve(
        "m",
        by=ada,
        card=b"---\nlicense: [unclosed\n---\n# Title\n\nA paragraph that says a little.\n",
    )

    assert (row_of(repo).title, row_of(repo).license) == ("Title", "")


def test_overlong_facts_are_cut_and_do_not_fail(ada):
    long = "x" * 5000
    repo = shelve(
        "m",
        by=ada,
        card=card_source(
            title=long, license=long, pipeline_tag=long, library_name=long, language=long
        ),
    )

    assert len(row_of(repo).task) == 60
    assert not SearchFacet.objects.filter(row_id=repo.pk, facet="language").exists()


def test_many_requests_are_one_job(ada):
    repo = shelve("m", by=ada)
    run_jobs(*KINDS)

    for _ in range(5):
        with transaction.atomic():
            request_refresh(repo.pk)

    assert Job.objects.filter(kind="refresh_search", state=JobState.QUEUED).count() == 1


def test_the_row_of_a_repo_that_is_gone_goes_too(ada):
    refresh(987_654)

    assert not SearchRow.objects.filter(pk=987_654).exists()


def test_downloads_are_written_and_taken_back(ada):
    repo, other = shelve("m", by=ada), shelve("n", by=ada)
    write_downloads({repo.pk: 7, other.pk: 3, 999_999: 1})
    first = (row_of(repo).downloads, row_of(other).downloads)

    write_downloads({other.pk: 4})

    assert first == (7, 3)
    assert (row_of(repo).downloads, row_of(other).downloads) == (0, 4)
