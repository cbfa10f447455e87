"""What the upload page shows: rows of files, sentences for its script, the facts of a finished upload."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from hub.ui.parts import UploadRow
from hub.ui.quantities import filesize
from hub.ui.vocabulary import UPLOADS
from models_catalog.repos.models import Repo
from models_catalog.uploads.actions.files import MAX_FILES
from models_catalog.uploads.junk import JUNK
from models_catalog.uploads.models import Upload, UploadFile
from models_catalog.uploads.queries import offset_of

BLOCK_BYTES = 8 * 2**20


@dataclass(frozen=True, slots=True)
class FileRow:
    """One file on the page; ``sha256`` only when the hub has computed it."""

    row: UploadRow
    public_id: str
    url: str
    sha256: str


def file_rows(upload: Upload, files: Iterable[UploadFile]) -> list[FileRow]:
    """The rows of one page of files. Asks the disk how much has arrived, not the database."""
    base = upload_url("upload-files", upload)
    return [
        FileRow(
            row=_row(file),
            public_id=str(file.public_id),
            url=f"{base}/{file.public_id}",
            sha256=file.blob.sha256 if file.blob else "",
        )
        for file in files
    ]


def _row(file: UploadFile) -> UploadRow:
    arrived = offset_of(file)
    if file.blob_id is not None:
        state, sentence = "received", _("Received")
    elif arrived == file.size:
        state, sentence = "paused", _("All of it has arrived; it is taken in when you go on.")
    elif arrived:
        said = _(
            "%(arrived)s of %(size)s have arrived. Choose the same file again and only the rest is sent."
        )
        state, sentence = (
            "paused",
            said % {"arrived": filesize(arrived), "size": filesize(file.size)},
        )
    else:
        state, sentence = "waiting", _("Nothing of it has arrived yet. Choose the same file again.")
    return UploadRow(name=file.path, size=file.size, state=state, sentence=sentence, sent=arrived)


def upload_url(name: str, upload: Upload) -> str:
    """The address ``catalog:<name>`` of an upload; its repo and namespace should have been fetched with it."""
    repo = upload.repo
    return reverse(f"catalog:{name}", args=[repo.namespace.name, repo.name, upload.public_id])


def script_values() -> dict[str, object]:
    """Limits, icons and sentences for ``upload.js``; ``{n}`` and the like are filled in there."""
    return {
        "block": BLOCK_BYTES,
        "maxFiles": MAX_FILES,
        "maxBytes": settings.MAX_FILE_BYTES,
        "junk": sorted(JUNK),
        "icons": {state: word.icon for state, word in UPLOADS.items()},
        "statuses": {state: word.status for state, word in UPLOADS.items()},
        "say": {name: str(text) for name, text in _sentences().items()},
    }


def _sentences() -> dict[str, str | Promise]:
    return {
        "waiting": _("Waiting"),
        "sending": _("{sent} of {size}. Sent in blocks of 8 MB"),
        "checking": _("All of it is sent. The hub computes its SHA-256"),
        "paused": _("Paused at {sent}. Continues from there, even tomorrow or on another computer"),
        "offline": _(
            "The connection broke at {sent}. It goes on by itself when the hub can be reached"
        ),
        "received": _("Received"),
        "stopped": _("Stopped: {reason}"),
        "changed": _("The file is not the one that was begun, so it is sent from the start"),
        "refused": _("The hub answered {status}. Reload the page and choose the files again."),
        "tooMany": _(
            "These would be {n} files, and an upload takes {most}. Commit first, or choose fewer."
        ),
        "tooLarge": _("it has {size}, and this hub takes {most} for one file."),
        "skipped_1": _("A hidden file of the system was left out: {names}"),
        "skipped": _("{n} hidden files of the system were left out: {names}"),
        "total_1": _("1 file, {size}"),
        "total": _("{n} files, {size}"),
        "overall": _("{sent} of {size} sent. {left}"),
        "done_1": _("The file has been received."),
        "done": _("All {n} files have been received."),
        "left": _("About {time} left at {speed} Mbit/s."),
        "moving_1": _("1 file is still on its way."),
        "moving": _("{n} files are still on their way."),
        "halted_1": _("1 file was stopped. Remove it to go on."),
        "halted": _("{n} files were stopped. Remove them to go on."),
        "seconds": _("{n} s"),
        "minutes": _("{n} min"),
        "hours": _("{n} h"),
    }


def next_step(repo: Repo, upload: Upload) -> str:
    """Where a finished upload leads: its change, or the files of the model."""
    where = [repo.namespace.name, repo.name]
    if upload.change_number is not None:
        return reverse("governance:discussion", args=[*where, upload.change_number])
    return reverse("catalog:tree", args=[*where, "main"])
