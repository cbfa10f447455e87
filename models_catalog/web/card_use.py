"""Ways to get a model that work with this hub as it is, each pinned to one revision."""

from __future__ import annotations

import json
import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from django.conf import settings
from django.utils.translation import gettext as _

from hub.ui.parts import Snippet
from models_catalog.repos.models import Gating, Repo, Visibility
from models_catalog.revisions.verdicts import PathReport


@dataclass(frozen=True, slots=True)
class Pinned:
    """One revision of a model under the name that addresses use for it: a version, or a commit's id."""

    repo: Repo
    name: str

    @property
    def base(self) -> str:
        """The model's address on this hub."""
        return f"{settings.PUBLIC_URL}/{self.repo.full_name}"

    @property
    def folder(self) -> str:
        """What its archive unpacks to."""
        is_commit = len(self.name) == 40
        return f"{self.repo.name}-{self.name[:10] if is_commit else self.name}"

    @property
    def needs_token(self) -> bool:
        """Whether a stranger's request would be refused."""
        return self.repo.visibility != Visibility.PUBLIC or self.repo.gating != Gating.NONE

    def file(self, path: str) -> str:
        """The address of one file's bytes."""
        return f"{self.base}/resolve/{quote(self.name)}/{quote(path)}"


def snippets_of(
    pinned: Pinned, files: Sequence[PathReport], *, library: str, task: str
) -> list[Snippet]:
    """Commands and code for the rail; ``files`` are the largest, the first of them is the example."""
    found = [_whole(pinned)]
    if files:
        found += [_curl(pinned, files[0]), _wget(pinned, files[0]), _python(pinned, files[0])]
    code = _library_code(library, task, pinned.folder)
    if code:
        found.append(Snippet(_("Load"), code, _("From the unpacked folder")))
    return found


def _bearer(pinned: Pinned) -> str:
    return '  -H "Authorization: Bearer $TOKEN" \\\n' if pinned.needs_token else ""


def _whole(pinned: Pinned) -> Snippet:
    folder = pinned.folder
    code = (
        f"curl -fL \\\n  -o {folder}.zip \\\n{_bearer(pinned)}"
        f"  {pinned.base}/archive/{quote(pinned.name)}.zip\n"
        f"unzip {folder}.zip\ncd {folder}\nsha256sum --check SHA256SUMS"
    )
    return Snippet(_("All files"), code, _("Checks every file at the end"))


def _checked(report: PathReport) -> str:
    name = report.path.rsplit("/", 1)[-1]
    line = shlex.quote(f"{report.entry.sha256}  {name}")
    return f"echo {line} \\\n  | sha256sum --check"


def _curl(pinned: Pinned, report: PathReport) -> Snippet:
    code = f"curl -fL -C - -O \\\n{_bearer(pinned)}  {pinned.file(report.path)}\n{_checked(report)}"
    return Snippet("curl", code, _("Goes on where it stopped"))


def _wget(pinned: Pinned, report: PathReport) -> Snippet:
    token = '  --header "Authorization: Bearer $TOKEN" \\\n' if pinned.needs_token else ""
    code = f"wget -c \\\n{token}  {pinned.file(report.path)}\n{_checked(report)}"
    return Snippet("wget", code, _("Goes on where it stopped"))


def _python(pinned: Pinned, report: PathReport) -> Snippet:
    name = json.dumps(report.path.rsplit("/", 1)[-1])
    token = 'ask.add_header(\n  "Authorization", "Bearer " + token)\n' if pinned.needs_token else ""
    code = (
        "import hashlib, shutil\nfrom urllib.request import (\n  Request, urlopen)\n\n"
        f'ask = Request(\n  "{pinned.file(report.path)}")\n{token}'
        f'with urlopen(ask) as source, open(\n    {name}, "wb") as target:\n'
        "  shutil.copyfileobj(source, target)\n"
        f'with open({name}, "rb") as file:\n'
        '  found = hashlib.file_digest(\n    file, "sha256").hexdigest()\n'
        f'assert found == (\n  "{report.entry.sha256}")'
    )
    return Snippet("Python", code, _("Needs nothing but Python 3.11"))


def _library_code(library: str, task: str, folder: str) -> str:
    if library == "sentence-transformers":
        return (
            "from sentence_transformers import \\\n  SentenceTransformer\n\n"
            f'model = SentenceTransformer(\n  "./{folder}")\nmodel.encode(["A sentence"])'
        )
    if library == "transformers" and task:
        return f'from transformers import pipeline\n\nmodel = pipeline(\n  "{task}",\n  model="./{folder}")'
    return ""
