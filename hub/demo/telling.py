"""What the terminal says about the demonstration and its accounts."""

from __future__ import annotations

from hub.demo import instance
from hub.demo.cast import HOUSES, KNOWN_PASSWORD, PEOPLE


def at_start() -> str:
    """What a start of the hub has to say; begins the demonstration on an empty hub, and keeps it safe on others."""
    if instance.is_empty():
        return welcome(instance.begin())
    instance.take_over()
    instance.go_on()
    if not instance.is_reached_from_here_only():
        return _locked()
    people = instance.accounts_that_work()
    if not people:
        return ""
    names = ", ".join(person.name for person in people)
    return f"This is a demonstration. Sign in as {names}; the password is: {KNOWN_PASSWORD}\n"


def welcome(begun: instance.Begun) -> str:
    """Who is there to sign in as, and with which password."""
    width = max(len(person.name) for person in PEOPLE)
    lines = [
        f"The hub was empty, so a demonstration grows in it: {len(HOUSES)} organisations and their models, within a minute.",
        f"Sign in as one of these people; the password is: {begun.password}",
        *(f"  {person.name:<{width}}  {person.display_name}, {person.shows}" for person in PEOPLE),
    ]
    if not begun.is_known:
        lines.append(
            "Write the password down: other machines reach this hub, so it was made up just now and is shown nowhere else."
        )
    lines.append("  Without it: ARBORETUM_DEMO=0 and another data folder.")
    return "\n".join(lines) + "\n"


def _locked() -> str:
    password = instance.lock_known_passwords()
    if not password:
        return ""
    return (
        "Other machines reach this hub now, and its demonstration accounts had a password that everybody knows. They all "
        f"have a new one, shown nowhere else: {password}\n"
    )
