"""Files of a plain multipart form, written to staging while they arrive: never twice on the disk, never in memory.

A browser names the files of a chosen folder with their relative path. Django keeps only the last part of it, so the
parser here leaves names as they are; ``check_path`` judges them before a byte is written, and no path ever names a
file on this machine (staging files are named by UUIDs).
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.core.exceptions import TooManyFilesSent
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest
from django.http.multipartparser import MultiPartParser
from django.utils.translation import gettext as _

from hub.core.errors import DomainError, Invalid, TooLarge
from models_catalog.revisions.paths import check_path
from models_catalog.storage import staging
from models_catalog.uploads.junk import is_junk

FOLDER_FIELD = "folder_files"  # the input whose files bear the chosen folder's name in front
CHUNK = 2**20


@dataclass(slots=True)
class Arrival:
    """A file that lies in staging under ``public_id``."""

    path: str
    size: int = 0
    public_id: uuid.UUID = field(default_factory=uuid.uuid4)

    @property
    def staged(self) -> str:
        """The name of the staging file."""
        return str(self.public_id)


class PathKeepingParser(MultiPartParser):
    """Django's parser, but names keep their folders. Not for files that are stored under their names."""

    def sanitize_file_name(self, file_name: str) -> str | None:
        """The name as the browser sent it."""
        return file_name.strip() or None


class StagingHandler(FileUploadHandler):
    """Takes the parsing of one form over and writes its files to staging.

    ``arrivals`` are the complete files; ``refused`` pairs a path with the sentence that says why it was not taken;
    ``skipped`` are hidden files of the system; ``is_cut_off`` tells that the form ended in the middle of a file.
    """

    chunk_size = CHUNK

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self.arrivals: list[Arrival] = []
        self.refused: list[tuple[str, str]] = []
        self.skipped: list[str] = []
        self.is_cut_off = False
        self._current: Arrival | None = None
        self._is_parsing = False

    def handle_raw_input(
        self,
        input_data: Any,
        META: dict[str, Any],  # noqa: N803 - Django's name
        content_length: int,
        boundary: Any,  # noqa: ARG002 - Django's signature
        encoding: str | None = None,
    ) -> tuple[Any, Any] | None:
        """Parse by ``PathKeepingParser``, which calls here again. Raises ``TooLarge`` for too many files or bytes."""
        if self._is_parsing:
            return None
        if content_length > settings.MAX_FORM_BYTES:
            raise TooLarge(
                _(
                    "A form takes {max_form_bytes:,} bytes in all. Send fewer files at once, or with script "
                    "on."
                ).format(max_form_bytes=settings.MAX_FORM_BYTES)
            )
        self._is_parsing = True
        try:
            return PathKeepingParser(META, input_data, [self], encoding).parse()
        except TooManyFilesSent as error:
            limit = settings.DATA_UPLOAD_MAX_NUMBER_FILES
            raise TooLarge(
                _("A form takes {limit:,} files at once. Send the others in a second one.").format(
                    limit=limit
                )
            ) from error

    def new_file(self, field_name: str, file_name: str, *args: Any, **kwargs: Any) -> None:
        """Begin a file, or leave it out; Django calls this before the first byte."""
        super().new_file(field_name, file_name, *args, **kwargs)
        path = file_name.partition("/")[2] or file_name if field_name == FOLDER_FIELD else file_name
        if is_junk(path):
            self.skipped.append(path)
            raise SkipFile
        try:
            self._current = Arrival(check_path(path))
        except Invalid as error:
            self._refuse(path, error)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:  # noqa: ARG002 - Django's
        """Append to the staging file."""
        arrival = self._now()
        try:
            arrival.size = staging.append(
                arrival.staged,
                offset=arrival.size,
                chunks=[raw_data],
                limit=settings.MAX_FILE_BYTES,
            )
        except TooLarge as error:
            staging.discard(arrival.staged)
            self._refuse(arrival.path, error)

    def file_complete(self, file_size: int) -> None:  # noqa: ARG002 - Django's signature
        """Keep the file. Nothing goes to ``request.FILES``."""
        arrival = self._now()
        if not arrival.size:
            staging.append(arrival.staged, offset=0, chunks=(), limit=0)
        self.arrivals.append(arrival)
        self._current = None

    def upload_interrupted(self) -> None:
        """The form ended in the middle of a file: that file is no file."""
        self.is_cut_off = True

    def discard_left(self) -> None:
        """Throw away every staging file that no upload has adopted; those that were adopted are gone by then."""
        for arrival in (*self.arrivals, *([self._current] if self._current else [])):
            staging.discard(arrival.staged)

    def _now(self) -> Arrival:
        assert self._current is not None  # Django calls new_file first
        return self._current

    def _refuse(self, path: str, error: DomainError) -> None:
        self._current = None
        self.refused.append((path, error.message))
        raise SkipFile from error
