"""An organisation with somebody in every role, and a change that waits for their decisions."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone

from accounts.authz.policy import Role
from accounts.namespaces.models import Preset
from accounts.orgs.models import Organization
from accounts.users.models import User
from governance.reviews.actions import decide
from governance.reviews.models import Decision
from governance.scanning.engine import ruleset_version
from governance.scanning.models import ContentScan
from hub.core.actor import SYSTEM
from models_catalog.cards.actions import render_card
from models_catalog.changes.models import Change
from models_catalog.changes.queries import get_change
from models_catalog.repos.models import Repo
from models_catalog.revisions.models import Revision
from models_catalog.revisions.queries import files_of
from models_catalog.storage.models import Blob, Verdict
from tests.factories.models import judge_all, make_repo, propose
from tests.factories.people import acting, add_member, make_organization, make_user

FILES = {"model.safetensors": b"weights", "config.json": b'{"layers": 12}\n'}
CARD = b"""---
license: apache-2.0
pipeline_tag: text-classification
---
# Leaf

It sorts leaves by their shape, from a photograph of one leaf.

## Intended uses
Sorting leaves.

## Known limits
Leaves only.
"""


@dataclass
class Scene:
    """``owner`` founded the organisation; ``maker`` proposed the change; nobody has decided."""

    organization: Organization
    repo: Repo
    change: Change
    owner: User
    maker: User

    def member(self, role: Role | str, name: str = "") -> User:
        """Somebody new in a role."""
        role = Role(role)
        person = make_user(name or f"the-{role.value}")
        return add_member(self.organization, person, role.value)

    def fresh(self) -> Change:
        """The change as it is in the database now."""
        number = self.change.discussion.number
        return get_change(self.repo, number, actor=acting(self.owner))


@dataclass
class ReviewedScene(Scene):
    """A scene with ``reviewer``, who may decide."""

    reviewer: User


def with_reviewer(scene: Scene) -> ReviewedScene:
    """The scene after a reviewer joined its organisation."""
    return ReviewedScene(**vars(scene), reviewer=scene.member(Role.REVIEWER))


def make_scene(
    preset: Preset = Preset.LIGHT,
    *,
    name: str = "savanna",
    files: dict[str, bytes] | None = None,
    verdict: Verdict | None = Verdict.SAFE,
) -> Scene:
    """An organisation under ``preset`` with one model and one open change, scanned unless ``verdict`` is ``None``."""
    owner = make_user(f"{name}-owner")
    organization = make_organization(name, owner, preset=Preset.LIGHT.value)
    _set_preset(organization, preset)
    maker = add_member(organization, make_user(f"{name}-maker"), Role.CONTRIBUTOR.value)
    repo = make_repo("leaf", owner=owner, organization=organization)
    Repo.objects.filter(pk=repo.pk).update(is_protected=True)
    repo.refresh_from_db()
    change = propose(repo, FILES if files is None else files, by=maker, title="Sort more leaves")
    if verdict is not None:
        finish_scan(change.head, verdict)
    return Scene(organization, repo, change, owner, maker)


def _set_preset(organization: Organization, preset: Preset) -> None:
    organization.namespace.preset = preset.value
    organization.namespace.save(update_fields=["preset"])


def finish_scan(revision: Revision, verdict: Verdict = Verdict.SAFE) -> None:
    """What is there when the scan of a revision has ended: verdicts, what the files were read as, and its card."""
    judge_all(revision, verdict, ruleset=ruleset_version())
    files = files_of(revision)
    for entry in files.values():
        kind = "safetensors" if entry.path.endswith(".safetensors") else "text"
        ContentScan.objects.get_or_create(
            blob_id=entry.blob_id,
            ruleset=ruleset_version(),
            defaults={
                "verdict": verdict,
                "formats": [kind],
                "seconds": 0.1,
                "finished_at": timezone.now(),
            },
        )
    if "README.md" in files:
        render_card(Blob.objects.get(pk=files["README.md"].blob_id), actor=SYSTEM)


def approve(change: Change, by: User, *, reason: str = "") -> Decision:
    """An approval of the change as it stands."""
    change.refresh_from_db()
    return decide(
        change, kind="approve", reason=reason, actor=acting(by), expected_sha1=change.head.sha1
    )


def object_to(change: Change, by: User, *, kind: str = "request_changes") -> Decision:
    """A request for changes, or another objection."""
    change.refresh_from_db()
    return decide(
        change, kind=kind, reason="Not yet.", actor=acting(by), expected_sha1=change.head.sha1
    )
