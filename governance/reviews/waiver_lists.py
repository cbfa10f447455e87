"""Lists of waivers, in force and past: of one model, or of all models of an organisation. For insiders."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db.models import QuerySet
from django.utils import timezone

from accounts.authz.policy import Right
from accounts.namespaces.models import Namespace
from accounts.orgs.models import Organization
from accounts.orgs.queries import organization_rights
from accounts.users.models import User
from governance.policies.catalogue import RULES_BY_ID
from governance.reviews.requests.models import CheckWaiver
from governance.scanning.models import Waiver
from hub.core.actor import Actor
from hub.core.errors import NotFound
from hub.core.pagination import Page, page_of
from models_catalog.changes.models import Discussion
from models_catalog.repos.models import Repo
from models_catalog.revisions.models import Occurrence
from models_catalog.versions.queries import may_see_unreleased

Rows = QuerySet[CheckWaiver] | QuerySet[Waiver]
IN_FORCE, PAST = ("expires_at", "id"), ("-expires_at", "-id")
NEIGHBOURS = ("repo__namespace", "given_by", "discussion")


class Of(StrEnum):
    """What is answered for: rules that a set of files does not meet, or single files that scanning does not clear."""

    RULES = "rules"
    FILES = "files"


@dataclass(frozen=True, slots=True)
class Given:
    """One waiver: for which rule or file of a model, who gave it, where and why, and how long it holds.

    ``digest`` is what it binds to: the digest of all files for a rule, the SHA-256 of the bytes for a file. A file has
    a ``path``, as far as the model has it still, and the ``verdict`` that it was let through with.
    """

    id: int
    repo: Repo
    of: Of
    digest: str
    reason: str
    given_by: User
    given_at: datetime
    expires_at: datetime
    thread: Discussion | None
    rule: str = ""
    path: str = ""
    verdict: str = ""

    @property
    def title(self) -> str:
        """The rule in words, or the file."""
        if self.of == Of.FILES:
            return self.path or self.digest[:12]
        kind = RULES_BY_ID.get(self.rule)
        return str(kind.name) if kind else self.rule

    @property
    def is_in_force(self) -> bool:
        """Whether it still holds."""
        return self.expires_at > timezone.now()


@dataclass(frozen=True, slots=True)
class GivenPage:
    """One page of waivers with the cursors of its neighbours."""

    rows: Sequence[Given]
    next_cursor: str | None
    previous_cursor: str | None


@dataclass(frozen=True, slots=True)
class WaiverLists:
    """The waivers that one page or address lists, of models that the actor may see from inside."""

    repos: QuerySet[Repo]

    def page(
        self, of: Of, *, is_past: bool = False, cursor: str | None = None, size: int = 30
    ) -> GivenPage:
        """Those in force, the first to end first; or those that have ended, the last to end first."""
        rows, keys = self._rows(of, is_past=is_past), PAST if is_past else IN_FORCE
        if of == Of.FILES:
            files: Page[Waiver] = page_of(rows, keys=keys, cursor=cursor, size=size)  # type: ignore[arg-type]
            return GivenPage(_files(files.rows), files.next_cursor, files.previous_cursor)
        rules: Page[CheckWaiver] = page_of(rows, keys=keys, cursor=cursor, size=size)  # type: ignore[arg-type]
        return GivenPage(
            [_rule(each) for each in rules.rows], rules.next_cursor, rules.previous_cursor
        )

    def count(self, of: Of, *, is_past: bool, most: int) -> int:
        """How many there are, counted to ``most``."""
        return self._rows(of, is_past=is_past).order_by()[:most].count()

    def _rows(self, of: Of, *, is_past: bool) -> Rows:
        now = timezone.now()
        ends = {"expires_at__lte": now} if is_past else {"expires_at__gt": now}
        within = self.repos.values("pk")
        if of == Of.FILES:
            files = Waiver.objects.filter(repo__in=within, **ends)
            return files.select_related("blob", *NEIGHBOURS)
        return CheckWaiver.objects.filter(repo__in=within, **ends).select_related(*NEIGHBOURS)


def waivers_in(organization: Organization, *, actor: Actor) -> WaiverLists:
    """Of all models of an organisation that are there. Raises ``NotFound`` for all but its insiders."""
    if Right.SEE_UNRELEASED not in organization_rights(organization, actor=actor):
        raise NotFound
    namespace: Namespace = organization.namespace
    return WaiverLists(Repo.objects.opened_to(actor).filter(namespace=namespace))


def waivers_on(repo: Repo, *, actor: Actor) -> WaiverLists:
    """Of one model. Raises ``NotFound`` for who does not see what waits in it; callers got it by its door."""
    if not may_see_unreleased(repo, actor=actor):
        raise NotFound
    return WaiverLists(Repo.objects.filter(pk=repo.pk))


def _rule(waiver: CheckWaiver) -> Given:
    return Given(
        id=waiver.pk,
        repo=waiver.repo,
        of=Of.RULES,
        digest=waiver.manifest_digest,
        reason=waiver.reason,
        given_by=waiver.given_by,
        given_at=waiver.given_at,
        expires_at=waiver.expires_at,
        thread=waiver.discussion,
        rule=waiver.rule,
    )


def _files(waivers: Sequence[Waiver]) -> list[Given]:
    places = Occurrence.objects.filter(
        blob__in={waiver.blob_id for waiver in waivers},
        repo__in={waiver.repo_id for waiver in waivers},
    )
    paths = {
        (repo, blob): path
        for repo, blob, path in places.order_by("-pk").values_list("repo", "blob", "path")
    }
    return [
        Given(
            id=waiver.pk,
            repo=waiver.repo,
            of=Of.FILES,
            digest=waiver.blob.sha256,
            reason=waiver.reason,
            given_by=waiver.given_by,
            given_at=waiver.given_at,
            expires_at=waiver.expires_at,
            thread=waiver.discussion,
            path=paths.get((waiver.repo_id, waiver.blob_id), ""),
            verdict=waiver.verdict,
        )
        for waiver in waivers
    ]
