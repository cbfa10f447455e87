"""A commit of many files must not hold other writers up while it asks for their scans."""

from __future__ import annotations

import pytest

from governance.scanning.actions import FEW
from hub.core.jobs.actions import run
from hub.core.jobs.models import Job, JobState
from models_catalog.revisions.verdicts import path_verdicts, worst_of
from models_catalog.storage.models import Verdict
from tests.factories.jobs import run_jobs
from tests.factories.models import commit_files, make_repo
from tests.factories.people import make_user

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.data]


@pytest.fixture
def large():
    """A revision of more files than one transaction asks for; nothing has been done in the background yet."""
    ada = make_user("ada")
    repo = make_repo("mine", owner=ada)
    run_jobs("scan_blob", "judge_revision")
    Job.objects.all().delete()
    return commit_files(repo, {f"{n}.txt": b"%d" % n for n in range(2 * FEW)}, by=ada)


def test_a_large_commit_asks_for_one_job_instead_of_hundreds(large):
    kinds = sorted(Job.objects.filter(queue="scan").values_list("kind", flat=True))

    assert kinds == ["judge_revision", "scan_all_blobs"]


def test_that_job_asks_for_the_scan_of_every_file(large):
    run_jobs("scan_all_blobs")

    assert Job.objects.filter(kind="scan_blob").count() == 2 * FEW


def test_a_large_commit_is_pending_until_its_files_are_scanned(large):
    run_jobs("scan_all_blobs")
    run(Job.objects.get(kind="judge_revision").pk)

    large.refresh_from_db()
    assert worst_of(path_verdicts(large).values()) == Verdict.PENDING
    assert Job.objects.get(kind="judge_revision").state == JobState.QUEUED
