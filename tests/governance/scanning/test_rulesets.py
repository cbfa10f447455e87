"""Two releases of the hub side by side: what the older one says last must not count."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from governance.scanning.actions import judge_revision, queue_missing, scan_blob
from governance.scanning.engine import ruleset_version
from governance.scanning.models import ContextScan, Ruleset
from governance.scanning.queries import report_of
from governance.scanning.rulesets import SILENCE, adopt_ruleset, is_overtaken
from hub.core.actor import SYSTEM
from hub.core.jobs.models import Job
from models_catalog.revisions.models import Revision
from models_catalog.storage.actions import record_verdict
from models_catalog.storage.models import Blob, Verdict
from tests.factories.jobs import run_jobs
from tests.factories.models import commit_files, make_repo
from tests.factories.people import make_user

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.data]

NEWER = "0123456789ab"


@pytest.fixture
def revision():
    """A revision that the release under test has scanned and judged."""
    ada = make_user("ada")
    made = commit_files(make_repo("mine", owner=ada), {"config.json": b"{}"}, by=ada)
    run_jobs("scan_blob", "judge_revision")
    made.refresh_from_db()
    return made


def newer_release(*, last_used_at=None):
    """Another process of this hub that scans with newer rules."""
    now = timezone.now()
    return Ruleset.objects.create(
        version=NEWER, in_force_since=now, last_used_at=last_used_at or now
    )


def blob_of(path: str, revision: Revision) -> Blob:
    report = next(f for f in report_of(revision).files if f.path == path)
    return Blob.objects.get(pk=report.report.entry.blob_id)


def test_a_scan_remembers_since_when_its_rules_are_in_force(revision):
    assert Ruleset.objects.get().version == ruleset_version()
    assert adopt_ruleset()


def test_a_verdict_of_older_rules_never_replaces_one_of_newer_rules(revision):
    newer_release()
    blob = blob_of("config.json", revision)
    record_verdict(blob, verdict=Verdict.DANGEROUS, ruleset=NEWER, actor=SYSTEM)

    scan_blob({"sha256": blob.sha256})

    blob.refresh_from_db()
    assert (blob.verdict, blob.ruleset) == (Verdict.DANGEROUS, NEWER)


def test_a_verdict_of_newer_rules_replaces_one_of_older_rules(revision):
    now = timezone.now()
    Ruleset.objects.create(
        version="older", in_force_since=now - timedelta(days=9), last_used_at=now
    )
    blob = blob_of("config.json", revision)
    Blob.objects.filter(pk=blob.pk).update(ruleset="older", verdict=Verdict.SUSPICIOUS)

    scan_blob({"sha256": blob.sha256})

    blob.refresh_from_db()
    assert (blob.verdict, blob.ruleset) == (Verdict.SAFE, ruleset_version())


def test_a_judgement_by_older_rules_never_replaces_one_by_newer_rules(revision):
    newer_release()
    Revision.objects.filter(pk=revision.pk).update(context_ruleset=NEWER)
    ContextScan.objects.filter(revision=revision).delete()

    said = judge_revision({"revision": revision.pk})

    revision.refresh_from_db()
    assert said == "A newer ruleset has judged it."
    assert revision.context_ruleset == NEWER


def test_an_older_release_asks_for_no_scans_while_a_newer_one_is_at_work(revision):
    newer_release()
    Blob.objects.update(ruleset=NEWER)
    Job.objects.all().delete()

    assert queue_missing() == 0
    assert not Job.objects.exists()


def test_after_going_back_to_an_older_release_its_rules_come_into_force_again(revision):
    newer_release(last_used_at=timezone.now() - 2 * SILENCE)
    Blob.objects.update(ruleset=NEWER)

    assert queue_missing() > 0
    assert not is_overtaken(ruleset_version(), by=NEWER)


def test_rules_that_nobody_remembers_overtake_nothing():
    adopt_ruleset()

    assert not is_overtaken(ruleset_version(), by="forgotten")
    assert not is_overtaken(ruleset_version(), by="")


def test_a_report_shows_the_scan_that_its_verdict_comes_from(revision):
    newer_release()
    blob = blob_of("config.json", revision)
    scan = blob.scans.get()
    blob.scans.create(ruleset=NEWER, verdict=Verdict.SAFE, seconds=1, finished_at=scan.finished_at)

    shown = next(f for f in report_of(revision).files if f.path == "config.json")

    assert shown.scan == scan
