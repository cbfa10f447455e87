"""Claiming a name."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from accounts.namespaces.models import Namespace, NamespaceKind
from accounts.namespaces.names import fold
from accounts.namespaces.queries import name_taken, require_available


def claim_namespace(
    name: str, *, kind: NamespaceKind, preset: str, field: str = "name"
) -> Namespace:
    """Take ``name`` for good. Raises ``Invalid`` for a bad name, ``Conflict`` for one that is or was somebody's.

    The caller emits the event: a name is claimed together with what it names.
    """
    require_available(name, kind=kind, field=field)
    try:
        with transaction.atomic():
            return Namespace.objects.create(name=name, folded=fold(name), kind=kind, preset=preset)
    except IntegrityError as error:
        raise name_taken(name, field=field) from error


def set_preset(namespace: Namespace, preset: str) -> None:
    """Write down which preset new models of the namespace begin under. The caller has asked, and emits the event."""
    Namespace.objects.filter(pk=namespace.pk).update(preset=preset)
    namespace.preset = preset
