"""A small hub with a model in every state, made through the actions inside ``manage.py shell``."""

from __future__ import annotations

from pathlib import Path

from accounts.orgs.models import Organization
from accounts.users.models import User
from governance.reviews.actions import decide
from hub.core.jobs.models import Job, JobState
from models_catalog.changes.actions import (
    add_comment,
    merge_change,
    open_change,
    open_discussion,
)
from models_catalog.changes.models import Change
from models_catalog.grants.actions import grant_repo
from models_catalog.repos.actions import change_settings, withdraw_repo
from models_catalog.repos.models import Repo
from models_catalog.revisions.operations import AddFile
from models_catalog.storage.actions import receive_blob
from models_catalog.storage.staging import read_chunks
from tests.factories.models import CARD, commit_files, make_repo, propose
from tests.factories.people import (
    acting,
    add_member,
    first_owner,
    make_organization,
    make_robot,
    make_robot_token,
    make_team,
    make_user,
)

PASSWORD = "a long sentence that nobody guesses"
EVIL = b"cposix\nsystem\n(S'echo pwned'\ntR."


def begin(folder: str) -> None:
    """People, organisations and proposals; scanning has to run before ``finish``."""
    ada = make_user("ada", password=PASSWORD, display_name="Ada Okoro")
    grace = make_user("grace", password=PASSWORD, display_name="Grace Lind")
    savanna = make_organization("savanna", ada)
    add_member(savanna, grace, "security_reviewer")
    real = make_repo("minilm", owner=ada, organization=savanna)
    _propose_folder(real, Path(folder), ada)
    blocked = make_repo("leafscan", owner=ada, organization=savanna)
    propose(blocked, {"README.md": CARD, "model.pkl": EVIL}, by=ada, title="First version")
    gone = make_repo("withdrawn", owner=ada, organization=savanna)
    propose(gone, {"README.md": CARD, "config.json": b"{}"}, by=ada)
    mine = make_repo("letters", owner=ada)
    commit_files(mine, {"README.md": CARD, "config.json": b'{"a": 1}\n'}, by=ada)
    make_repo("empty", owner=ada)
    _staff(savanna, real, grace)


def _staff(organization: Organization, repo: Repo, reviewer: User) -> None:
    """A team, a service account with a token, and somebody from outside who holds one model."""
    owner = acting(first_owner(organization))
    robot = make_robot(organization, roles=("contributor",))
    make_robot_token(robot)
    make_team(organization, "field-station", reviewer, robot.user)
    outsider = make_user("eve", display_name="Eve Hartono")
    grant_repo(repo, outsider, role="reader", actor=owner)


def _propose_folder(repo: Repo, folder: Path, user: User) -> Change:
    operations = []
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            with path.open("rb") as file:
                blob = receive_blob(read_chunks(file), actor=acting(user))
            operations.append(AddFile(str(path.relative_to(folder)), blob.sha256))
    return open_change(
        repo,
        operations=operations,
        title="First version",
        description="As published.",
        actor=acting(user),
    )


def is_idle() -> bool:
    """Whether no background work is left."""
    return not Job.objects.filter(state__in=[JobState.QUEUED, JobState.RUNNING]).exists()


def finish() -> None:
    """Approve, merge, gate and withdraw; and one more change of the real model stays open."""
    ada, grace = User.objects.get(username="ada"), User.objects.get(username="grace")
    for name in ("minilm", "withdrawn"):
        change = Change.objects.get(discussion__repo__name=name, discussion__number=1)
        add_comment(change.discussion, body="I read the card.", actor=acting(grace))
        decide(
            change,
            kind="approve",
            reason="The numbers hold.",
            actor=acting(grace),
            expected_sha1=change.head.sha1,
        )
        merge_change(Change.objects.get(pk=change.pk), actor=acting(ada))
    repo = Repo.objects.get(name="minilm")
    propose(repo, {"README.md": CARD + b"\nOne more line.\n"}, by=ada, title="Say more")
    open_discussion(
        repo, title="Which languages?", body="The card names none.", actor=acting(grace)
    )
    gone = Repo.objects.select_related("namespace").get(name="withdrawn")
    withdraw_repo(gone, reason="It leaked names.", successor=repo, actor=acting(ada))
    letters = Repo.objects.get(name="letters")
    change_settings(
        letters, visibility="public", gating="terms", gating_terms="Be kind.", actor=acting(ada)
    )
