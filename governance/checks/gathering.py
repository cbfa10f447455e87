"""Everything that rules judge about revisions, gathered for one or hundreds of them in the same number of queries."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from django.db.models import F, OuterRef, Subquery
from django.utils import timezone

from governance.checks.queries import report_facts
from governance.policies.facts import CardFact, FileFact, ReleasedFact, RevisionFacts
from governance.scanning.engine import ruleset_version
from governance.scanning.models import ContentScan
from hub.core.many_keys import with_ids
from models_catalog.cards.models import README, Card
from models_catalog.cards.render import RENDERER
from models_catalog.repos.models import Repo
from models_catalog.revisions.models import Revision
from models_catalog.revisions.verdict_listings import reports_of
from models_catalog.revisions.verdicts import PathReport
from models_catalog.storage.models import Verdict
from models_catalog.versions.models import Version, VersionState

CARD_ALONE = frozenset({README})

Reports = Mapping[str, PathReport]
Formats = Mapping[int, tuple[str, ...]]


def facts_of_revisions(
    revisions: Sequence[Revision], *, reports: Mapping[int, Reports] | None = None
) -> dict[int, RevisionFacts]:
    """What rules judge about each of the revisions, by their ids; nothing about people.

    A batch of up to 500 takes as many queries as one, and one more for each level of folders. Callers may know the
    ``reports`` of the files already, and bound how many files that makes.
    """
    if reports is None:
        reports = reports_of(revisions)
    newest = _newest_versions({revision.repo_id for revision in revisions})
    before = _released_cards(newest.values(), reports)
    cards = _cards({*_readmes(reports).values(), *before.values()})
    formats = _formats({r.entry.blob_id for found in reports.values() for r in found.values()})
    names = _names({revision.repo_id for revision in revisions})
    external = report_facts(revision.pk for revision in revisions)
    now, ruleset = timezone.now(), ruleset_version()
    found = {}
    for revision in revisions:
        files = reports[revision.pk]
        readme = files.get(README)
        card = cards.get(readme.entry.blob_id) if readme else None
        version = newest.get(revision.repo_id)
        found[revision.pk] = RevisionFacts(
            model=names[revision.repo_id],
            files=[_file(report, revision, formats, ruleset) for report in files.values()],
            card=card,
            is_card_read=readme is None or card is not None,
            released=_released(version, cards, before) if version else None,
            reports=external.get(revision.pk, {}),
            now=now,
        )
    return found


def current_verdict(report: PathReport, revision: Revision, ruleset: str = "") -> Verdict:
    """The verdict under the ruleset in force: what an older one said does not count, unless it was *dangerous*."""
    verdict = report.verdict
    if verdict == Verdict.DANGEROUS:
        return verdict
    ruleset = ruleset or ruleset_version()
    is_current = report.ruleset == ruleset and revision.context_ruleset == ruleset
    return verdict if is_current else Verdict.PENDING


def _file(report: PathReport, revision: Revision, formats: Formats, ruleset: str) -> FileFact:
    return FileFact(
        path=report.path,
        size=report.entry.size,
        verdict=current_verdict(report, revision, ruleset),
        formats=formats.get(report.entry.blob_id),
    )


def _formats(blobs: set[int]) -> dict[int, tuple[str, ...]]:
    """What each blob was read as under the ruleset that its verdict was given under."""
    current = ContentScan.objects.filter(ruleset=F("blob__ruleset"))
    rows = with_ids(current, "blob_id", blobs).values_list("blob_id", "formats")
    return {blob: tuple(formats) for blob, formats in rows}


def _readmes(reports: Mapping[int, Reports]) -> dict[int, int]:
    """The blob of each revision's README.md."""
    return {pk: found[README].entry.blob_id for pk, found in reports.items() if README in found}


def _cards(blobs: Iterable[int]) -> dict[int, CardFact]:
    """What cards say, by their blobs; those not rendered yet are missing."""
    rows = with_ids(Card.objects.filter(renderer=RENDERER), "blob_id", blobs)
    return {
        blob: CardFact(title=title, facts=facts, headings=[text for _, _, text in contents])
        for blob, title, facts, contents in rows.values_list(
            "blob_id", "title", "facts", "contents"
        )
    }


def _newest_versions(repos: Collection[int]) -> dict[int, Version]:
    """The newest released version of each repo."""
    released = Version.objects.filter(state=VersionState.RELEASED)
    newest = released.filter(repo=OuterRef("repo")).order_by("-number").values("number")[:1]
    known = released.filter(number=Subquery(newest)).select_related("revision")
    rows = with_ids(known, "repo_id", repos)
    return {version.repo_id: version for version in rows}


def _released_cards(versions: Iterable[Version], reports: Mapping[int, Reports]) -> dict[int, int]:
    """The blob of the README.md of released versions, by their revisions."""
    revisions = [version.revision for version in versions if version.revision is not None]
    others = [revision for revision in revisions if revision.pk not in reports]
    known: dict[int, Reports] = {r.pk: reports[r.pk] for r in revisions if r.pk in reports}
    return _readmes(known | dict(reports_of(others, paths=CARD_ALONE)))


def _released(
    version: Version, cards: Mapping[int, CardFact], before: Mapping[int, int]
) -> ReleasedFact:
    assert version.released_at is not None
    blob = before.get(version.revision_id or 0)
    card = cards.get(blob) if blob else None
    return ReleasedFact(
        number=version.number,
        released_at=version.released_at,
        released_by=version.released_by_id,
        card=card,
        is_card_read=blob is None or card is not None,
    )


def _names(repos: Collection[int]) -> dict[int, str]:
    return dict(with_ids(Repo.objects.all(), "id", repos).values_list("pk", "name"))
