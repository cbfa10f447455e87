"""A reviewed model with everything on it that is protected, and what of it must not change by itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.utils import timezone

from accounts.authz.policy import Role
from accounts.orgs.models import Organization
from accounts.users.models import User
from governance.policies.places import of_namespace
from governance.reviews.models import Decision
from governance.reviews.requests.actions import ask_for
from governance.reviews.requests.kinds import Wish
from governance.scanning.engine import ruleset_version
from models_catalog.changes.actions import merge_change
from models_catalog.repos.models import Repo, Visibility
from models_catalog.revisions.models import Ref
from models_catalog.stages.actions import protect_alias, set_alias
from models_catalog.stages.models import AliasMove, StageMove
from models_catalog.storage.models import Verdict
from models_catalog.uploads.actions.files import announce_file
from models_catalog.uploads.actions.sessions import start_upload
from models_catalog.versions.models import Version
from tests.factories.models import judge, propose
from tests.factories.people import acting
from tests.factories.policies import ask_for as ask_for_rules
from tests.factories.reviews import approve, finish_scan, make_scene

RECORDS = ("audit", "outbox", "jobs", "sessions", "idempotency")  # what is written about an attempt
KEPT_ELSEWHERE = {"Token", "Session", "Job", "DailyDownloads", "Downloader", "KeyedRequest"}
WIDENING = (Visibility.PRIVATE, Visibility.INTERNAL, Visibility.PUBLIC)


@dataclass
class World:
    """``owner`` may everything that needs no review; version 1 is in production and the champion, version 2 wants to be.

    ``change`` and ``request`` wait for people; the model is private, and nobody's word for it counts any more.
    """

    organization: Organization
    repo: Repo
    owner: User
    first: Version
    second: Version
    change: int
    request: int
    head: str  # of the change
    known: dict[str, Any] = field(default_factory=dict)


def make_world() -> World:
    """The world, made the way the product makes it; only production is filled past its gate."""
    scene = make_scene()
    reviewer = scene.member(Role.REVIEWER)
    versions = []
    for content in (None, b"other weights"):
        change = scene.change
        if content is not None:
            change = propose(scene.repo, {"model.safetensors": content}, by=scene.maker)
            finish_scan(change.head)
        approve(change, reviewer)
        versions.append(merge_change(change, actor=acting(scene.maker)).version)
    first, second = versions
    repo = scene.repo
    owner = acting(scene.owner)
    StageMove.objects.create(
        repo=repo,
        version=second,
        stage="production",
        is_exclusive=True,
        moved_at=timezone.now(),
        ended_at=timezone.now(),
    )
    StageMove.objects.create(
        repo=repo,
        version=first,
        stage="production",
        is_exclusive=True,
        moved_at=timezone.now(),
        below=StageMove.objects.get(version=second),
    )
    set_alias(repo, "champion", second, actor=owner)
    set_alias(repo, "champion", first, actor=owner)
    protect_alias(scene.organization, "champion", actor=owner)
    details = {"target": "stage", "name": "production"}
    asked = ask_for(Wish(repo, second, details=details), kind="promote", reason="So.", actor=owner)
    waiting = propose(repo, {"model.safetensors": b"third"}, by=scene.maker, title="Third")
    finish_scan(waiting.head)
    assert second.revision is not None
    judge(second.revision, "config.json", Verdict.DANGEROUS, ruleset=ruleset_version())
    upload = start_upload(repo, actor=owner)
    announce_file(upload, path="new.txt", size=3, actor=owner)
    Repo.objects.filter(pk=repo.pk).update(visibility=Visibility.PRIVATE)
    ask_for_rules(of_namespace(repo.namespace), {"external_checks": {"names": ["ci"]}})
    Decision.objects.update(voided_at=timezone.now(), voided_because="It no longer counts.")
    repo.refresh_from_db()
    world = World(
        scene.organization,
        repo,
        scene.owner,
        first,
        second,
        waiting.discussion.number,
        asked.discussion.number,
        waiting.head.sha1,
    )
    world.known = {
        "namespace": "savanna",
        "name": "leaf",
        "org": "savanna",
        "number": str(second.number),
        "upload_id": str(upload.public_id),
        "path": "config.json",
        "revision": "main",
        "stage": "production",
        "alias": "champion",
    }
    return world


@dataclass(frozen=True)
class Facts:
    """Everything of the model that moves by a review only."""

    main: str
    production: int
    champion: int
    visibility: str
    is_protected: bool
    released: tuple[tuple[int, str], ...]

    def allows(self, later: Facts) -> bool:
        """Whether ``later`` shows nothing more than this: taking back needs no review, putting forward does."""
        return (
            later.main == self.main
            and later.production in (self.production, 0)
            and later.champion in (self.champion, 0)
            and WIDENING.index(Visibility(later.visibility))
            <= WIDENING.index(Visibility(self.visibility))
            and (later.is_protected or not self.is_protected)
            and set(later.released) <= set(self.released)
        )


def facts_of(repo: Repo) -> Facts:
    """As they stand in the database."""
    now = Repo.objects.filter(pk=repo.pk).first()
    staged = StageMove.objects.filter(repo=repo, ended_at=None, stage__in=["production", "staging"])
    named = AliasMove.objects.filter(repo=repo, ended_at=None, alias="champion")
    released = Version.objects.filter(repo=repo, state="released").order_by("number")
    main = Ref.objects.filter(repo=repo, name="main").values_list("revision__sha1", flat=True)
    return Facts(
        main=main.first() or "",
        production=sum(staged.values_list("version__number", flat=True)),
        champion=named.values_list("version__number", flat=True).first() or 0,
        visibility=now.visibility if now else Visibility.PRIVATE,
        is_protected=now.is_protected if now else True,
        released=tuple(released.values_list("number", "revision__sha1")),
    )


def everything() -> dict[str, list[tuple[Any, ...]]]:
    """Every row of the hub but those that tell of what was tried and when somebody was last there."""
    found = {}
    for model in apps.get_models():
        place = model.__module__
        is_ours = place.startswith(("accounts.", "models_catalog.", "governance."))
        if not is_ours or any(f".{word}" in place for word in RECORDS):
            continue
        if model.__name__ in KEPT_ELSEWHERE:
            continue
        columns = [f.attname for f in model._meta.concrete_fields if f.attname != "last_login"]
        found[model.__name__] = list(model._default_manager.order_by("pk").values_list(*columns))
    return found
