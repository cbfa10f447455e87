"""What must be asked before something is taken away for good, or from those who rely on it."""

from __future__ import annotations

from dataclasses import dataclass

from hub.core.actor import Actor
from hub.core.gates import required_gate
from models_catalog.repos.models import Repo
from models_catalog.versions.models import Version


@dataclass(frozen=True, slots=True)
class PurgeQuestion:
    """Whether a model, or one version of it, can go without taking something from somebody who relies on it."""

    repo: Repo
    version: Version | None
    actor: Actor


purge_gate = required_gate("purge a model", PurgeQuestion)
