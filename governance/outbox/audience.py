"""Who is to be told of an event, why, and whether they may know of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from accounts.users.models import User, UserKind
from governance.audit.models import AuditEvent
from governance.outbox.models import Level, Part, Watch, Why
from governance.outbox.topics import (
    LEVELS,
    OF_VERSIONS,
    WHEN_DELETED,
    Topic,
    topic_of,
    why_named,
)
from hub.core.actor import Actor, Means
from models_catalog.changes.models import Discussion
from models_catalog.changes.queries import visible_discussions
from models_catalog.downloads.models import Downloader
from models_catalog.repos.models import Repo


@dataclass(frozen=True, slots=True)
class News:
    """An event with one repo that it is about (or none), and what is known of its kind."""

    event: AuditEvent
    repo_id: int | None
    topic: Topic
    concerns: frozenset[int]
    number: int | None
    is_inside: bool

    @property
    def fold(self) -> str:
        """What belongs together in one notification: all of a thread, else this event."""
        if self.number is not None:
            return f"thread:{self.repo_id}:{self.number}"
        return f"event:{self.event.pk}:{self.repo_id or 0}"


def news_of(event: AuditEvent, repo_id: int | None, concerns: Iterable[int]) -> News:
    """The event as news about ``repo_id``."""
    topic = topic_of(event.name)
    thread = _thread(event, repo_id)
    return News(
        event=event,
        repo_id=repo_id,
        topic=topic,
        concerns=frozenset(concerns),
        number=thread.number if thread else None,
        is_inside=_is_hidden(thread) if thread else topic.is_inside,
    )


def _thread(event: AuditEvent, repo_id: int | None) -> Discussion | None:
    number = event.data.get("number")
    is_of_version = event.name.partition(":")[0] in OF_VERSIONS
    if repo_id is None or not isinstance(number, int) or is_of_version:
        return None
    threads = Discussion.objects.select_related("repo")
    return threads.filter(repo=repo_id, number=number).first()


def _is_hidden(thread: Discussion) -> bool:
    """Whether readers of the model do not see the thread: what its own page says to somebody who holds no right."""
    seen = visible_discussions(thread.repo, actor=_acting(_somebody()))
    return not seen.filter(pk=thread.pk).exists()


def next_people(news: News, *, after: int, number: int) -> list[int]:
    """The ids of the next people who may have to be told, in order; each source gives its own lowest ones."""
    sources: list[Iterable[int]] = [sorted(pk for pk in news.concerns if pk > after)[:number]]
    for rows in _sources(news):
        ids = rows.filter(user_id__gt=after).order_by("user_id").values_list("user_id", flat=True)
        sources.append(ids.distinct()[:number])
    return sorted({pk for source in sources for pk in source})[:number]


def _sources(news: News) -> list[QuerySet[Watch] | QuerySet[Part] | QuerySet[Downloader]]:
    found: list[QuerySet[Watch] | QuerySet[Part] | QuerySet[Downloader]] = []
    if news.topic.is_told and news.repo_id is not None:
        found.append(_watching_then(news).filter(repo=news.repo_id, namespace=None))
        if news.number is not None:
            found.append(Part.objects.filter(repo=news.repo_id, number=news.number))
        if news.topic.reaches_downloaders:
            found.append(_downloaders(news))
    if news.topic.is_told and news.event.namespace_id is not None:
        found.append(_watching_then(news).filter(namespace=news.event.namespace_id, repo=None))
    return found


def _watching_then(news: News) -> QuerySet[Watch]:
    """Nobody who began to watch since then is told of what was before."""
    return Watch.objects.filter(created_at__lte=news.event.happened_at)


def _downloaders(news: News) -> QuerySet[Downloader]:
    """Who has what is taken back: of a version, those who fetched that one."""
    rows = Downloader.objects.filter(repo=news.repo_id)
    number = news.event.data.get("number")
    if news.event.name.startswith("version:") and isinstance(number, int):
        return rows.filter(version__number=number)
    return rows


def reasons(news: News, ids: Sequence[int]) -> dict[int, Why]:
    """Why each of these people is told; those who are not, because they want to hear nothing of it, are left out."""
    ties = _Ties.of(news, ids)
    found = {pk: ties.why(pk) for pk in ids if pk != news.event.actor_id}
    return {pk: why for pk, why in found.items() if why is not None}


@dataclass(frozen=True, slots=True)
class _Ties:
    """What binds some people to what happened."""

    news: News
    models: Mapping[int, str]
    owners: Mapping[int, str]
    parts: Mapping[int, str]
    muted: frozenset[int]
    have: frozenset[int]

    @classmethod
    def of(cls, news: News, ids: Sequence[int]) -> _Ties:
        """Four queries, however many people."""
        watches = Watch.objects.filter(user__in=ids)
        models = watches.filter(repo=news.repo_id or 0).values_list("user_id", "level")
        owners = watches.filter(namespace=news.event.namespace_id or 0)
        thread = {"repo": news.repo_id or 0, "number": news.number or 0}
        parts = list(Part.objects.filter(user__in=ids, **thread))
        have = _downloaders(news).filter(user__in=ids).values_list("user_id", flat=True)
        return cls(
            news=news,
            models=dict(models),
            owners=dict(owners.values_list("user_id", "level")),
            parts={part.user_id: part.why for part in parts},
            muted=frozenset(part.user_id for part in parts if part.is_muted),
            have=frozenset(have if news.topic.reaches_downloaders else ()),
        )

    def why(self, pk: int) -> Why | None:
        """What is nearest counts: being named, having it, the thread, the model, its owner."""
        if pk in self.news.concerns:
            return why_named(self.news.event.name)
        if pk in self.have:
            return Why.DOWNLOADED
        if pk in self.muted or self.models.get(pk) == Level.MUTED:
            return None
        if pk in self.parts:
            return Why(self.parts[pk])
        return self._watching(pk)

    def _watching(self, pk: int) -> Why | None:
        group = self.news.topic.group
        if pk in self.models:
            return Why.WATCHING if group in LEVELS[self.models[pk]] else None
        return Why.WATCHING_OWNER if group in LEVELS.get(self.owners.get(pk, ""), ()) else None


def those_who_may_see(news: News, ids: Collection[int]) -> list[User]:
    """Active people among these who may know of it at this moment.

    Asked once for anybody with an account, so that a public model costs one question however many watch it; only what is
    not open to everybody is asked for each person. The rule itself is the catalogue's alone.
    """
    people = list(
        User.objects.filter(pk__in=ids, is_active=True, kind=UserKind.PERSON).order_by("pk")
    )
    if news.repo_id is None or _sees(news, _somebody()):
        return people
    return [person for person in people if _sees(news, person)]


def _sees(news: News, person: User) -> bool:
    actor, repos = _acting(person), Repo.objects.all()
    if news.event.name in WHEN_DELETED:
        seen = repos.once_visible_to(actor)
    else:
        seen = repos.opened_to(actor) if news.is_inside else repos.visible_to(actor)
    return bool(seen.filter(pk=news.repo_id or 0).exists())


def _somebody() -> User:
    """Anybody with an account that holds no right anywhere."""
    return User(pk=0, namespace_id=0)


def _acting(person: User) -> Actor:
    return Actor(user=person, means=Means.SESSION)
