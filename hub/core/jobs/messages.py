"""What lies in the queue, as far as anybody needs to know: the ledger is the truth, messages only hurry it."""

from __future__ import annotations

from typing import Any

from celery import current_app
from kombu.exceptions import ChannelError


def waiting_in(queue: str) -> int:
    """How many messages nobody has taken yet. Raises ``kombu.exceptions.OperationalError`` when the queue is out of reach."""
    with current_app.connection_for_read() as connection:
        try:
            channel: Any = (
                connection.default_channel
            )  # kombu's types know less than every transport has
            found = channel.queue_declare(queue, passive=True)
        except ChannelError:  # Redis knows no empty lists
            return 0
    return int(found.message_count)
