"""Reading the record: a namespace's page, its export, and how far the chain has come."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from itertools import islice

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.authz.policy import PERSONAL_RIGHTS, Right
from accounts.authz.queries import limited, require_no_token, require_right
from accounts.namespaces.models import Namespace
from accounts.orgs.queries import organization_rights
from accounts.users.models import User
from governance.audit.canonical import Plain, canonical
from governance.audit.models import AuditEvent, Checkpoint, Seal, UnsealedEvent
from governance.audit.personal import ACTOR_ADDRESS, ACTOR_NAME, committed
from governance.audit.sentences import MEANS, Text, sentence
from hub.core.actor import Actor, Means
from hub.core.errors import Forbidden
from hub.core.pagination import Page, page_of

PAGE = 50  # rows
EXPORT_PIECE = 500  # rows in memory at a time
EXPORT_LIMIT = 50_000  # rows
REDACTED = "redacted"
NEWEST_FIRST = ("-happened_at", "-id")


@dataclass(frozen=True, slots=True)
class AuditFilters:
    """What to narrow the list to: an event's name, a username (or ``hub``), days in UTC, both included."""

    name: str = ""
    actor: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class AuditRow:
    """One event as it is read; personal values that were taken out say ``redacted``."""

    public_id: str
    name: str
    happened_at: datetime
    actor: str
    means: str
    token_id: int | None
    subject: str
    label: str
    reason: str
    sentence: str
    sequence: int | None
    digest: str
    details: dict[str, str] = field(default_factory=dict)

    @property
    def through(self) -> Text:
        """How the actor came in, where that is not the browser."""
        return MEANS.get(self.means, "")

    @property
    def is_redacted(self) -> bool:
        """Whether nobody can say any more who it was."""
        return self.actor == REDACTED


@dataclass(frozen=True, slots=True)
class AuditPage:
    """One page of rows, with ``page`` for its neighbours."""

    page: Page[AuditEvent]
    rows: list[AuditRow]


@dataclass(frozen=True, slots=True)
class ChainState:
    """How far the chain of the whole hub has come; ``signed_at`` and ``key_id`` are of the last checkpoint."""

    sealed_up_to: int
    signed_up_to: int
    signed_at: datetime | None
    key_id: str
    is_waiting: bool


def audit_page(
    namespace: Namespace | None,
    *,
    filters: AuditFilters,
    actor: Actor,
    cursor: str | None = None,
    size: int = PAGE,
) -> AuditPage:
    """The events of a namespace, newest first. Raises ``SignInRequired`` or ``Forbidden``, ``Invalid`` for a cursor.

    It needs the right to read the audit log of an organisation; of a person's own namespace, being that person; of the
    whole hub (no namespace), administering it.
    """
    _require_reader(namespace, actor)
    page = page_of(_events(namespace, filters), keys=NEWEST_FIRST, cursor=cursor, size=size)
    return AuditPage(page=page, rows=[row_of(event, namespace) for event in page.rows])


def audit_export(
    namespace: Namespace | None,
    *,
    filters: AuditFilters,
    actor: Actor,
    limit: int = EXPORT_LIMIT,
) -> Iterator[AuditRow]:
    """The same rows without pages, the newest ``limit`` of them. Refuses before the first row is asked for."""
    _require_reader(namespace, actor)
    return islice(_export(namespace, _events(namespace, filters)), limit)


def is_beyond_export(
    namespace: Namespace | None,
    *,
    filters: AuditFilters,
    actor: Actor,
    limit: int = EXPORT_LIMIT,
) -> bool:
    """Whether an export of these rows leaves the oldest out."""
    _require_reader(namespace, actor)
    ids = _events(namespace, filters).order_by(*NEWEST_FIRST).values_list("pk", flat=True)
    return bool(ids[limit : limit + 1])


def chain_state() -> ChainState:
    """Where the chain ends and what was signed last."""
    head = Seal.objects.order_by("-sequence").values_list("sequence", flat=True).first()
    last = Checkpoint.objects.order_by("-sequence").first()
    return ChainState(
        sealed_up_to=head or 0,
        signed_up_to=last.sequence if last else 0,
        signed_at=last.signed_at if last else None,
        key_id=last.key_id if last else "",
        is_waiting=UnsealedEvent.objects.exists(),
    )


def _require_reader(namespace: Namespace | None, actor: Actor) -> None:
    if namespace is None:
        _require_administrator(actor)
        return
    if namespace.is_organization:
        rights = organization_rights(namespace.organization, actor=actor)
    elif actor.user is not None and actor.user.namespace_id == namespace.pk:
        rights = limited(PERSONAL_RIGHTS, actor, namespace_id=namespace.pk)
    else:
        rights = frozenset()
    require_right(rights, Right.AUDIT, actor, on=namespace.name)


def _require_administrator(actor: Actor) -> None:
    require_no_token(actor, to=_("read the record of the whole hub"))
    if actor.user is None or not actor.user.is_superuser:
        raise Forbidden(_("The record of the whole hub is for those who administer it."))


def _events(namespace: Namespace | None, filters: AuditFilters) -> QuerySet[AuditEvent]:
    rows = AuditEvent.objects.all()
    if namespace is not None:
        rows = rows.filter(namespace_id=namespace.pk)
    if filters.name:
        rows = rows.filter(name=filters.name)
    if filters.actor == "hub":
        rows = rows.filter(means=Means.SYSTEM.value)
    elif filters.actor:
        # An unknown name has no rows: 0 is nobody's id, and None would find events without a person.
        user = (
            User.objects.filter(username__iexact=filters.actor).values_list("pk", flat=True).first()
        )
        rows = rows.filter(actor_id=user or 0)
    if filters.since:
        rows = rows.filter(happened_at__gte=_midnight(filters.since))
    if filters.until:
        rows = rows.filter(happened_at__lte=datetime.combine(filters.until, time.max, tzinfo=UTC))
    return rows.select_related("seal").prefetch_related("personal_fields")


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=UTC)


def _export(namespace: Namespace | None, events: QuerySet[AuditEvent]) -> Iterator[AuditRow]:
    cursor: str | None = None
    while True:
        page = page_of(events, keys=NEWEST_FIRST, cursor=cursor, size=EXPORT_PIECE)
        yield from (row_of(event, namespace) for event in page.rows)
        cursor = page.next_cursor
        if cursor is None:
            return


def row_of(event: AuditEvent, namespace: Namespace | None = None) -> AuditRow:
    """One event as it is read; its seal and personal fields should have been fetched with it."""
    fields = _fields(event)
    address = fields.pop(ACTOR_ADDRESS, "")
    actor, label, reason = (fields.pop(name, "") for name in (ACTOR_NAME, "label", "reason"))
    seal: Seal | None = getattr(event, "seal", None)
    told = sentence(event.name, {**fields, "label": label})
    if (
        address and namespace is not None and not namespace.is_organization
    ):  # where somebody was is their own affair
        fields["address"] = address
    return AuditRow(
        public_id=str(event.public_id),
        name=event.name,
        happened_at=event.happened_at,
        actor=actor,
        means=event.means,
        token_id=event.token_id,
        subject=event.subject,
        label=label,
        reason=reason,
        sentence=told,
        sequence=seal.sequence if seal else None,
        digest=seal.digest if seal else "",
        details=fields,
    )


def _fields(event: AuditEvent) -> dict[str, str]:
    """The event's data as text, with personal values in the place of their commitments."""
    personal = {each.field: each.value for each in event.personal_fields.all()}
    return {
        name: (personal.get(name) or REDACTED) if committed(value) else _text(value)
        for name, value in event.data.items()
    }


def values_of(event: AuditEvent) -> dict[str, Plain]:
    """The event's data as programs read it: personal values in the place of their commitments, network addresses left out."""
    personal = {each.field: each.value for each in event.personal_fields.all()}
    return {
        name: (personal.get(name) or REDACTED) if committed(value) else value
        for name, value in event.data.items()
        if name != ACTOR_ADDRESS
    }


def _text(value: Plain) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(_text(item) for item in value)
    return canonical(value).decode()
