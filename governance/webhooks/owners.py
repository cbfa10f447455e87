"""Whose a webhook is: an organisation's, a repo's or a person's; and who may manage it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from accounts.authz.policy import PERSONAL_RIGHTS, Right
from accounts.authz.queries import limited, require_right
from accounts.namespaces.models import Namespace
from accounts.orgs.models import Organization
from accounts.orgs.queries import organization_rights, people_with_right
from accounts.users.models import User
from governance.webhooks.models import Webhook
from hub.core.actor import Actor
from hub.core.errors import NotFound
from models_catalog.repos.models import Repo
from models_catalog.repos.queries import require_repo_right

Owner = Organization | Repo | User


@dataclass(frozen=True, slots=True)
class Place:
    """How an owner stands in the row of a webhook."""

    namespace: Namespace
    repo: Repo | None = None
    person: User | None = None

    @property
    def label(self) -> str:
        """What to call the owner."""
        return self.repo.full_name if self.repo else self.namespace.name


def place_of(owner: Owner) -> Place:
    """Where webhooks of this owner are kept."""
    if isinstance(owner, Repo):
        return Place(owner.namespace, repo=owner)
    if isinstance(owner, User):
        return Place(owner.namespace, person=owner)
    return Place(owner.namespace)


def owner_of(webhook: Webhook) -> Owner:
    """Whose it is; namespace, repo and person should have been fetched with the row."""
    if webhook.repo is not None:
        return webhook.repo
    return webhook.person or webhook.namespace.organization


def require_manager(owner: Owner, *, actor: Actor) -> None:
    """Raise unless the actor may manage webhooks there: each is told what its managers may see.

    Of an organisation, its owners; of a repo, who manages it; of a person, they themselves.
    """
    if isinstance(owner, Repo):
        if not Repo.objects.all().visible_to(actor).filter(pk=owner.pk).exists():
            raise NotFound
        require_repo_right(owner, Right.MANAGE, actor=actor)
        return
    if isinstance(owner, Organization):
        rights = organization_rights(owner, actor=actor)
        require_right(rights, Right.SETTINGS, actor, on=owner.namespace.name)
        return
    if actor.user_id != owner.pk:
        raise NotFound
    held = limited(PERSONAL_RIGHTS, actor, namespace_id=owner.namespace_id)
    require_right(held, Right.SETTINGS, actor, on=owner.username)


def people_to_tell(webhook: Webhook) -> Collection[int]:
    """Who can mend it: the person; else those who own the organisation, or the person whose name it stands under."""
    if webhook.person_id is not None:
        return [webhook.person_id]
    if not webhook.namespace.is_organization:
        return list(
            User.objects.filter(namespace=webhook.namespace_id).values_list("pk", flat=True)
        )
    owners = people_with_right(Right.SETTINGS, organization=webhook.namespace.organization)
    return list(owners.values_list("pk", flat=True)[:50])
