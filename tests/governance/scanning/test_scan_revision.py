"""From a commit to the verdicts of its files, through the ledger and the isolated child."""

from __future__ import annotations

import pickle  # noqa: TID251 - makes one, loads none

import pytest

from governance.audit.models import AuditEvent
from governance.scanning.actions import queue_missing, scan_blob
from governance.scanning.engine import ruleset_version
from governance.scanning.models import ContentScan
from governance.scanning.queries import report_of
from hub.core.jobs import actions as jobs
from hub.core.jobs.models import Job, JobState
from models_catalog.revisions.models import Revision
from models_catalog.revisions.verdicts import path_verdicts, worst_of
from models_catalog.storage.models import Blob, BlobState, Verdict
from tests.factories.jobs import run_jobs
from tests.factories.models import CARD, commit_files, make_repo
from tests.factories.people import make_user

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.data]

EVIL = b"cposix\nsystem\n(S'echo pwned'\ntR."


@pytest.fixture
def ada():
    return make_user("ada")


@pytest.fixture
def repo(ada):
    return make_repo("mine", owner=ada)


def scan(revision: Revision) -> Verdict:
    run_jobs("scan_blob", "judge_revision")
    revision.refresh_from_db()
    return worst_of(path_verdicts(revision).values())


def test_a_commit_is_pending_until_it_is_scanned(repo, ada):
    revision = commit_files(repo, {"README.md": CARD}, by=ada)

    before = worst_of(path_verdicts(revision).values())

    assert before == Verdict.PENDING
    assert scan(revision) == Verdict.SAFE


def test_a_pickle_that_runs_a_command_is_dangerous_and_says_where(repo, ada):
    revision = commit_files(repo, {"README.md": CARD, "model.pkl": EVIL}, by=ada)

    assert scan(revision) == Verdict.DANGEROUS

    report = report_of(revision)
    worst = report.files[0]
    assert worst.path == "model.pkl"
    assert "posix system" in str(worst.findings[0]["evidence"])
    assert Blob.objects.get(size=len(EVIL)).state == BlobState.QUARANTINED


def test_plain_data_in_a_pickle_is_safe(repo, ada):
    revision = commit_files(repo, {"labels.pkl": pickle.dumps({"a": [1, 2.5, None]})}, by=ada)

    assert scan(revision) == Verdict.SAFE


def test_code_beside_weights_needs_a_look_by_its_name(repo, ada):
    revision = commit_files(repo, {"modeling.py": b"import os\n"}, by=ada)

    assert scan(revision) == Verdict.SUSPICIOUS

    report = path_verdicts(revision)["modeling.py"]
    assert (report.content, report.context) == (Verdict.SAFE, Verdict.SUSPICIOUS)


def test_the_same_bytes_are_scanned_once_for_every_repo(repo, ada):
    scan(commit_files(repo, {"README.md": CARD}, by=ada))
    other = make_repo("other", owner=ada)

    revision = commit_files(other, {"README.md": CARD}, by=ada)

    assert scan(revision) == Verdict.SAFE
    assert ContentScan.objects.filter(blob__size=len(CARD)).count() == 1


def test_a_scan_that_runs_twice_changes_nothing(repo, ada):
    scan(commit_files(repo, {"README.md": CARD}, by=ada))
    blob = Blob.objects.get(size=len(CARD))
    events = AuditEvent.objects.count()

    scan_blob({"sha256": blob.sha256})

    assert AuditEvent.objects.count() == events
    assert ContentScan.objects.filter(blob=blob).count() == 1


def test_what_cannot_be_scanned_after_all_attempts_is_an_error_and_never_safe(repo, ada):
    revision = commit_files(repo, {"README.md": CARD}, by=ada)
    blob = Blob.objects.get(size=len(CARD))
    job = Job.objects.get(key=f"scan:{blob.sha256}:{ruleset_version()}")
    Job.objects.filter(pk=job.pk).update(attempts=job.max_attempts)  # each worker was killed

    jobs.run(job.pk)

    assert Job.objects.get(pk=job.pk).state == JobState.FAILED
    assert scan(revision) == Verdict.ERROR


def test_a_lost_scan_is_asked_for_again(repo, ada):
    revision = commit_files(repo, {"README.md": CARD}, by=ada)
    Job.objects.all().delete()

    queue_missing()

    assert scan(revision) == Verdict.SAFE


def test_a_verdict_of_an_older_ruleset_is_renewed(repo, ada):
    scan(commit_files(repo, {"README.md": CARD}, by=ada))
    Blob.objects.update(ruleset="older")
    Revision.objects.update(context_ruleset="older")

    queue_missing()
    run_jobs("scan_blob", "judge_revision")

    assert set(Blob.objects.values_list("ruleset", flat=True)) == {ruleset_version()}


def test_the_child_gives_its_rights_up_before_it_looks(repo, ada):
    scan(commit_files(repo, {"README.md": CARD}, by=ada))

    isolation = ContentScan.objects.get(blob__size=len(CARD)).isolation

    assert isolation["limits"] == "held"
    assert isolation["no_new_privileges"] == "held"
