"""Background entry points of artifacts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hub.core.actor import SYSTEM
from hub.core.jobs.actions import handles
from models_catalog.artifacts.actions import READ_HEADER, read_safetensors_header
from models_catalog.storage.models import Blob


@handles(READ_HEADER)
def read(payload: Mapping[str, Any]) -> str:
    """Carry out a job of kind ``read_header``."""
    header = read_safetensors_header(Blob.objects.get(pk=payload["blob_id"]), actor=SYSTEM)
    return str(header.facts.get("problem", f"{header.parameters} parameters"))
