"""What is called by an alias or stands in a protected stage is in use: the catalogue's own answer to ``purge_gate``."""

from __future__ import annotations

from django.utils.translation import gettext as _

from hub.core.gates import Refusal
from models_catalog.lifecycle.gates import PurgeQuestion
from models_catalog.stages.models import AliasMove, StageMove
from models_catalog.stages.queries import is_stage_protected

MOST_NAMED = 10


def answer_named(question: PurgeQuestion) -> list[Refusal]:
    """A refusal for each alias and each protected stage of the version; of a whole model, of any of its versions."""
    repo = question.repo
    aliases = AliasMove.objects.filter(repo=repo, ended_at=None).exclude(version=None)
    places = StageMove.objects.filter(repo=repo, ended_at=None).exclude(stage="")
    if question.version is not None:
        aliases = aliases.filter(version=question.version)
        places = places.filter(version=question.version)
    found = [
        _("{version} is called “{alias}”.").format(version=move.version, alias=move.alias)
        for move in aliases.select_related("version").order_by("alias")[:MOST_NAMED]
    ]
    found += [
        _("{version} stands in “{stage}”.").format(version=move.version, stage=move.stage)
        for move in places.select_related("version").order_by("-pk")[:MOST_NAMED]
        if is_stage_protected(repo.namespace, move.stage)
    ]
    return [Refusal(said) for said in found]
