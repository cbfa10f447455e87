"""How many approvals are asked for, as a condition that the database works out for a whole list."""

from __future__ import annotations

from django.db.models import Case, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.expressions import Combinable
from django.db.models.fields.json import KeyTextTransform, KeyTransform
from django.db.models.functions import Cast, Coalesce, Greatest

from governance.policies.models import Layer, Policy
from governance.policies.presets import PRESET_RULES
from models_catalog.repos.models import RepoGroupPermission

NONE = Value(0)


def approvals_asked(repo: str, *, parameter: str = "count") -> Combinable:
    """What the layers ask for, the most of them: approvals, or those for ``security``. ``repo`` leads to the model."""
    namespace = f"{repo}__namespace"
    own = _newest(
        Policy.objects.filter(layer=Layer.NAMESPACE, namespace=OuterRef(namespace)), parameter
    )
    teams = Policy.objects.filter(
        layer=Layer.TEAM,
        namespace=OuterRef(namespace),
        group__in=RepoGroupPermission.objects.filter(
            content_object=OuterRef(OuterRef(repo))
        ).values("group_id"),
    )
    return Greatest(
        Coalesce(own, _by_preset(f"{namespace}__preset", parameter)),
        Coalesce(_newest(Policy.objects.filter(layer=Layer.HUB), parameter), NONE),
        Coalesce(_newest(teams, parameter), NONE),
        Coalesce(
            _newest(Policy.objects.filter(layer=Layer.REPO, repo=OuterRef(repo)), parameter), NONE
        ),
    )


def _newest(policies: QuerySet[Policy], parameter: str) -> Subquery:
    asked = KeyTextTransform(parameter, KeyTransform("approvals", "rules"))
    number = Coalesce(Cast(asked, IntegerField()), NONE)
    rows = policies.filter(superseded_at=None).annotate(asked=number).order_by("-asked")
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
