"""Which names of models can be had: a name that was a model's once is never another's."""

from __future__ import annotations

from django.utils.translation import gettext as _

from accounts.authz.policy import Right
from accounts.authz.queries import limited, require_person, require_right
from accounts.namespaces.models import Namespace
from accounts.namespaces.names import check_name, fold
from accounts.orgs.queries import organization_rights
from hub.core.actor import Actor
from hub.core.errors import Conflict, Forbidden
from models_catalog.repos.models import FormerName, Repo


def hold_namespace(namespace: Namespace) -> Namespace:
    """The namespace as it is now; adding, renaming and moving models under it wait for each other.

    Two tables hold the names that are taken, so no constraint alone could decide between two at once.
    """
    return Namespace.objects.select_for_update(no_key=True).get(pk=namespace.pk)


def require_create(namespace: Namespace, *, actor: Actor) -> None:
    """Raise unless the actor may add models under the namespace."""
    require_person(actor)
    assert actor.user is not None
    if namespace.is_organization:
        rights = organization_rights(namespace.organization, actor=actor)
        require_right(rights, Right.CREATE, actor, on=namespace.name)
        return
    is_own = namespace.pk == actor.user.namespace_id and not actor.user.is_robot
    if not is_own or not limited({Right.CREATE}, actor, namespace_id=namespace.pk):
        raise Forbidden(
            _("You may not add models under {namespace}.").format(namespace=namespace.name)
        )


def require_free(name: str, *, namespace: Namespace, mover: Repo | None = None) -> None:
    """Raise ``Invalid`` for a bad name, ``Conflict`` for one that is or was another model's. Callers hold the namespace.

    ``mover`` is the model that is to have it: a name that was its own it may have back.
    """
    check_name(name, what="model")
    wanted = {"namespace": namespace, "folded": fold(name)}
    others = Repo.objects.filter(**wanted)
    former = FormerName.objects.filter(**wanted)
    if mover is not None:
        others, former = others.exclude(pk=mover.pk), former.exclude(repo=mover)
    if others.exists() or former.exists():
        raise name_taken(namespace, name)


def name_taken(namespace: Namespace, name: str) -> Conflict:
    """The one sentence for names in use, and for those that were."""
    return Conflict(
        _(
            "{namespace} has, or had, a model called “{name}”, or one too much like it. Names are never given out twice."
        ).format(namespace=namespace.name, name=name),
        field="name",
    )
