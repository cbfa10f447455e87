"""The people and organisations of the demonstration. All of them are invented."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.authz.policy import Role
from accounts.namespaces.models import Preset

KNOWN_PASSWORD = "try the arboretum"  # noqa: S105 - for hubs that only their own machine reaches


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody to sign in as: the account's name, what pages call them, and what they can show."""

    name: str
    display_name: str
    shows: str | Promise


@dataclass(frozen=True, slots=True)
class House:
    """An organisation; ``people`` are its members' roles, its founder (an owner) not among them."""

    name: str
    display_name: str
    preset: Preset
    description: str
    founder: str
    people: tuple[tuple[str, Role], ...]


PEOPLE = (
    Person("amina", "Amina Juma", _("owns Savanna Languages; has a private model")),
    Person("tesfaye", "Tesfaye Bekele", _("publishes: contributor of Savanna Languages")),
    Person("ines", "Inês Duarte", _("reviews for Savanna Languages; owns Seedling Workshop")),
    Person(
        "lucia", "Lucía Ferrer", _("owns Harbour Records, where two people approve each change")
    ),
    Person("kofi", "Kofi Asante", _("reviews security; may examine blocked files")),
    Person("jonas", "Jonas Weber", _("publishes: has a change in review that fails a check")),
    Person("mei", "Mei Lin", _("auditor: reads the audit log")),
    Person("noor", "Noor Rahman", _("reader; publishes without review in Seedling Workshop")),
)

HOUSES = (
    House(
        "savanna-languages",
        "Savanna Languages",
        Preset.LIGHT,
        "Five people in three cities who make small language tools for the languages around them. Every model is read "
        "by somebody who did not make it before it goes out.",
        "amina",
        (
            ("tesfaye", Role.CONTRIBUTOR),
            ("ines", Role.REVIEWER),
            ("kofi", Role.SECURITY_REVIEWER),
            ("mei", Role.AUDITOR),
            ("noor", Role.READER),
        ),
    ),
    House(
        "harbour-records",
        "Harbour Records",
        Preset.STRICT,
        "The records office of a harbour that types up old paper forms. Two people approve each model, one of them for "
        "security, and no card may leave a question open.",
        "lucia",
        (
            ("jonas", Role.CONTRIBUTOR),
            ("kofi", Role.SECURITY_REVIEWER),
            ("mei", Role.AUDITOR),
        ),
    ),
    House(
        "seedling-workshop",
        "Seedling Workshop",
        Preset.OPEN,
        "An evening class that builds its first models. Nothing is reviewed here, everything is scanned, and mistakes "
        "are welcome.",
        "ines",
        (("noor", Role.CONTRIBUTOR), ("kofi", Role.SECURITY_REVIEWER)),
    ),
)
