"""Everything that decides about a change or a request, gathered for one or many of them in the same number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.utils import timezone

from governance.checks.gathering import facts_of_revisions
from governance.policies.effective import EffectivePolicy, effective_policies
from governance.policies.facts import AnswerFact, Facts, FileFact, Voice, WaiverFact
from governance.policies.models import Policy
from governance.policies.outcomes import CheckOutcome
from governance.policies.rules import evaluate
from governance.reviews.binding import is_under
from governance.reviews.kinds import kind_asked
from governance.reviews.models import ChecklistAnswer, Decision, DecisionKind
from governance.reviews.parts import parts_of
from governance.reviews.people import Bench, bench_of, deciding_rights
from governance.reviews.requests.models import CheckWaiver
from governance.reviews.requirements import approvals_asked, rules_for
from governance.reviews.subjects import Subject, judges_files, kind_of, makers_of
from governance.scanning.models import Waiver
from models_catalog.changes.models import Change
from models_catalog.revisions.actions import MAIN
from models_catalog.revisions.models import Ref
from models_catalog.revisions.verdict_listings import reports_of
from models_catalog.revisions.verdicts import PathReport, path_verdicts
from models_catalog.storage.models import RANK

BATCH = 500
Reports = Mapping[str, PathReport]


@dataclass(frozen=True, slots=True)
class ChangeReview:
    """Where a change or request stands: its checks in order, the decisions that stand, and which count as approvals.

    ``kind`` is the kind of review, as policies name it.
    """

    subject: Subject
    kind: str
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
    def change(self) -> Change:
        """The subject of a review of a change."""
        assert isinstance(self.subject, Change)
        return self.subject

    @property
    def due_at(self) -> datetime:
        """Until when reviewers are asked to answer."""
        return self.subject.discussion.created_at + timedelta(days=self.days)

    @property
    def days(self) -> int:
        """How many days they have for it."""
        return self.effective.days_for(self.kind)

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


def review_of(subject: Subject) -> ChangeReview:
    """Where one change or request stands at this moment; it should carry its discussion, repo, namespace and head."""
    reports = path_verdicts(subject.head) if judges_files(subject) else {}
    return _assembled([subject], {subject.head_id: reports})[subject.pk]


def reviews_of(subjects: Sequence[Subject]) -> dict[int, ChangeReview]:
    """Where some changes, or some requests, stand, by their ids. Callers bound how many files their heads have."""
    reports = reports_of([subject.head for subject in subjects if judges_files(subject)])
    without: dict[int, Reports] = {subject.head_id: {} for subject in subjects}
    return _assembled(subjects, without | dict(reports))


def standings_of(
    subjects: Sequence[Subject], *, kinds: Mapping[int, str] | None = None
) -> dict[int, Standing]:
    """Policy, bench and decisions of some changes, or of some requests, by their ids; nothing about files.

    ``kinds`` are the kinds of review by subject, for those who read the cards.
    """
    known = kinds or {}
    policies = effective_policies(subject.repo for subject in subjects)
    rights = deciding_rights(subject.repo for subject in subjects)
    makers = makers_of(subjects)
    decisions = _decisions(subjects)
    found = {}
    for subject in subjects:
        effective = policies[subject.repo.pk]
        kind = known.get(subject.pk) or kind_of(subject)
        asked = approvals_asked(effective, subject, kind)
        bench = bench_of(
            rights[subject.repo.pk],
            makers[subject.pk],
            needed=asked.count,
            needed_security=asked.security,
        )
        stand = decisions[subject.discussion_id]
        counting = [
            d for d in stand if counts(d, subject=subject, effective=effective, bench=bench)
        ]
        found[subject.pk] = Standing(effective, bench, stand, counting)
    return found


def counts(
    decision: Decision, *, subject: Subject, effective: EffectivePolicy, bench: Bench
) -> bool:
    """Whether a standing decision is an approval of exactly this head, under these rules, by somebody who may."""
    return (
        decision.kind == DecisionKind.APPROVE
        and holds(decision, subject, effective)
        and bench.seats(decision.reviewer)
    )


def holds(said: Decision | ChecklistAnswer, subject: Subject, effective: EffectivePolicy) -> bool:
    """Whether what somebody said is about exactly this head, under exactly these rules."""
    return (
        said.revision_id == subject.head_id
        and said.manifest_digest == subject.head.manifest_digest
        and is_under(said, effective)
    )


def _assembled(
    subjects: Sequence[Subject], reports: Mapping[int, Reports]
) -> dict[int, ChangeReview]:
    blobs = {r.entry.blob_id for found in reports.values() for r in found.values()}
    known = facts_of_revisions([subject.head for subject in subjects], reports=reports)
    kinds = {subject.pk: kind_asked(subject, known[subject.head_id]) for subject in subjects}
    standings = standings_of(subjects, kinds=kinds)
    parts = parts_of(subjects, reports, known)
    waivers = _waivers(subjects, blobs)
    excused = _excused(subjects)
    answered = _answers(subjects)
    mains = _mains(subjects)
    found = {}
    for subject in subjects:
        standing, files = standings[subject.pk], reports[subject.head_id]
        given = [w for w in waivers[subject.repo.pk] if w.given_by_id not in standing.bench.makers]
        about = known[subject.head_id]
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
            is_behind=isinstance(subject, Change) and mains.get(subject.repo.pk) != subject.base_id,
            opened_at=subject.discussion.created_at,
            waived={
                w.rule: WaiverFact(w.given_by.name, w.expires_at, w.reason)
                for w in excused[subject.repo.pk, subject.head.manifest_digest]
                if w.given_by_id not in standing.bench.makers
            },
            makers=standing.bench.makers,
            parts=parts[subject.pk],
            kind=kinds[subject.pk],
            answers={
                answer.question: AnswerFact(
                    answer.answer, answer.reviewer.name, answer.answered_at, answer.note
                )
                for answer in answered[subject.discussion_id]
                if holds(answer, subject, standing.effective)
                and standing.bench.seats(answer.reviewer)
            },
        )
        found[subject.pk] = ChangeReview(
            subject=subject,
            kind=kinds[subject.pk],
            effective=standing.effective,
            bench=standing.bench,
            decisions=standing.decisions,
            counting=standing.counting,
            reports=files,
            facts=facts,
            checks=evaluate(rules_for(subject, standing.effective, kinds[subject.pk]), facts),
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


def _decisions(subjects: Sequence[Subject]) -> Mapping[int, list[Decision]]:
    """The decisions that stand, by thread."""
    found: Mapping[int, list[Decision]] = defaultdict(list)
    threads = [subject.discussion_id for subject in subjects]
    stand = Decision.objects.filter(discussion__in=threads, voided_at=None).order_by("pk")
    for decision in stand.select_related("reviewer", "policy"):
        found[decision.discussion_id].append(decision)
    return found


def _waivers(subjects: Sequence[Subject], blobs: set[int]) -> Mapping[int, list[Waiver]]:
    """Waivers in force by repo."""
    found: Mapping[int, list[Waiver]] = defaultdict(list)
    repos = {subject.repo.pk for subject in subjects}
    for some in _batches(blobs):
        rows = Waiver.objects.filter(
            repo_id__in=repos, blob_id__in=some, expires_at__gt=timezone.now()
        )
        for waiver in rows.select_related("given_by"):
            found[waiver.repo_id].append(waiver)
    return found


def _excused(subjects: Sequence[Subject]) -> Mapping[tuple[int, str], list[CheckWaiver]]:
    """Waivers in force for whole rules, by repo and manifest digest."""
    found: Mapping[tuple[int, str], list[CheckWaiver]] = defaultdict(list)
    rows = CheckWaiver.objects.filter(
        repo_id__in={subject.repo.pk for subject in subjects},
        manifest_digest__in={subject.head.manifest_digest for subject in subjects},
        expires_at__gt=timezone.now(),
    )
    for waiver in rows.select_related("given_by").order_by("pk"):
        found[waiver.repo_id, waiver.manifest_digest].append(waiver)
    return found


def _answers(subjects: Sequence[Subject]) -> Mapping[int, list[ChecklistAnswer]]:
    """The answers to checklists that stand, by thread."""
    found: Mapping[int, list[ChecklistAnswer]] = defaultdict(list)
    rows = ChecklistAnswer.objects.filter(
        discussion_id__in={subject.discussion_id for subject in subjects}, voided_at=None
    )
    for answer in rows.select_related("reviewer"):
        found[answer.discussion_id].append(answer)
    return found


def _mains(subjects: Sequence[Subject]) -> dict[int, int]:
    """Where ``main`` stands, by repo."""
    repos = {subject.repo.pk for subject in subjects}
    rows = Ref.objects.filter(repo_id__in=repos, name=MAIN).values_list("repo_id", "revision_id")
    return dict(rows)


def _batches(ids: set[int]) -> Iterable[list[int]]:
    ordered = sorted(ids)
    for start in range(0, len(ordered), BATCH):
        yield ordered[start : start + BATCH]
