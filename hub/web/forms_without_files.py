"""What happens to files in forms that ask for none."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import BadRequest
from django.core.files.uploadhandler import FileUploadHandler
from django.utils.translation import gettext as _


class RefuseFiles(FileUploadHandler):
    """Refuses a form at its first file, before a byte of it is kept.

    Django takes forms apart before any view or CSRF check sees them, and writes their files to the disk without a
    limit: a stranger could fill it. Pages that take files put a handler of their own in front.
    """

    def new_file(self, field_name: str, *args: Any, **kwargs: Any) -> None:  # noqa: ARG002 - Django's
        """Django calls this before the first byte of a file. Raises ``BadRequest``, which is answered with 400."""
        raise BadRequest(
            _("The form field {field_name!r} holds a file, and this page takes none.").format(
                field_name=field_name
            )
        )

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """Keep nothing; never reached."""
        del start
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Make no file; never reached."""
        del file_size
