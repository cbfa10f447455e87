"""Drafts that have been tried."""

from __future__ import annotations

from accounts.users.models import User
from governance.policies.drafts import write_draft
from governance.policies.layering import Stored
from governance.policies.models import PolicyDraft
from governance.policies.places import Place
from governance.simulations.actions import simulate
from tests.factories.people import acting


def tried_draft(place: Place, rules: Stored, *, by: User, preset: str = "") -> PolicyDraft:
    """A draft that was simulated as it stands."""
    draft = write_draft(place, preset=preset, rules=rules, note="Pickles bite.", actor=acting(by))
    simulate(draft, actor=acting(by))
    return draft
