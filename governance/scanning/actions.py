"""Asking for scans, carrying them out in the isolated child, and writing down what they say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import structlog
from django.db import transaction
from django.utils import timezone

from governance.scanning.engine import ruleset_version
from governance.scanning.engine.context import Entry, judge
from governance.scanning.events import RevisionScanned
from governance.scanning.models import ContentScan, ContextScan
from governance.scanning.rulesets import adopt_ruleset, is_overtaken
from governance.scanning.sandbox import scan_file
from hub.core.actor import SYSTEM
from hub.core.events import emit
from hub.core.jobs.actions import NotYet, bring_forward, request_job, request_jobs
from models_catalog.repos.models import Repo
from models_catalog.revisions.models import Occurrence, PathVerdict, Revision
from models_catalog.revisions.queries import files_of
from models_catalog.revisions.trees import FileEntry
from models_catalog.revisions.verdicts import path_verdicts, worst_of
from models_catalog.storage.actions import record_verdict
from models_catalog.storage.models import Blob, Verdict
from models_catalog.storage.queries import local_path

log = structlog.get_logger(__name__)

SCAN, SCAN_ALL, JUDGE = "scan_blob", "scan_all_blobs", "judge_revision"
QUEUE = "scan"
FEW = 100  # files; jobs that one transaction asks for
WAIT_SECONDS = 5


def request_scans(revision: Revision) -> None:
    """Put on the ledger what the current ruleset has not said yet about a revision: its blobs, then its paths.

    A large revision's blobs are put there by a job of their own, so that the commit does not hold up other writers.
    """
    ruleset = ruleset_version()
    if revision.file_count > FEW:
        key = f"scans:{revision.pk}:{ruleset}"
        request_job(SCAN_ALL, key=key, payload={"revision": revision.pk}, queue=QUEUE)
    else:
        _request_missing(revision, ruleset)
    request_judgement(revision, ruleset=ruleset)


def request_all_scans(payload: Mapping[str, Any]) -> str:
    """Ledger job: ask for the scans of a large revision's blobs, some at a time."""
    revision = Revision.objects.filter(pk=payload["revision"]).first()
    if revision is None:
        return "The revision is gone."
    return f"{_request_missing(revision, ruleset_version())} scans asked for"


def _request_missing(revision: Revision, ruleset: str) -> int:
    missing = _unscanned({entry.blob_id for entry in files_of(revision).values()}, ruleset)
    for start in range(0, len(missing), FEW):
        some = missing[start : start + FEW]
        with transaction.atomic():
            wanted = {_scan_key(sha256, ruleset): {"sha256": sha256} for sha256 in some}
            request_jobs(SCAN, wanted, queue=QUEUE)
    return len(missing)


def request_scan(sha256: str, *, ruleset: str, again: bool = False) -> None:
    """Put the scan of one blob on the ledger."""
    payload = {"sha256": sha256}
    key = _scan_key(sha256, ruleset)
    request_job(SCAN, key=key, payload=payload, queue=QUEUE, again=again)


def _scan_key(sha256: str, ruleset: str) -> str:
    return f"scan:{sha256}:{ruleset}"


def request_judgement(revision: Revision, *, ruleset: str, again: bool = False) -> None:
    """Put the context verdicts of one revision on the ledger."""
    payload = {"revision": revision.pk, "repo": revision.repo_id}
    key = f"context:{revision.pk}:{ruleset}"
    request_job(JUDGE, key=key, payload=payload, queue=QUEUE, again=again)


def _unscanned(blob_ids: Iterable[int], ruleset: str) -> list[str]:
    ids = sorted(blob_ids)
    found: list[str] = []
    for start in range(0, len(ids), 500):
        some = Blob.objects.filter(pk__in=ids[start : start + 500]).exclude(ruleset=ruleset)
        found.extend(some.order_by("size").values_list("sha256", flat=True))
    return found


def scan_blob(payload: Mapping[str, Any]) -> str:
    """Ledger job: scan one blob's bytes. Run again, it finds the answer there and changes nothing."""
    adopt_ruleset()
    ruleset = ruleset_version()
    blob = Blob.objects.filter(sha256=payload["sha256"]).first()
    if blob is None:
        return "The blob is gone."
    scan = ContentScan.objects.filter(blob=blob, ruleset=ruleset).first()
    if scan is None:
        path = local_path(blob)
        if path is None:
            raise FileNotFoundError(f"no local bytes for {blob.sha256}")
        outcome = scan_file(path, sha256=blob.sha256)
        report = outcome.report
        scan = ContentScan(
            blob=blob,
            ruleset=ruleset,
            verdict=report.verdict.value,
            formats=list(report.formats),
            findings=[finding.as_json() for finding in report.findings],
            imports=[found.as_json() for found in report.imports],
            facts={key: list(v) if isinstance(v, tuple) else v for key, v in report.facts.items()},
            isolation=dict(outcome.isolation),
            seconds=outcome.seconds,
            finished_at=timezone.now(),
        )
    _record(blob, scan)
    return str(scan.verdict)


def give_up_on_blob(payload: Mapping[str, Any], reason: str) -> None:
    """After the last attempt: the verdict is ``error``, never silence."""
    blob = Blob.objects.filter(sha256=payload["sha256"]).first()
    if blob is None:
        return
    finding: dict[str, Any] = {
        "rule": "SCAN-001",
        "severity": "high",
        "verdict": "error",
        "title": "The scan could not be finished",
        "detail": f"Three attempts failed. The last one said: {reason[:300]}",
        "where": "",
        "offset": None,
        "evidence": [],
        "advice": "Tell the operator of the hub. The file stays held back until a scan succeeds.",
    }
    scan = ContentScan(
        blob=blob,
        ruleset=ruleset_version(),
        verdict=Verdict.ERROR,
        findings=[finding],
        seconds=0,
        finished_at=timezone.now(),
    )
    _record(blob, scan)


def _record(blob: Blob, scan: ContentScan) -> None:
    """Keep the report; its verdict is the blob's unless a newer ruleset has spoken meanwhile."""
    with transaction.atomic():
        ContentScan.objects.bulk_create([scan], ignore_conflicts=True)
        known = Blob.objects.select_for_update(no_key=True).get(pk=blob.pk).ruleset
        if is_overtaken(scan.ruleset, by=known):
            log.info("scan_overtaken", blob_id=blob.pk, ruleset=scan.ruleset, by=known)
            return
        record_verdict(blob, verdict=Verdict(scan.verdict), ruleset=scan.ruleset, actor=SYSTEM)
        _hurry_judgements(blob, scan.ruleset)
    log.info("blob_scanned", blob_id=blob.pk, verdict=scan.verdict, seconds=round(scan.seconds, 3))


def _hurry_judgements(blob: Blob, ruleset: str) -> None:
    """Wake the judgements of repos whose last unscanned blob this was, rather than let them wait for the sweeper."""
    repos = Occurrence.objects.filter(blob=blob).values_list("repo_id", flat=True).distinct()[:100]
    for repo_id in repos:
        if not Occurrence.objects.filter(repo_id=repo_id).exclude(blob__ruleset=ruleset).exists():
            bring_forward(JUDGE, payload__repo=repo_id)


def judge_revision(payload: Mapping[str, Any]) -> str:
    """Ledger job: judge the paths of one revision once all of its blobs have been scanned."""
    ruleset = ruleset_version()
    revision = (
        Revision.objects.select_related("repo__namespace").filter(pk=payload["revision"]).first()
    )
    if revision is None:
        return "The revision is gone."
    files = files_of(revision)
    if _unscanned({entry.blob_id for entry in files.values()}, ruleset):
        raise NotYet(WAIT_SECONDS)
    judgements = judge(_entries(files, ruleset))
    bad = {path: j for path, j in judgements.items() if j.verdict.value != Verdict.SAFE}
    findings = {
        path: [finding.as_json() for finding in j.findings]
        for path, j in judgements.items()
        if j.findings
    }
    with transaction.atomic():
        ContextScan.objects.update_or_create(
            revision=revision,
            ruleset=ruleset,
            defaults={"findings": findings, "finished_at": timezone.now()},
        )
        known = Revision.objects.select_for_update(no_key=True).only("context_ruleset")
        if is_overtaken(ruleset, by=known.get(pk=revision.pk).context_ruleset):
            return "A newer ruleset has judged it."
        PathVerdict.objects.filter(revision=revision).delete()
        PathVerdict.objects.bulk_create(
            [
                PathVerdict(revision=revision, path=path, verdict=j.verdict.value)
                for path, j in bad.items()
            ]
        )
        if revision.context_ruleset != ruleset:
            revision.context_ruleset = ruleset
            revision.save(update_fields=["context_ruleset"])
            _announce(revision, revision.repo, files, ruleset)
    return f"{len(bad)} of {len(files)} paths are not safe"


def _announce(revision: Revision, repo: Repo, files: Mapping[str, FileEntry], ruleset: str) -> None:
    verdict = worst_of(path_verdicts(revision, files).values())
    emit(
        RevisionScanned(
            actor=SYSTEM,
            repo=repo,
            revision=revision,
            sha1=revision.sha1,
            verdict=verdict,
            ruleset=ruleset,
            file_count=len(files),
        )
    )


def _entries(files: Mapping[str, FileEntry], ruleset: str) -> list[Entry]:
    ids = sorted({entry.blob_id for entry in files.values()})
    scans: dict[int, tuple[list[str], dict[str, Any]]] = {}
    for start in range(0, len(ids), 500):
        rows = ContentScan.objects.filter(blob_id__in=ids[start : start + 500], ruleset=ruleset)
        scans.update(
            (blob, (formats, facts))
            for blob, formats, facts in rows.values_list("blob_id", "formats", "facts")
        )
    return [
        Entry(
            path=path,
            size=entry.size,
            formats=tuple(scans[entry.blob_id][0]),
            facts={
                k: tuple(v) if isinstance(v, list) else v
                for k, v in scans[entry.blob_id][1].items()
            },
        )
        for path, entry in files.items()
    ]


def queue_missing(limit: int = 200) -> int:
    """Ask for what the current ruleset has not judged: blobs in use, newest first, then heads and released revisions.

    This is how a new ruleset reaches old blobs, and how a scan that was lost in spite of the ledger comes back. A process
    of an older release asks for nothing while a newer one is at work.
    """
    if not adopt_ruleset():
        return 0
    ruleset = ruleset_version()
    blobs = Blob.objects.exclude(ruleset=ruleset).filter(occurrences__isnull=False).distinct()
    asked = 0
    for sha256 in blobs.order_by("-pk").values_list("sha256", flat=True)[:limit]:
        request_scan(sha256, ruleset=ruleset, again=True)
        asked += 1
    named = Revision.objects.exclude(context_ruleset=ruleset).filter(refs__isnull=False).distinct()
    released = (
        Revision.objects.exclude(context_ruleset=ruleset).filter(versions__isnull=False).distinct()
    )
    for revision in {*named.order_by("-pk")[:limit], *released.order_by("-pk")[:limit]}:
        request_judgement(revision, ruleset=ruleset, again=True)
        asked += 1
    return asked
