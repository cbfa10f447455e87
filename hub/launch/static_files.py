"""Static files get hashed names even in the embedded hub, so that browsers keep them for ever.

Serving straight from the sources would save this step but would be a second code path, tested by nobody: the references
inside style sheets and modules are only rewritten here. It is done again only when a source has changed.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command


def collect_when_changed() -> bool:
    """Collect the static files unless the last collection saw the same sources; answer whether it was done."""
    stamp = Path(settings.STATIC_ROOT) / ".sources"
    seen = fingerprint()
    if stamp.is_file() and stamp.read_text() == seen:
        return False
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(seen)
    return True


def fingerprint() -> str:
    """A digest over place, size and time of every source: what a look at the file system tells without reading."""
    digest = hashlib.sha256(str(settings.STORAGES["staticfiles"]).encode())
    for finder in get_finders():
        for path, storage in sorted(finder.list([]), key=lambda found: found[0]):
            about = Path(storage.path(path)).stat()
            digest.update(f"{path}\0{about.st_size}\0{about.st_mtime_ns}\n".encode())
    return digest.hexdigest()
