"""Attempts on what is protected in a repo."""

from __future__ import annotations

from hub.core.actor import Actor
from hub.core.attempts import AttemptRefused
from models_catalog.repos.models import Repo


def attempt_on(repo: Repo, on: str, *, actor: Actor) -> AttemptRefused:
    """An attempt on ``on``: ``main``, ``stage production``, ``alias champion``, ``visibility public``, ``file a.bin``."""
    return AttemptRefused(
        actor=actor,
        subject=str(repo.public_id),
        label=repo.full_name,
        namespace_id=repo.namespace_id,
        repo_id=repo.pk,
        on=on,
    )


def attempt_if(repo: Repo, on: str, *, is_protected: bool, actor: Actor) -> AttemptRefused | None:
    """The attempt, when it is one on something protected."""
    return attempt_on(repo, on, actor=actor) if is_protected else None
