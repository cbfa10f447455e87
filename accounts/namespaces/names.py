"""What a name may look like, and when two names are the same name."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

from hub.core.errors import Invalid

MAX_LENGTH = 96
_ALLOWED = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9_])?")
_SEPARATORS = re.compile(r"[-_.]+")
_CONFUSABLE = str.maketrans({"0": "o", "1": "l", "i": "l"})

# First segments of addresses: names that would shadow a page. tests/architecture/test_reserved_names.py keeps it.
RESERVED = frozenset(
    """
    _ui about acc accounts admin administrator api apple-touch-icon assets audit benchmarks collections community compare
    contact csp-report datasets docs download downloads favicon favicon.ico favicon.svg feeds guide health healthz help hub humans.txt id
    internal invitations kernels legal llms.txt login logout manifest.webmanifest me media metrics mlflow models new notifications oauth official opensearch.xml organizations orgs
    policies preferences privacy raw report resolve reviews robots.txt root search security security.txt settings
    signup sitemap.xml spaces static statistics status support system tasks terms tokens uploads user users
    webhooks well-known buckets papers xet v1 v2 anonymous arboretum
    """.split()  # noqa: SIM905 - a list of words reads best as words
)


def fold(name: str) -> str:
    """The form in which names are compared: case, runs of ``-_.`` and lookalikes (l/1/I, o/0) are one.

    What is not ASCII stays as it is and so equals no name: lower-casing would turn a Kelvin sign into a k.
    """
    if not name.isascii():
        return name
    return _SEPARATORS.sub("-", name.lower()).strip("-").translate(_CONFUSABLE)


_RESERVED_FOLDED = frozenset(fold(name) for name in RESERVED)


def check_name(name: str, *, what: str, field: str = "name") -> None:
    """Refuse what may not be a name of a person, organisation or model. Raises ``Invalid``."""
    if not name:
        raise Invalid(_("Give the {what} a name.").format(what=what), field=field)
    if len(name) > MAX_LENGTH:
        raise Invalid(
            _("The name has {count} characters; {max_length} are allowed.").format(
                count=len(name), max_length=MAX_LENGTH
            ),
            field=field,
        )
    if not _ALLOWED.fullmatch(name) or "--" in name or ".." in name:
        raise Invalid(
            _(
                "Use letters a to z, digits, “-”, “_” and “.”; begin with a letter or digit, do not end "
                "with “-” or “.”, and do not write “--” or “..”."
            ),
            field=field,
        )
    if name.lower().endswith(".git"):
        raise Invalid(_("A name may not end with “.git”."), field=field)


def is_reserved(name: str) -> bool:
    """Whether the name is an address of the hub itself, or looks like one."""
    return fold(name) in _RESERVED_FOLDED
