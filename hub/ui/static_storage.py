"""Static files with hashed names, compressed, and one joined stylesheet."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

from hub.ui.stylesheet import joined_stylesheet

STYLESHEET = "css/app.css"


class HubStaticFilesStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc] # whitenoise has no types
    """What ``collectstatic`` writes and ``{% static %}`` names.

    Parts of the stylesheet are joined into ``css/app.css``; modules import each other by hashed name. Before the first
    ``collectstatic`` there is no manifest, and addresses are those of the source files, which the finders serve.
    """

    support_js_module_import_aggregation = True

    def stored_name(self, name: str) -> str:
        """Hashed when files were collected, the name itself before that."""
        return super().stored_name(name) if self.hashed_files else name

    def post_process(
        self,
        paths: dict[str, Any],
        dry_run: bool = False,  # noqa: FBT001, FBT002 - as the class above has it
        **options: Any,
    ) -> Iterator[Any]:
        """Join the stylesheet, then hash and compress everything but its parts."""
        if not dry_run and STYLESHEET in paths:
            paths = self._with_joined_stylesheet(paths)
        yield from super().post_process(paths, dry_run=dry_run, **options)

    def _with_joined_stylesheet(self, paths: dict[str, Any]) -> dict[str, Any]:
        source, name = paths[STYLESHEET]
        joined = joined_stylesheet(Path(source.path(name)))
        self.delete(STYLESHEET)
        self._save(STYLESHEET, ContentFile(joined.encode()))
        kept = {path: found for path, found in paths.items() if not _is_part(path)}
        return kept | {STYLESHEET: (self, STYLESHEET)}


def _is_part(path: str) -> bool:
    return path.startswith("css/") and path.endswith(".css") and path != STYLESHEET
