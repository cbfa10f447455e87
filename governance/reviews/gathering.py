"""Everything that decides about a change, gathered for one or many of them in the same number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils import timezone

from governance.checks.gathering import facts_of_revisions
from governance.policies.effective import EffectivePolicy, effective_policies
from governance.policies.facts import Facts, FileFact, Voice, WaiverFact
from governance.policies.models import Policy
from governance.policies.outcomes import CheckOutcome
from governance.policies.rules import evaluate
from governance.reviews.models import Decision, DecisionKind
from governance.reviews.people import Bench, bench_of, deciding_rights
from governance.scanning.models import Waiver
from models_catalog.changes.models import Change, Comment
from models_catalog.changes.queries import PUSHES
from models_catalog.revisions.actions import MAIN
from models_catalog.revisions.models import Ref
from models_catalog.revisions.verdict_listings import reports_of
from models_catalog.revisions.verdicts import PathReport, path_verdicts
from models_catalog.storage.models import RANK

BATCH = 500
Reports = Mapping[str, PathReport]


@dataclass(frozen=True, slots=True)
class ChangeReview:
    """Where a change stands: its checks in order, the decisions that stand, and those that count as approvals."""

    change: Change
    effective: EffectivePolicy
    bench: Bench
    decisions: Sequence[Decision]
    counting: Sequence[Decision]
    reports: Reports
    facts: Facts
    checks: Sequence[CheckOutcome]

    @property
    def policy(self) -> Policy:
        """The policy of the namespace; what else is asked for is in ``effective``."""
        return self.effective.policy

    @property
    def blocking(self) -> list[CheckOutcome]:
        """The checks that keep it from being merged."""
        return [check for check in self.checks if check.is_blocking]


@dataclass(frozen=True, slots=True)
class Standing:
    """The people's side of a change: who may decide, what stands, what counts."""

    effective: EffectivePolicy
    bench: Bench
    decisions: Sequence[Decision]
    counting: Sequence[Decision]


def review_of(change: Change) -> ChangeReview:
    """Where one change stands at this moment; it should carry its discussion, repo, namespace and head."""
    return _assembled([change], {change.head_id: path_verdicts(change.head)})[change.pk]


def reviews_of(changes: Sequence[Change]) -> dict[int, ChangeReview]:
    """Where some changes stand, by their ids. Callers bound how many files their heads have."""
    return _assembled(changes, reports_of([change.head for change in changes]))


def standings_of(changes: Sequence[Change]) -> dict[int, Standing]:
    """Policy, bench and decisions of some changes, by their ids; nothing about files."""
    policies = effective_policies(change.repo for change in changes)
    rights = deciding_rights(change.repo for change in changes)
    makers = _makers(changes)
    decisions = _decisions(changes)
    found = {}
    for change in changes:
        effective = policies[change.repo.pk]
        count, security = effective.approvals_needed
        bench = bench_of(
            rights[change.repo.pk], makers[change.pk], needed=count, needed_security=security
        )
        stand = decisions[change.pk]
        counting = [d for d in stand if counts(d, change=change, effective=effective, bench=bench)]
        found[change.pk] = Standing(effective, bench, stand, counting)
    return found


def counts(decision: Decision, *, change: Change, effective: EffectivePolicy, bench: Bench) -> bool:
    """Whether a standing decision is an approval of exactly this head, under these rules, by somebody who may."""
    return (
        decision.kind == DecisionKind.APPROVE
        and decision.revision_id == change.head_id
        and decision.manifest_digest == change.head.manifest_digest
        and decision.policy_id == effective.policy.pk
        and decision.rules_digest == effective.digest
        and bench.seats(decision.reviewer)
    )


def _assembled(
    changes: Sequence[Change], reports: Mapping[int, Reports]
) -> dict[int, ChangeReview]:
    standings = standings_of(changes)
    blobs = {r.entry.blob_id for found in reports.values() for r in found.values()}
    known = facts_of_revisions([change.head for change in changes], reports=reports)
    waivers = _waivers(changes, blobs)
    mains = _mains(changes)
    found = {}
    for change in changes:
        standing, files = standings[change.pk], reports[change.head_id]
        given = [w for w in waivers[change.repo.pk] if w.given_by_id not in standing.bench.makers]
        about = known[change.head_id]
        facts = Facts.about(
            replace(
                about, files=[_answered(file, files[file.path], given) for file in about.files]
            ),
            approvals=[_voice(decision, standing.bench) for decision in standing.counting],
            objections=[
                _voice(decision, standing.bench)
                for decision in standing.decisions
                if decision.kind != DecisionKind.APPROVE
            ],
            is_behind=mains.get(change.repo.pk) != change.base_id,
            opened_at=change.discussion.created_at,
        )
        found[change.pk] = ChangeReview(
            change=change,
            effective=standing.effective,
            bench=standing.bench,
            decisions=standing.decisions,
            counting=standing.counting,
            reports=files,
            facts=facts,
            checks=evaluate(standing.effective.rules, facts),
        )
    return found


def _voice(decision: Decision, bench: Bench) -> Voice:
    person = decision.reviewer
    as_security = decision.as_security and bench.seats_for_security(person)
    return Voice(person.name, as_security, decision.reason, person.pk)


def _answered(file: FileFact, report: PathReport, waivers: Sequence[Waiver]) -> FileFact:
    """The file with the first of the waivers that speaks of it."""
    waiver = next((w for w in waivers if covers(w, report)), None)
    if waiver is None:
        return file
    said = WaiverFact(waiver.given_by.name, waiver.expires_at, waiver.reason)
    return replace(file, waiver=said)


def covers(waiver: Waiver, report: PathReport) -> bool:
    """Whether a waiver speaks of exactly these bytes under this ruleset, and of nothing better than what they are."""
    return (
        waiver.blob_id == report.entry.blob_id
        and waiver.ruleset == report.ruleset
        and RANK[report.verdict] <= RANK[waiver.verdict]  # type: ignore[index]
    )


def _decisions(changes: Sequence[Change]) -> Mapping[int, list[Decision]]:
    found: Mapping[int, list[Decision]] = defaultdict(list)
    stand = Decision.objects.filter(change__in=changes, voided_at=None).order_by("pk")
    for decision in stand.select_related("reviewer", "policy"):
        found[decision.change_id].append(decision)
    return found


def _makers(changes: Sequence[Change]) -> dict[int, frozenset[int]]:
    """Who pushed to each change: nobody of them counts as its reviewer."""
    threads = [change.discussion_id for change in changes]
    pushed: Mapping[int, set[int]] = defaultdict(set)
    rows = Comment.objects.filter(discussion__in=threads, kind__in=PUSHES).exclude(author=None)
    for thread, author in rows.values_list("discussion_id", "author_id"):
        if author is not None:
            pushed[thread].add(author)
    return {change.pk: frozenset(pushed[change.discussion_id]) for change in changes}


def _waivers(changes: Sequence[Change], blobs: set[int]) -> Mapping[int, list[Waiver]]:
    """Waivers in force by repo."""
    found: Mapping[int, list[Waiver]] = defaultdict(list)
    repos = {change.repo.pk for change in changes}
    for some in _batches(blobs):
        rows = Waiver.objects.filter(
            repo_id__in=repos, blob_id__in=some, expires_at__gt=timezone.now()
        )
        for waiver in rows.select_related("given_by"):
            found[waiver.repo_id].append(waiver)
    return found


def _mains(changes: Sequence[Change]) -> dict[int, int]:
    """Where ``main`` stands, by repo."""
    repos = {change.repo.pk for change in changes}
    rows = Ref.objects.filter(repo_id__in=repos, name=MAIN).values_list("repo_id", "revision_id")
    return dict(rows)


def _batches(ids: set[int]) -> Iterable[list[int]]:
    ordered = sorted(ids)
    for start in range(0, len(ordered), BATCH):
        yield ordered[start : start + BATCH]
