"""Django finds the kit's models here; nobody else imports from this list."""

from hub.core.idempotency.models import KeptAnswer
from hub.core.jobs.models import Job

__all__ = ["Job", "KeptAnswer"]
