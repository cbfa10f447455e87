"""Who says that they were made from a model: what goes away with it is missed there."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import ngettext

from hub.core.gates import Refusal
from models_catalog.lifecycle.gates import PurgeQuestion
from models_catalog.lifecycle.queries import names_of
from models_catalog.repos.models import Repo
from models_catalog.search.models import Approval, SearchRow
from models_catalog.search.rows import BASE, base_name

MOST_NAMED = 3


def dependents_of(repo: Repo) -> QuerySet[SearchRow]:
    """The rows of live models whose cards name this one, by any name it had, as what they were made from."""
    names = [base_name(name) for name in names_of(repo)]
    rows = SearchRow.objects.filter(facets__facet=BASE, facets__value__in=names)
    return rows.exclude(repo=repo).exclude(approval=Approval.WITHDRAWN).distinct()


def answer_purge(question: PurgeQuestion) -> list[Refusal]:
    """A refusal when other models rely on this one; it names those that the actor may know of."""
    rows = dependents_of(question.repo)
    number = rows.count()
    if not number:
        return []
    visible = Repo.objects.visible_to(question.actor).values("pk")
    shown = rows.filter(repo__in=visible).order_by("folded_name")
    names = ", ".join(shown.values_list("full_name", flat=True)[:MOST_NAMED])
    said = ngettext(
        "%(n)d other model says that it was made from this one%(named)s.",
        "%(n)d other models say that they were made from this one%(named)s.",
        number,
    )
    return [Refusal(said % {"n": number, "named": f" ({names})" if names else ""})]
