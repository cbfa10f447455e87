"""What licences allow, in a few words. A summary to choose by; the licence's own text is what counts."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Permission:
    """One line of the summary. ``mark`` is yes, duty (allowed if something is done), or no."""

    mark: str
    text: str


@dataclass(frozen=True, slots=True)
class Licence:
    """A licence as cards name it. ``spdx`` and ``url`` are empty for those outside of the SPDX list.

    ``kind`` is one of ``KINDS``, empty where nobody has read it for us.
    """

    id: str
    label: str
    title: str
    spdx: str = ""
    url: str = ""
    permissions: tuple[Permission, ...] = ()
    kind: str = ""


_USE = Permission("yes", "Use, change and sell")
_SHARE = Permission("yes", "Share copies and derivatives")
_NOTICES = Permission("duty", "Keep the licence and notices")
_CREDIT = Permission("duty", "Name the makers and say what you changed")
_SAME_TERMS = Permission("duty", "Share derivatives under the same terms")
_STUDY = Permission("yes", "Use and change, but not for money")
_NOT_SOLD = Permission("no", "Not for commercial use")
_UNCHANGED = Permission("no", "Do not share changed versions")

PERMISSIONS: dict[str, tuple[Permission, ...]] = {
    "permissive": (_USE, _SHARE, _NOTICES),
    "public_domain": (_USE, _SHARE, Permission("yes", "No conditions")),
    "attribution": (_USE, _SHARE, _CREDIT),
    "share_alike": (_USE, _SHARE, _NOTICES, _SAME_TERMS),
    "no_derivatives": (
        Permission("yes", "Use and sell"),
        Permission("yes", "Share copies"),
        _CREDIT,
        _UNCHANGED,
    ),
    "non_commercial": (_STUDY, _SHARE, _CREDIT, _NOT_SOLD),
    "non_commercial_share_alike": (_STUDY, _SHARE, _CREDIT, _SAME_TERMS, _NOT_SOLD),
    "non_commercial_no_derivatives": (
        Permission("yes", "Use, but not for money"),
        Permission("yes", "Share copies"),
        _CREDIT,
        _UNCHANGED,
        _NOT_SOLD,
    ),
    "responsible_use": (
        _USE,
        _SHARE,
        Permission("duty", "Only uses that its list of forbidden uses leaves open"),
        Permission("duty", "Pass the same limits on"),
    ),
    "own_terms": (
        Permission("duty", "Use and change under the makers’ own terms"),
        Permission("duty", "Their list of forbidden uses applies"),
    ),
    "research_only": (Permission("yes", "Use and change for research"), _NOT_SOLD),
}

KINDS = {
    "public_domain": _("Public domain: no conditions"),
    "permissive": _("Permissive: keep the licence and notices"),
    "attribution": _("Attribution: name the makers"),
    "share_alike": _("Share alike: derivatives under the same terms"),
    "no_derivatives": _("No derivatives: changed versions are not shared"),
    "responsible_use": _("Responsible use: some uses are forbidden"),
    "own_terms": _("Terms of the makers’ own"),
    "non_commercial": _("Not for commercial use"),
    "non_commercial_share_alike": _("Not for commercial use, share alike"),
    "non_commercial_no_derivatives": _("Not for commercial use, no derivatives"),
    "research_only": _("For research only"),
}
