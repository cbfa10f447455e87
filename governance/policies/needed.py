"""How many approvals are asked for and by when, as a condition that the database works out for a whole list."""

from __future__ import annotations

from django.db.models import Case, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.expressions import Combinable
from django.db.models.fields.json import KeyTextTransform, KeyTransform
from django.db.models.functions import Cast, Coalesce, Greatest, Least, NullIf

from governance.policies.models import Layer, Policy
from governance.policies.presets import PRESET_RULES
from governance.policies.rules.approvals import Approvals
from governance.policies.rules.by_kind import USUAL_DAYS, PublishReviews
from models_catalog.repos.models import RepoGroupPermission

NONE = Value(0)
WHENEVER = 999  # later than any rule may say
OF_CHANGES = (Approvals.id, PublishReviews.id)


def approvals_asked(repo: str, *, parameter: str = "count") -> Combinable:
    """What the layers ask for before changes are published, the most of them: approvals, or those for ``security``.

    ``repo`` leads to the model.
    """
    least = [_newest(rows, parameter) for rows in _layers(repo)]
    own = Coalesce(least[0], _by_preset(f"{repo}__namespace__preset", parameter))
    return Greatest(own, *(Coalesce(each, NONE) for each in least[1:]))


def days_asked(repo: str) -> Combinable:
    """How many days reviewers of changes have, the fewest that a layer says."""
    path = KeyTextTransform("days", KeyTransform(PublishReviews.id, "rules"))
    said = Coalesce(Cast(path, IntegerField()), Value(WHENEVER))
    rows = [
        each.filter(superseded_at=None).annotate(asked=said).order_by("asked")
        for each in _layers(repo)
    ]
    fewest = Least(
        *(Coalesce(Subquery(each.values("asked")[:1]), Value(WHENEVER)) for each in rows)
    )
    return Coalesce(NullIf(fewest, Value(WHENEVER)), Value(USUAL_DAYS))


def _layers(repo: str) -> list[QuerySet[Policy]]:
    """The policies that apply to a model; its namespace's first."""
    own = {"namespace": OuterRef(f"{repo}__namespace")}
    given = RepoGroupPermission.objects.filter(content_object=OuterRef(OuterRef(repo)))
    return [
        Policy.objects.filter(layer=Layer.NAMESPACE, **own),
        Policy.objects.filter(layer=Layer.HUB),
        Policy.objects.filter(layer=Layer.TEAM, group__in=given.values("group_id"), **own),
        Policy.objects.filter(layer=Layer.REPO, repo=OuterRef(repo)),
    ]


def _newest(policies: QuerySet[Policy], parameter: str) -> Subquery:
    asked = [
        Coalesce(
            Cast(KeyTextTransform(parameter, KeyTransform(rule, "rules")), IntegerField()), NONE
        )
        for rule in OF_CHANGES
    ]
    rows = policies.filter(superseded_at=None).annotate(asked=Greatest(*asked)).order_by("-asked")
    return Subquery(rows.values("asked")[:1])


def _by_preset(path: str, parameter: str) -> Case:
    """Where nothing is written down yet, the preset asks."""
    return Case(
        *(
            When(Q(**{path: preset}), then=Value(rules.get("approvals", {}).get(parameter, 0)))
            for preset, rules in PRESET_RULES.items()
        ),
        default=NONE,
        output_field=IntegerField(),
    )


def lacks_approvals(repo: str, *, given: str, given_security: str) -> Q:
    """Fewer approvals than are asked for; none are missing where none are asked for."""
    return Q(**{f"{given}__lt": approvals_asked(repo)}) | Q(
        **{f"{given_security}__lt": approvals_asked(repo, parameter="security")}
    )
