"""Trying a draft on the models that are there, a batch at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import QuerySet

from governance.policies.effective import EffectivePolicy, effective_policies
from governance.policies.facts import Facts
from governance.policies.models import Policy, PolicyDraft
from governance.policies.outcomes import BLOCKING, CheckOutcome, Outcome
from governance.policies.places import place_of, reached_by
from governance.policies.rules import evaluate
from governance.policies.rules.base import Rule
from governance.simulations.subjects import facts_of_models
from models_catalog.repos.models import Repo

BATCH = 500
ORDER = list(Outcome)
NEWLY_STOPPED, STOPPED, FREED, PASSING = range(4)


@dataclass(frozen=True, slots=True)
class Result:
    """What a draft would do to one model; ``rules`` as ``SimulatedModel`` keeps them."""

    repo: Repo
    before: Outcome
    after: Outcome
    rules: Mapping[str, Sequence[str | None]]
    outcomes: Mapping[str, tuple[Outcome | None, Outcome | None]]

    @property
    def rank(self) -> int:
        """Its place in lists: what would be stopped newly comes first."""
        if self.after in BLOCKING:
            return STOPPED if self.before in BLOCKING else NEWLY_STOPPED
        return FREED if self.before in BLOCKING else PASSING


@dataclass
class Tally:
    """Numbers of models, added up over all batches."""

    models: dict[str, Counter[str]] = field(
        default_factory=lambda: {"before": Counter(), "after": Counter()}
    )
    rules: dict[str, dict[str, Counter[str]]] = field(default_factory=dict)
    ranks: Counter[int] = field(default_factory=Counter)

    def add(self, result: Result) -> None:
        """Count one model."""
        self.models["before"][result.before] += 1
        self.models["after"][result.after] += 1
        self.ranks[result.rank] += 1
        for name, (before, after) in result.outcomes.items():
            known = self.rules.setdefault(name, {"before": Counter(), "after": Counter()})
            if before is not None:
                known["before"][before] += 1
            if after is not None:
                known["after"][after] += 1

    def as_json(self) -> dict[str, object]:
        """What is stored."""
        return {
            "models": self.models,
            "rules": self.rules,
            "stopped": self.ranks[NEWLY_STOPPED],
            "freed": self.ranks[FREED],
        }


def governed(draft: PolicyDraft) -> QuerySet[Repo]:
    """The models that a draft speaks of, as far as anybody may still release them."""
    reached = reached_by(place_of(draft)).filter(withdrawn_at=None, deleted_at=None)
    return reached.select_related("namespace").order_by("pk")


def batches_of(draft: PolicyDraft) -> Iterator[list[Result]]:
    """What the draft would do, a batch of models after the other, each in the same number of queries."""
    last = 0
    while repos := list(governed(draft).filter(pk__gt=last)[:BATCH]):
        last = repos[-1].pk
        yield tried(draft, repos)


def as_policy(draft: PolicyDraft) -> Policy:
    """The policy that the draft would become; not saved."""
    place = place_of(draft)
    return Policy(
        **place.fields, number=draft.base_number + 1, preset=draft.preset, rules=draft.rules
    )


def tried(draft: PolicyDraft, repos: Sequence[Repo]) -> list[Result]:
    """What the draft would do to some models."""
    now = effective_policies(repos)
    then = effective_policies(repos, instead=as_policy(draft))
    known = facts_of_models(repos)
    return [
        _judged(repo, known.get(repo.pk, Facts(files=())), now[repo.pk], then[repo.pk])
        for repo in repos
    ]


def _judged(repo: Repo, facts: Facts, now: EffectivePolicy, then: EffectivePolicy) -> Result:
    before, after = _of_models(now), _of_models(then)
    found = {check.rule: check for check in evaluate(list(before.values()), facts)}
    changed = [rule for name, rule in after.items() if before.get(name) != rule]
    anew = {check.rule: check for check in evaluate(changed, facts)}
    later = {name: anew.get(name) or found[name] for name in after}
    outcomes = {
        name: (_outcome(found.get(name)), _outcome(later.get(name))) for name in {**before, **after}
    }
    told = {
        name: [was, will, (later.get(name) or found[name]).reason]
        for name, (was, will) in outcomes.items()
        if was != will or will != Outcome.PASS
    }
    return Result(repo, _worst(found), _worst(later), told, outcomes)


def _of_models(policy: EffectivePolicy) -> dict[str, Rule]:
    """The rules that can be asked of a model as it stands, without a change of it."""
    return {rule.id: rule for rule in policy.rules if not rule.needs_change}


def _outcome(check: CheckOutcome | None) -> Outcome | None:
    return check.outcome if check else None


def _worst(checks: Mapping[str, CheckOutcome]) -> Outcome:
    """The worst of all: ``Outcome`` lists them from worst to best."""
    return min((check.outcome for check in checks.values()), key=ORDER.index, default=Outcome.PASS)
