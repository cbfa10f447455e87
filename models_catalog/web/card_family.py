"""The lineage of a model as the rail draws it: what it was made from, the model, what was made from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from models_catalog.search.family import Family, Relative

RELATIONS: Mapping[str, str | Promise] = {
    "finetune": _("fine-tuned"),
    "adapter": _("adapter"),
    "merge": _("merged"),
    "quantized": _("quantised"),
}


@dataclass(frozen=True, slots=True)
class Branch:
    """One model of the tree; without ``url`` it is not on this hub. ``about`` says whose it is or how it was made."""

    title: str
    url: str
    about: str | Promise


def bases_of(family: Family) -> Sequence[Branch]:
    """Those above the model, with their owners."""
    return [_branch(each, each.repo.namespace.name if each.repo else "") for each in family.bases]


def children_of(family: Family) -> Sequence[Branch]:
    """Those below the model, with how they were made."""
    return [_branch(each, RELATIONS.get(each.relation, "")) for each in family.children]


def _branch(relative: Relative, about: str | Promise) -> Branch:
    repo = relative.repo
    url = reverse("catalog:model", args=[repo.namespace.name, repo.name]) if repo else ""
    return Branch(relative.title, url, about)
