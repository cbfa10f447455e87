"""Reading the headers of weight files, once per content and reader."""

from __future__ import annotations

import json
from typing import Any

from django.db import IntegrityError, transaction

from hub.core.actor import Actor
from hub.core.bounded import OutOfBounds, run_bounded
from hub.core.events import emit
from hub.core.jobs.actions import request_job
from models_catalog.artifacts.events import HeaderRead
from models_catalog.artifacts.models import Header
from models_catalog.artifacts.safetensors import (
    FORMAT,
    LENGTH_BYTES,
    READER,
    BadHeader,
    header_length,
)
from models_catalog.storage.models import Blob
from models_catalog.storage.queries import open_blob

READ_HEADER = "read_header"
MAX_SECONDS = 20


def request_header(blob: Blob) -> None:
    """Ask for the header of these bytes, unless this reader has read or been asked for it."""
    request_job(READ_HEADER, key=f"header:{blob.sha256}:{READER}", payload={"blob_id": blob.pk})


def read_safetensors_header(blob: Blob, *, actor: Actor) -> Header:
    """Read the header of a safetensors file, however large the file is; a second time answers what is there.

    A file whose header cannot be read has one with ``facts["problem"]`` and no number of parameters.
    """
    known = Header.objects.filter(blob=blob, reader=READER).first()
    if known is not None:
        return known
    facts = _facts(blob)
    try:
        return _store(blob, facts, actor=actor)
    except IntegrityError:
        return Header.objects.get(blob=blob, reader=READER)


def _facts(blob: Blob) -> dict[str, Any]:
    try:
        with open_blob(blob) as file:
            length = header_length(file.read(LENGTH_BYTES), file_size=blob.size)
            source = file.read(length)
        answer = run_bounded(
            "models_catalog.artifacts.safetensors:read_as_json", source, seconds=MAX_SECONDS
        )
    except BadHeader as bad:
        return {"problem": str(bad)}
    except OutOfBounds as stopped:
        return {"problem": f"The header of the file could not be read: {stopped.reason}."}
    found: dict[str, Any] = json.loads(answer)
    return found


@transaction.atomic
def _store(blob: Blob, facts: dict[str, Any], *, actor: Actor) -> Header:
    tensors = facts.pop("tensors", [])
    parameters = facts.pop("parameters", None)
    header = Header.objects.create(
        blob=blob, reader=READER, format=FORMAT, parameters=parameters, facts=facts, tensors=tensors
    )
    emit(
        HeaderRead(
            actor=actor,
            subject=f"blob:{blob.sha256}",
            label=blob.sha256,
            header=header,
            sha256=blob.sha256,
            format=FORMAT,
        )
    )
    return header
