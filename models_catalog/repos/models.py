"""Repos: one model each, with names, visibility and grants."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from typing import ClassVar, TypeVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from guardian.models import GroupObjectPermissionBase, UserObjectPermissionBase

from accounts.authz.policy import PERSONAL_RIGHTS, REPO_RIGHTS, RIGHT_TITLES, Right
from accounts.namespaces.models import Namespace
from accounts.namespaces.models import Visibility as Visibility  # noqa: PLC0414 - the catalogue shows it as its own
from hub.core.actor import Actor
from models_catalog.repos.reach import within_reach


class Gating(models.TextChoices):
    """What a reader has to do before the bytes are handed out."""

    NONE = "none"
    TERMS = "terms"
    REQUEST = "request"


RELEASED = Q(is_protected=False) | Q(first_released_at__isnull=False)
INSIDE = (
    Right.SEE_UNRELEASED,
    Right.WRITE,
    Right.REVIEW,
    Right.SECURITY,
)  # each opens what is unreleased
WORKING = (
    Right.WRITE,
    Right.REVIEW,
    Right.SECURITY,
)  # each opens bytes that readers must wait or ask for


class RepoQuerySet(models.QuerySet["Repo"]):
    """Filters for repos."""

    def visible_to(self, actor: Actor) -> RepoQuerySet:
        """The repos that the actor may know of: ARCHITECTURE §4 as one condition.

        Released or open repos show by their visibility; unreleased ones only to those with a right to see them. A
        token shows no more than its rights, namespaces and repos allow, beside what the whole world may see. Deleted
        repos are hidden from everybody.
        """
        return self.once_visible_to(actor).filter(deleted_at=None)

    def once_visible_to(self, actor: Actor) -> RepoQuerySet:
        """``visible_to`` with those that have been deleted: for saying that they were, and for restoring them."""
        if actor.is_system or _guards_the_instance(actor):
            return self
        shown = Q(visibility=Visibility.PUBLIC) & RELEASED
        if actor.user is not None:
            held = _held(actor, *INSIDE, reading=(Right.READ, Right.MANAGE))
            if _allowed(actor, Right.READ):
                held |= RELEASED & Q(visibility=Visibility.INTERNAL)
            shown |= _limits(actor) & held
        return self.filter(shown)

    def opened_to(self, actor: Actor) -> RepoQuerySet:
        """Repos whose changes and unreleased commits are open to the actor: ``may_see_unreleased`` as one condition."""
        visible = self.visible_to(actor)
        if actor.is_system or _guards_the_instance(actor):
            return visible
        opened = Q(is_protected=False)
        if actor.user is not None:
            opened |= _limits(actor) & _held(actor, *INSIDE)
        return visible.filter(opened)

    def worked_on_by(self, actor: Actor) -> RepoQuerySet:
        """Repos all of whose bytes the actor may fetch, unreleased, gated and unscanned ones too; not withdrawn ones."""
        if actor.user is None:
            return self.none()
        mine = _limits(actor) & _held(actor, *WORKING)
        return self.filter(mine, withdrawn_at=None, deleted_at=None)

    def handed_out_to(self, actor: Actor) -> RepoQuerySet:
        """Repos every revision of which the actor may read without being asked for anything."""
        return self.visible_to(actor).filter(
            is_protected=False, gating=Gating.NONE, withdrawn_at=None
        )


def _guards_the_instance(actor: Actor) -> bool:
    """Whether somebody of the instance's security role acts in person; their tokens open what any token would."""
    limits = (actor.rights, actor.namespaces, actor.repos)
    return (
        actor.user is not None and actor.user.is_instance_security and limits == (None, None, None)
    )


def _allowed(actor: Actor, *rights: Right) -> list[Right]:
    """Those of the rights that the means in use may exercise."""
    return [right for right in rights if actor.rights is None or right in actor.rights]


def _limits(actor: Actor) -> Q:
    """Where a token works."""
    condition = Q()
    if actor.namespaces is not None:
        condition &= Q(namespace_id__in=actor.namespaces)
    if actor.repos is not None:
        condition &= Q(pk__in=actor.repos)
    return condition


def _held(actor: Actor, *working: Right, reading: Collection[Right] = ()) -> Q:
    """Repos on which the person holds one of the rights: under their own name, by role, by grant.

    One of ``reading`` is enough for what is released.
    """
    works, reads = _allowed(actor, *working), _allowed(actor, *reading)
    if not works and not reads:
        return Q(pk__in=())
    condition = within_reach(actor, working=works, reading=reads, shown=RELEASED)
    if actor.user is not None and PERSONAL_RIGHTS.intersection(works):
        condition |= Q(namespace_id=actor.user.namespace_id)
    elif actor.user is not None and PERSONAL_RIGHTS.intersection(reads):
        condition |= RELEASED & Q(namespace_id=actor.user.namespace_id)
    return condition


class Repo(models.Model):
    """One model, ``namespace/name``. ``public_id`` and ``accession`` never change and are never reused.

    ``is_protected`` means reviewed: ``main`` moves only by a merged change. ``is_gated`` models hand out bytes after
    terms are accepted or a request is granted. Archived ones are read only; deleted ones are hidden until they are
    restored or purged; a purged one is this row alone, so that its name and numbers are never given out again.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    accession = models.CharField(max_length=20, unique=True)
    namespace = models.ForeignKey(Namespace, on_delete=models.PROTECT, related_name="repos")
    name = models.CharField(max_length=96)
    folded = models.CharField(max_length=96)
    visibility = models.CharField(max_length=10, choices=Visibility, default=Visibility.PUBLIC)
    is_protected = models.BooleanField(default=False)
    first_released_at = models.DateTimeField(null=True)
    gating = models.CharField(max_length=10, choices=Gating, default=Gating.NONE)
    gating_terms = models.TextField(blank=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_reason = models.TextField(blank=True)
    successor = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="+")
    archived_at = models.DateTimeField(null=True)
    archived_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    deprecated_at = models.DateTimeField(null=True)
    deprecated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    deprecated_reason = models.TextField(blank=True, default="", db_default="")
    deleted_at = models.DateTimeField(null=True)
    deleted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    deleted_reason = models.TextField(blank=True, default="", db_default="")
    purged_at = models.DateTimeField(null=True)
    purged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    purged_reason = models.TextField(blank=True, default="", db_default="")
    discussion_count = models.PositiveIntegerField(default=0)
    version_count = models.PositiveIntegerField(default=0)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[models.Manager[Repo]] = models.Manager.from_queryset(RepoQuerySet)()

    class Meta:
        default_permissions = ()
        permissions: ClassVar = [(right.value, RIGHT_TITLES[right]) for right in REPO_RIGHTS]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["namespace", "folded"], name="one_name_per_namespace"),
            models.CheckConstraint(
                condition=Q(purged_at=None) | Q(deleted_at__isnull=False),
                name="purged_after_deletion",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["visibility", "is_protected", "first_released_at"], name="repo_shown"
            ),
            models.Index(
                fields=["namespace", "-deleted_at"],
                condition=Q(deleted_at__isnull=False),
                name="repo_deleted",
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        """``namespace/name``; the namespace should have been fetched with the row."""
        return f"{self.namespace.name}/{self.name}"

    @property
    def is_released(self) -> bool:
        """Whether readers may come in: open repos always, reviewed ones after their first release."""
        return not self.is_protected or self.first_released_at is not None

    @property
    def is_withdrawn(self) -> bool:
        """Whether the model has been taken back; its record stays."""
        return self.withdrawn_at is not None

    @property
    def is_archived(self) -> bool:
        """Whether it is read only."""
        return self.archived_at is not None

    @property
    def is_writable(self) -> bool:
        """Whether anything may still be added to it or changed."""
        return (self.withdrawn_at, self.archived_at, self.deleted_at) == (None, None, None)


class FormerName(models.Model):
    """A name that a repo had: it leads to the repo for good, and nobody can take it."""

    repo = models.ForeignKey(Repo, on_delete=models.CASCADE, related_name="former_names")
    namespace = models.ForeignKey(Namespace, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=96)
    folded = models.CharField(max_length=96)
    left_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["namespace", "folded"], name="one_repo_per_former_name")
        ]

    def __str__(self) -> str:
        return f"{self.name} before {self.repo_id}"


P = TypeVar("P", bound=models.Model)


class InForce(models.Manager[P]):
    """Rights that count today. Who asks what somebody may do asks this; ``objects`` also has what has expired."""

    def get_queryset(self) -> models.QuerySet[P]:
        """Without what expired, whether or not it has been cleared away."""
        today = timezone.localdate()
        return super().get_queryset().filter(Q(expires_on=None) | Q(expires_on__gte=today))


class RepoUserPermission(UserObjectPermissionBase):
    """A right on one repo, given to one person: the sum of the grants that give it.

    ``expires_on`` is the last day on which it counts. ``is_stand_in``: a reviewer of the hub was let in, who may review
    while nothing else gives them the right.
    """

    content_object = models.ForeignKey(Repo, on_delete=models.CASCADE)
    expires_on = models.DateField(null=True)
    is_stand_in = models.BooleanField(default=False)

    in_force = InForce["RepoUserPermission"]()

    class Meta(UserObjectPermissionBase.Meta):
        abstract = False
        default_manager_name = "objects"


class RepoGroupPermission(GroupObjectPermissionBase):
    """A right on one repo, given to a team; ``expires_on`` is the last day on which it counts."""

    content_object = models.ForeignKey(Repo, on_delete=models.CASCADE)
    expires_on = models.DateField(null=True)

    in_force = InForce["RepoGroupPermission"]()

    class Meta(GroupObjectPermissionBase.Meta):
        abstract = False
        default_manager_name = "objects"


class AccessionCounter(models.Model):
    """The last accession number given out in a year."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.year}: {self.last}"


class TermsAcceptance(models.Model):
    """A reader's acceptance of a gated repo's terms (``terms_sha256`` says which text), granted or asked for."""

    repo = models.ForeignKey(Repo, on_delete=models.CASCADE, related_name="acceptances")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    terms_sha256 = models.CharField(max_length=64)
    is_granted = models.BooleanField(default=False)
    accepted_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["repo", "user"], name="one_acceptance_per_person")
        ]

    def __str__(self) -> str:
        return f"{self.user} for {self.repo_id}"
