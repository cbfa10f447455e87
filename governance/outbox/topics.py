"""Which events people are told of, in which group, and who of them."""

from __future__ import annotations

from dataclasses import dataclass

from governance.outbox.models import Group, Level, Why


@dataclass(frozen=True, slots=True)
class Topic:
    """What is known of the events of one name.

    ``is_inside``: readers of the model do not see it (of a thread, its own page decides). ``reaches_downloaders``: it
    takes back something that people have. ``is_told``: people hear of it; the rest is for those whom it names, and for
    webhooks. ``is_said``: it carries somebody's words, and whom it names they name.
    """

    group: Group
    is_inside: bool = False
    reaches_downloaders: bool = False
    is_told: bool = True
    is_said: bool = False


_RELEASE = Topic(Group.RELEASES)
_TAKEN_BACK = Topic(Group.WITHDRAWALS, reaches_downloaders=True)
_REVIEW = Topic(Group.REVIEWS)
_INSIDE = Topic(Group.REVIEWS, is_inside=True)
_TALK = Topic(Group.DISCUSSIONS)
_SAID = Topic(Group.DISCUSSIONS, is_said=True)
_ASKED = Topic(Group.REVIEWS, is_said=True)
_STAGE = Topic(Group.STAGES)
_UPKEEP = Topic(Group.UPKEEP)
_FOR_PROGRAMS = Topic(Group.UPKEEP, is_inside=True, is_told=False)
_FOR_ADMINS = Topic(Group.UPKEEP, is_told=False)

# By name, so that an event may be told of wherever it is declared; a name that nobody emits costs nothing.
TOPICS: dict[str, Topic] = {
    "alias:moved": _STAGE,
    "blob:recalled": _TAKEN_BACK,
    "change:closed": _REVIEW,
    "change:community_asked": _REVIEW,
    "change:merged": _REVIEW,
    "change:opened": _ASKED,
    "change:updated": _REVIEW,
    "check:waived": _INSIDE,
    "check:waiver_ended": _INSIDE,
    "checklist:answered": Topic(Group.REVIEWS, is_inside=True, is_told=False),
    "decision:made": _ASKED,
    "decision:voided": _REVIEW,
    "discussion:closed": _TALK,
    "discussion:commented": _SAID,
    "discussion:opened": _SAID,
    "discussion:reopened": _TALK,
    "grant:changed": _FOR_PROGRAMS,
    "grant:ended": _FOR_PROGRAMS,
    "grant:given": _FOR_PROGRAMS,
    "organization:defaults_changed": _FOR_ADMINS,
    "organization:described": _FOR_ADMINS,
    "organization:invitation_answered": _FOR_ADMINS,
    "organization:member_invited": _FOR_ADMINS,
    "organization:member_left": _FOR_ADMINS,
    "organization:role_given": _FOR_ADMINS,
    "organization:role_taken": _FOR_ADMINS,
    "policy:changed": _UPKEEP,
    "repo:archived": _UPKEEP,
    "repo:created": _UPKEEP,
    "repo:deleted": _TAKEN_BACK,
    "repo:deprecated": _TAKEN_BACK,
    "repo:purged": _FOR_ADMINS,
    "repo:renamed": _UPKEEP,
    "repo:restored": Topic(Group.WITHDRAWALS),
    "repo:settings_changed": _UPKEEP,
    "repo:transferred": _UPKEEP,
    "repo:unarchived": _UPKEEP,
    "repo:undeprecated": Topic(Group.WITHDRAWALS),
    "repo:withdrawn": _TAKEN_BACK,
    "request:closed": _REVIEW,
    "request:granted": _REVIEW,
    "request:opened": _ASKED,
    "revision:committed": _FOR_PROGRAMS,
    "revision:scanned": _FOR_PROGRAMS,
    "stage:moved": _STAGE,
    "stages:changed": _FOR_ADMINS,
    "team:created": _FOR_ADMINS,
    "team:deleted": _FOR_ADMINS,
    "team:member_added": _FOR_ADMINS,
    "team:member_removed": _FOR_ADMINS,
    "version:certified": _REVIEW,
    "version:proposed": _FOR_PROGRAMS,
    "version:rejected": _FOR_PROGRAMS,
    "version:released": _RELEASE,
    "version:unyanked": Topic(Group.WITHDRAWALS),
    "version:withdrawn": _TAKEN_BACK,
    "version:yanked": _TAKEN_BACK,
    "waiver:ended": _INSIDE,
    "waiver:given": _INSIDE,
}
UNKNOWN = Topic(Group.UPKEEP, is_told=False)

LEVELS: dict[str, frozenset[Group]] = {
    Level.RELEASES: frozenset({Group.RELEASES, Group.WITHDRAWALS}),
    Level.ALL: frozenset(Group) - {Group.PERSONAL},
    Level.MUTED: frozenset(),
}

TAKES_PART: dict[str, Why] = {
    "change:opened": Why.AUTHOR,
    "change:updated": Why.COMMENTER,
    "decision:made": Why.REVIEWER,
    "discussion:commented": Why.COMMENTER,
    "discussion:opened": Why.AUTHOR,
    "request:opened": Why.AUTHOR,
}
OF_VERSIONS = (
    "alias",
    "stage",
    "version",
)  # whose ``number`` is a version's; of all others it is a thread's
WHEN_DELETED = ("repo:deleted", "repo:purged")  # told to those who knew of the model until then
NAMING = (Why.MENTIONED, Why.ASKED, Why.REMINDED, Why.CONCERNED)
_WORDS = {
    "mention": Why.MENTIONED,
    "assign": Why.ASKED,
    "asked": Why.ASKED,
    "requested": Why.ASKED,
    "remind": Why.REMINDED,
    "escalat": Why.REMINDED,
    "due": Why.REMINDED,
}


def topic_of(name: str) -> Topic:
    """What is known of the events of this name; of a name that nobody listed, only those whom it names hear."""
    return TOPICS.get(name, UNKNOWN)


def why_named(name: str) -> Why:
    """Why an event names somebody, as far as its own name says that."""
    if topic_of(name).is_said:
        return Why.MENTIONED
    action = name.partition(":")[2]
    return next((why for word, why in _WORDS.items() if word in action), Why.CONCERNED)
