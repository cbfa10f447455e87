"""Whether this hub is a demonstration, and whom one can sign in as there.

The fact is a row of the job ledger, written in the transaction that makes the first people: its payload keeps a digest
of each password as it was stored, so that pages offer an account only while its password is still the one they name.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from accounts.namespaces.models import Namespace
from accounts.users.actions import change_password, describe_user, register_user
from accounts.users.models import User
from hub.core.actor import SYSTEM, for_command
from hub.core.errors import Conflict
from hub.core.jobs.actions import publish, request_job
from hub.core.jobs.models import Job, JobState
from hub.demo.cast import HOUSES, KNOWN_PASSWORD, PEOPLE, Person

KIND = KEY = "plant_demonstration"
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
IN_USE = (
    "This hub is in use: somebody has an account or a name here already. The demonstration is made on an empty hub only, "
    "so that its invented people and models never stand beside real ones."
)


@dataclass(frozen=True, slots=True)
class Begun:
    """A demonstration that has just begun: the password that all of its people have."""

    password: str
    is_known: bool


def is_empty() -> bool:
    """Whether nobody has an account and no name was ever claimed."""
    return not (User.objects.exists() or Namespace.objects.exists())


def job() -> Job | None:
    """The ledger's row of the demonstration; ``None`` on a hub that is none."""
    return Job.objects.filter(key=KEY).first()


def is_only_demonstration() -> bool:
    """Whether everything here belongs to the demonstration: nobody else has an account, an organisation or a name."""
    ours = {each.name for each in (*PEOPLE, *HOUSES)}
    names = Namespace.objects.exclude(name__in=ours)
    return job() is not None and not names.exists()


def is_reached_from_here_only() -> bool:
    """Whether only this machine gets at the hub. Anywhere else, a password that everybody knows would be a hole."""
    host = settings.PUBLIC_HOST
    is_local_name = host in LOOPBACK or host.endswith(".localhost")
    return is_local_name and settings.BIND in LOOPBACK


def begin() -> Begun:
    """Make the people and ask for everything else, all or nothing. Raises ``Conflict`` unless the hub is empty."""
    is_known = is_reached_from_here_only()
    password = KNOWN_PASSWORD if is_known else secrets.token_urlsafe(12)
    with transaction.atomic():
        if not is_empty():
            raise Conflict(IN_USE)
        stored = {each.name: _register(each, password) for each in PEOPLE}
        request_job(KIND, key=KEY, payload={"passwords": stored if is_known else {}})
    return Begun(password, is_known)


def _register(person: Person, password: str) -> str:
    """Make an account as ``manage.py create_user`` does; answers the digest of the stored password."""
    user = User(username=person.name)
    user.set_password(password)
    register_user(user, actor=SYSTEM)
    describe_user(user, display_name=person.display_name, actor=for_command(user))
    return _digest(user)


def _digest(user: User) -> str:
    return hashlib.sha256(user.password.encode()).hexdigest()


def go_on() -> None:
    """Ask once more for a demonstration that was given up; one that runs or is complete is left alone."""
    found = job()
    if found is not None and found.state == JobState.FAILED:
        with transaction.atomic():
            request_job(KIND, key=KEY, payload=found.payload, again=True)


def take_over() -> None:
    """Free the demonstration from a worker that was killed, without waiting for its lease to run out.

    For a start that holds the lock of the data folder. With the database in that folder no other worker can be alive;
    anywhere else there may be one, and the lease decides.
    """
    found = job()
    if found is None or found.state != JobState.RUNNING or connection.vendor != "sqlite":
        return
    with transaction.atomic():
        Job.objects.filter(key=KEY, state=JobState.RUNNING).update(lease_until=timezone.now())
        transaction.on_commit(lambda: publish(found), robust=True)


def is_complete() -> bool:
    """Whether everything has been made."""
    return Job.objects.filter(key=KEY, state=JobState.DONE).exists()


def accounts_that_work() -> list[Person]:
    """The people whose password is still the known one: two queries, and none of them hashes anything."""
    stored = _passwords()
    if not stored:
        return []
    users = User.objects.filter(username__in=stored, is_active=True)
    working = {user.username for user in users if _digest(user) == stored[user.username]}
    return [person for person in PEOPLE if person.name in working]


def _passwords() -> Mapping[str, str]:
    found = job()
    return found.payload.get("passwords", {}) if found is not None else {}


def lock_known_passwords() -> str:
    """Give everybody who still has the known password a new one; answers it, or nothing when nobody had.

    For hubs that were a try-out on somebody's own machine and are reached by others now.
    """
    open_doors = [person.name for person in accounts_that_work()]
    if not open_doors:
        return ""
    password = secrets.token_urlsafe(12)
    with transaction.atomic():
        for user in User.objects.filter(username__in=open_doors):
            change_password(user, password=password, how="reset", actor=SYSTEM)
        Job.objects.filter(key=KEY).update(payload={"passwords": {}})
    return password
