"""Naming people and teams in what is said: ``@ada``, ``@savanna/field``.

Words between backticks are code and name nobody; neither does an address of mail. What a name stands for is looked up for
whoever asks: a team exists for those who belong to its organisation and for nobody else, so that no text tells of one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from accounts.namespaces.names import fold
from accounts.teams.models import Team
from accounts.teams.queries import organizations_with_teams_shown_to
from accounts.users.models import User, UserKind
from hub.core.actor import Actor

MOST_NAMES = 20  # of one text; what is named after them is only text
MOST_MEMBERS = 500  # of one team
MOST_SHOWN = 500  # of one page
_CODE = re.compile(r"```.*?(?:```|\Z)|``.*?``|`[^`\n]*`", re.S)
_NAME = r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,94}[A-Za-z0-9_])?"
_MENTION = re.compile(rf"(?<![\w@/.&-])@({_NAME})(?:/({_NAME}))?(?![\w@/-])")

Key = tuple[str, str]  # the folded names of a person and nothing, or of an organisation and a team


@dataclass(frozen=True, slots=True)
class Mention:
    """A place in a text that names ``key``."""

    start: int
    end: int
    key: Key


@dataclass(frozen=True, slots=True)
class Known:
    """What some names stand for, for one reader."""

    people: Mapping[Key, User] = field(default_factory=dict)
    teams: Mapping[Key, Team] = field(default_factory=dict)


def mentions_in(text: str) -> list[Mention]:
    """The first ``MOST_NAMES`` names in a text, wherever they stand. Pure."""
    if "@" not in text:
        return []
    outside = _CODE.sub(lambda code: " " * len(code[0]), text)
    found: list[Mention] = []
    names: set[Key] = set()
    for match in _MENTION.finditer(outside):
        key = (fold(match[1]), fold(match[2] or ""))
        if key not in names and len(names) >= MOST_NAMES:
            continue
        names.add(key)
        found.append(Mention(match.start(), match.end(), key))
    return found


def known_names(texts: Iterable[str], *, actor: Actor) -> Known:
    """What the names in some texts stand for, for this reader; the same number of queries for one text and for many."""
    keys = {mention.key: None for text in texts for mention in mentions_in(text)}
    return _known(list(keys)[:MOST_SHOWN], actor)


def people_named(text: str, *, actor: Actor) -> tuple[int, ...]:
    """The ids of those whom a text names, as far as its author may know of them; never the author.

    Whether they may see what it is said about is asked when they are told.
    """
    known = _known([mention.key for mention in mentions_in(text)], actor)
    named = {person.pk for person in known.people.values()}
    for team in known.teams.values():
        members = team.group.user_set.filter(is_active=True, kind=UserKind.PERSON)
        named |= set(members.order_by("pk").values_list("pk", flat=True)[:MOST_MEMBERS])
    return tuple(sorted(named - {actor.user_id}))


def _known(keys: Iterable[Key], actor: Actor) -> Known:
    wanted = set(keys)
    names = {name for name, team in wanted if not team}
    if not wanted:
        return Known()
    people = User.objects.filter(
        namespace__folded__in=names, is_active=True, kind=UserKind.PERSON
    ).select_related("namespace")
    return Known(
        {(person.namespace.folded, ""): person for person in people},
        _teams({key for key in wanted if key[1]}, actor),
    )


def _teams(keys: set[Key], actor: Actor) -> dict[Key, Team]:
    """Those of the teams that the actor may know of."""
    if not keys:
        return {}
    rows = Team.objects.select_related("organization__namespace", "group").filter(
        organization__in=organizations_with_teams_shown_to(actor).values("pk"),
        organization__namespace__is_retired=False,
        organization__namespace__folded__in={owner for owner, _team in keys},
        folded__in={team for _owner, team in keys},
    )
    found = {(row.organization.namespace.folded, row.folded): row for row in rows}
    return {key: team for key, team in found.items() if key in keys}
