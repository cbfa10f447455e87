"""How to name a model in a text: as a sentence and as BibTeX."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from hub.ui.parts import Snippet
from models_catalog.repos.models import Repo

_ESCAPED = str.maketrans(
    {c: f"\\{c}" for c in "&%$#_{}"}
    | {"~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "\\": r"\textbackslash{}"}
)


@dataclass(frozen=True, slots=True)
class Cited:
    """What a citation is made from; ``version`` may be empty."""

    repo: Repo
    title: str
    owner: str
    version: str
    moment: datetime

    @property
    def address(self) -> str:
        """The address that stays, whatever the model is called later."""
        return f"{settings.PUBLIC_URL}/acc/{self.repo.accession}"


def citations_of(cited: Cited) -> list[Snippet]:
    """The tabs of the rail's last section."""
    return [Snippet("APA", apa(cited)), Snippet("BibTeX", bibtex(cited))]


def apa(cited: Cited) -> str:
    """``Owner (2026). Title (Version 1.1.0) [Machine-learning model]. Hub ARB-2026-0001. Address``."""
    version = _(" (Version %(version)s)") % {"version": cited.version} if cited.version else ""
    kind = _("Machine-learning model")
    hub = f"{settings.HUB_NAME} {cited.repo.accession}"
    return (
        f"{cited.owner} ({_year(cited)}). {cited.title}{version} [{kind}]. {hub}. {cited.address}"
    )


def bibtex(cited: Cited) -> str:
    """An entry that old and new styles of BibTeX read."""
    fields = {
        "title": f"{{{cited.title.translate(_ESCAPED)}}}",
        "author": f"{{{cited.owner.translate(_ESCAPED)}}}",
        "year": _year(cited),
        "version": cited.version.translate(_ESCAPED),
        "publisher": settings.HUB_NAME.translate(_ESCAPED),
        "note": cited.repo.accession,
        "url": cited.address,
    }
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@misc{{{cited.repo.accession.lower()},\n{lines}}}"


def _year(cited: Cited) -> str:
    return date_format(cited.moment, "Y")
