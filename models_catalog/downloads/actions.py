"""The only way to bytes. Every door calls ``open_file`` or ``open_all``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.authz.policy import Right
from accounts.users.models import User
from hub.core.actor import Actor
from hub.core.attempts import attempting, remembers_attempts
from hub.core.errors import Blocked, Invalid, NotFound
from hub.core.events import emit
from models_catalog.downloads.access import require_fetch, standing
from models_catalog.downloads.events import HeldFileFetched
from models_catalog.downloads.models import DailyDownloads, Downloader
from models_catalog.repos.attempts import attempt_if, attempt_on
from models_catalog.repos.models import Repo
from models_catalog.revisions.models import Revision
from models_catalog.revisions.queries import file_of
from models_catalog.revisions.trees import FileEntry
from models_catalog.revisions.verdicts import PathReport, path_verdicts
from models_catalog.storage.models import Blob, Verdict
from models_catalog.versions.models import Version
from models_catalog.versions.queries import get_revision, is_revision_kept

DAY = 24 * 60 * 60  # seconds


@dataclass(frozen=True, slots=True)
class OpenedFile:
    """A file whose three questions have been answered with yes."""

    repo: Repo
    revision: Revision
    entry: FileEntry
    blob: Blob
    report: PathReport

    @property
    def etag(self) -> str:
        """What identifies the bytes over HTTP: as git names a small file, the SHA-256 of a large one."""
        return self.entry.sha256 if self.entry.is_lfs else self.entry.sha1


@remembers_attempts
def open_file(
    repo: Repo, revision: str, path: str, *, actor: Actor, purpose: str = ""
) -> OpenedFile:
    """The file at ``path`` of a revision's name. Raises as ``get_revision``, ``file_of`` and ``require_fetch``.

    ``purpose`` is what somebody of the security role writes to get at a held file; that is recorded.
    """
    found = _revision(repo, revision, actor=actor)
    entry = file_of(found, path)
    blob = Blob.objects.get(pk=entry.blob_id)
    report = _as_of(blob, path_verdicts(found, {path: entry})[path])
    how = standing(repo, found, actor=actor)
    with attempting(attempt_on(repo, f"file {path}", actor=actor), refusals=(Blocked,)):
        require_fetch(report, how, actor=actor, purpose=purpose)
    if (
        purpose
        and Right.SECURITY in how.rights
        and (how.withdrawal or report.recall or report.verdict == Verdict.DANGEROUS)
    ):
        _record_examination(repo, report, purpose, actor=actor)
    return OpenedFile(repo=repo, revision=found, entry=entry, blob=blob, report=report)


def _revision(repo: Repo, name: str, *, actor: Actor) -> Revision:
    """The revision by its door. That somebody known asks for one that is not released yet is an attempt.

    Of strangers nothing is recorded: the time it takes would tell them that there is something.
    """
    is_secret = actor.is_person and repo.is_protected
    tried = attempt_if(repo, f"revision {name[:100]}", is_protected=is_secret, actor=actor)
    try:
        return get_revision(repo, name, actor=actor)
    except NotFound:
        if tried is None or not is_revision_kept(repo, name):
            raise
        with attempting(tried, refusals=(NotFound,)):
            raise


def _as_of(blob: Blob, report: PathReport) -> PathReport:
    """The report with what ``blob`` said when its place was read: verdict and place must be of one moment.

    Otherwise bytes that are being quarantined would be judged before and fetched after they moved.
    """
    return replace(report, content=Verdict(blob.verdict), ruleset=blob.ruleset, recall=blob.recall)


@transaction.atomic
def _record_examination(repo: Repo, report: PathReport, purpose: str, *, actor: Actor) -> None:
    emit(
        HeldFileFetched(
            actor=actor,
            repo=repo,
            path=report.path,
            sha256=report.entry.sha256,
            verdict=report.verdict,
            reason=purpose.strip()[:2000],
        )
    )


@remembers_attempts
def open_all(repo: Repo, revision: str, *, actor: Actor) -> tuple[Revision, Sequence[OpenedFile]]:
    """Every file of a revision, or a refusal that names the first file which may not be handed out."""
    found = _revision(repo, revision, actor=actor)
    reports = path_verdicts(found)
    if not reports:
        raise Invalid(_("This revision has no files."))
    how = standing(repo, found, actor=actor)
    ids = sorted({report.entry.blob_id for report in reports.values()})
    blobs: dict[int, Blob] = {}
    for start in range(0, len(ids), 500):
        blobs.update(Blob.objects.in_bulk(ids[start : start + 500]))
    opened = []
    for each in reports.values():
        blob = blobs[each.entry.blob_id]
        report = _as_of(blob, each)
        with attempting(attempt_on(repo, f"file {each.path}", actor=actor), refusals=(Blocked,)):
            require_fetch(report, how, actor=actor)
        opened.append(
            OpenedFile(repo=repo, revision=found, entry=each.entry, blob=blob, report=report)
        )
    return found, opened


def count_download(repo: Repo, revision: Revision | None = None, *, actor: Actor) -> None:
    """Add one to today's count (UTC), and keep who has the version, so that they can be told when it is taken back."""
    if revision is not None and actor.user is not None:
        _remember(repo, revision, actor.user)
    today = timezone.now().date()
    counted = DailyDownloads.objects.filter(repo=repo, day=today)
    if counted.update(count=F("count") + 1):
        return
    try:
        with transaction.atomic():
            DailyDownloads.objects.create(repo=repo, day=today, count=1)
    except IntegrityError:
        counted.update(count=F("count") + 1)


def _remember(repo: Repo, revision: Revision, user: User) -> None:
    """Write down that somebody has this: at most once per person, version and day.

    The cache is asked first, so that the thousand files of a model cost one look at the database, not a thousand.
    """
    today = timezone.now().date()
    if not cache.add(f"downloader:{user.pk}:{revision.pk}:{today}", 1, DAY):
        return
    version = Version.objects.filter(repo=repo, revision=revision).order_by("-number").first()
    known = Downloader.objects.filter(repo=repo, user=user, version=version)
    last = known.values_list("last_at", flat=True).first()
    if last is None:
        row = Downloader(repo=repo, user=user, version=version, last_at=today)
        Downloader.objects.bulk_create([row], ignore_conflicts=True)
    elif last < today:
        known.update(last_at=today)
