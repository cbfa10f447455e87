"""Django finds the models of the app here; nobody else imports from this list."""

from governance.audit.models import AuditEvent, Checkpoint, PersonalField, Seal, UnsealedEvent
from governance.checks.models import ExternalCheck
from governance.outbox.models import (
    Envelope,
    FeedAddress,
    Notification,
    Part,
    Preference,
    Watch,
)
from governance.policies.models import Policy, PolicyDraft
from governance.reviews.models import Assignment, ChecklistAnswer, Decision
from governance.reviews.queues.models import QueueEntry, QueueFeed
from governance.reviews.requests.models import Certificate, CheckWaiver, ReviewRequest
from governance.scanning.models import ContentScan, ContextScan, Ruleset, Waiver
from governance.simulations.models import SimulatedModel, Simulation
from governance.webhooks.models import Delivery, Try, Webhook

__all__ = [
    "Assignment",
    "AuditEvent",
    "Certificate",
    "CheckWaiver",
    "ChecklistAnswer",
    "Checkpoint",
    "ContentScan",
    "ContextScan",
    "Decision",
    "Delivery",
    "Envelope",
    "ExternalCheck",
    "FeedAddress",
    "Notification",
    "Part",
    "PersonalField",
    "Policy",
    "PolicyDraft",
    "Preference",
    "QueueEntry",
    "QueueFeed",
    "ReviewRequest",
    "Ruleset",
    "Seal",
    "SimulatedModel",
    "Simulation",
    "Try",
    "UnsealedEvent",
    "Waiver",
    "Watch",
    "Webhook",
]
