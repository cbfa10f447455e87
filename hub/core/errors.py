"""What an action or query may refuse with: a class per kind of answer, a message written for the person.

Faces translate the class (status, protocol error) and show the message; nothing else catches these.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise

    from hub.core.attempts import AttemptRefused

NOTHING_HERE = gettext_lazy("There is no page or file at this address.")


class DomainError(Exception):
    """Base of all refusals. ``message`` is a whole sentence: what happened, why, and what to do."""

    status = 400
    code = "refused"
    attempt: AttemptRefused | None = None  # what was tried, if it was something protected

    def __init__(self, message: _StrOrPromise, *, field: str | None = None) -> None:
        super().__init__(message)
        self.message = str(message)
        self.field = field

    @property
    def extra(self) -> Mapping[str, Any]:
        """What programs can use of it beside the message."""
        return {}


class Invalid(DomainError):
    """The request cannot be carried out as it is written."""

    status, code = 400, "invalid"


class SignInRequired(DomainError):
    """Nobody is signed in, and the answer would not be a secret for somebody who is."""

    status, code = 401, "sign_in_required"


class Forbidden(DomainError):
    """The actor may know of the thing, but may not do this to it."""

    status, code = 403, "forbidden"


class NotFound(DomainError):
    """There is no such thing, or the actor may not know of it: one answer for both."""

    status, code = 404, "not_found"

    def __init__(self, message: _StrOrPromise = NOTHING_HERE) -> None:
        super().__init__(message)


class Conflict(DomainError):
    """The state changed meanwhile, or the name is taken."""

    status, code = 409, "conflict"


class Moved(DomainError):
    """It has another name now, ``full_name``; what is asked of it is to be asked there."""

    status, code = 308, "moved"

    def __init__(self, full_name: str) -> None:
        super().__init__(_("This is called {name} now.").format(name=full_name))
        self.full_name = full_name

    @property
    def extra(self) -> Mapping[str, Any]:
        """The name it has now."""
        return {"full_name": self.full_name}


class Gone(DomainError):
    """It was here and has been withdrawn; the message says by whom, when and why.

    ``use_instead`` is the full name of what takes its place, if there is such a thing and the actor may know of it.
    """

    status, code = 410, "gone"

    def __init__(self, message: _StrOrPromise, *, use_instead: str = "") -> None:
        super().__init__(message)
        self.use_instead = use_instead

    @property
    def extra(self) -> Mapping[str, Any]:
        """What to use instead."""
        return {"use_instead": self.use_instead} if self.use_instead else {}


class TooLarge(DomainError):
    """Larger than a stated limit."""

    status, code = 413, "too_large"


class Locked(DomainError):
    """Held back for now (a file that scanning has not cleared); ``retry_after`` is in seconds."""

    status, code = 423, "locked"

    def __init__(self, message: str, *, retry_after: int | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after

    @property
    def extra(self) -> Mapping[str, Any]:
        """When to try again, if that is known."""
        return {} if self.retry_after is None else {"retry_after": self.retry_after}


class TooManyRequests(DomainError):
    """Asked for more often than a stated limit; ``retry_after`` is in seconds, and the message says it too."""

    status, code = 429, "too_many_requests"

    def __init__(self, message: str, *, retry_after: int) -> None:
        super().__init__(message)
        self.retry_after = retry_after

    @property
    def extra(self) -> Mapping[str, Any]:
        """When to try again."""
        return {"retry_after": self.retry_after}


class Blocked(Forbidden):
    """Scanning found it dangerous: not handed out. ``model`` and ``revision`` name the report that says why."""

    code = "blocked"

    def __init__(self, message: _StrOrPromise, *, model: str = "", revision: str = "") -> None:
        super().__init__(message)
        self.model, self.revision = model, revision

    @property
    def extra(self) -> Mapping[str, Any]:
        """Whose report says why."""
        return {"model": self.model, "revision": self.revision} if self.model else {}


class StorageFull(DomainError):
    """The disk has no room for the bytes."""

    status, code = 507, "storage_full"
