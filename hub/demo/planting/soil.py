"""Finding or making one thing at a time, always through the action that people use.

Every function may be called again after a crash and then changes nothing: it looks for its own result first. What has
to wait for scanning answers ``False`` (or ``None``) and is asked again later.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from accounts.orgs.actions import answer_invitation, create_organization, invite_member
from accounts.orgs.models import Invitation, InvitationState, Organization
from accounts.orgs.queries import roles_of
from accounts.users.models import User
from accounts.users.queries import get_user
from hub.core.actor import Actor, for_command
from hub.demo.cast import House
from models_catalog.changes.actions import add_comment, open_discussion
from models_catalog.changes.models import Change, Comment, Discussion
from models_catalog.repos.actions import create_repo
from models_catalog.repos.models import Repo, Visibility
from models_catalog.revisions.actions import MAIN, commit
from models_catalog.revisions.models import Revision
from models_catalog.revisions.operations import AddFile
from models_catalog.revisions.queries import head_of
from models_catalog.revisions.verdicts import path_verdicts, worst_of
from models_catalog.storage.actions import receive_blob
from models_catalog.storage.models import Verdict
from models_catalog.storage.staging import read_chunks


def acting(name: str) -> Actor:
    """The actor of one of the people; the record says that a command acted in their name."""
    return for_command(get_user(name))


def founded(house: House) -> Organization:
    """The organisation with its members."""
    organization = Organization.objects.filter(namespace__name=house.name).first()
    if organization is None:
        organization = create_organization(
            house.name,
            preset=house.preset.value,
            display_name=house.display_name,
            description=house.description,
            actor=acting(house.founder),
        )
    for name, role in house.people:
        _join(organization, get_user(name), role.value, founder=house.founder)
    return organization


def _join(organization: Organization, user: User, role: str, *, founder: str) -> None:
    if roles_of(organization, [user]).get(user.pk):
        return
    waiting = Invitation.objects.filter(
        organization=organization, invitee=user, state=InvitationState.OPEN
    ).first()
    invitation = waiting or invite_member(
        organization, username=user.username, role=role, actor=acting(founder)
    )
    answer_invitation(invitation, accept=True, actor=for_command(user))


def repo_called(full_name: str, *, by: str, visibility: str = Visibility.PUBLIC) -> Repo:
    """The model ``namespace/name``, empty at first."""
    namespace, _, name = full_name.partition("/")
    repo = Repo.objects.select_related("namespace").filter(namespace__name=namespace, name=name)
    if found := repo.first():
        return found
    actor = acting(by)
    owner = Organization.objects.filter(namespace__name=namespace).first()
    where = owner.namespace if owner is not None else get_user(namespace).namespace
    return create_repo(name, namespace=where, visibility=visibility, actor=actor)


@dataclass(frozen=True, slots=True)
class Harvest:
    """Where the trained models lie, each in a folder of its own that appears when it is whole."""

    folder: Path

    def files_of(self, model: str) -> Path | None:
        """The folder of a model, once it has been trained."""
        place = self.folder / model
        return place if place.is_dir() else None


def additions(folder: Path, *, actor: Actor) -> list[AddFile]:
    """The operations that add every file of a folder, its bytes sent."""
    operations = []
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        with path.open("rb") as file:
            blob = receive_blob(read_chunks(file), actor=actor)
        operations.append(AddFile(path.relative_to(folder).as_posix(), blob.sha256))
    return operations


def committed(repo: Repo, folder: Path | None, *, message: str, by: str) -> Revision | None:
    """The files on ``main`` of a model that nobody reviews."""
    head = head_of(repo, MAIN)
    if head is not None and head.parent_id is not None:
        return head
    if folder is None:
        return None
    actor = acting(by)
    operations = additions(folder, actor=actor)
    return commit(repo, ref=MAIN, operations=operations, message=message, actor=actor)


def is_scanned(revision: Revision) -> bool:
    """Whether every file has a verdict."""
    return worst_of(path_verdicts(revision).values()) != Verdict.PENDING


def said(thread: Discussion, *lines: tuple[str, str]) -> None:
    """What people (name, words) say in a thread, each once."""
    for name, body in lines:
        if not Comment.objects.filter(discussion=thread, kind="comment", body=body).exists():
            add_comment(thread, body=body, actor=acting(name))


def discussed(repo: Repo, title: str, *lines: tuple[str, str]) -> None:
    """A thread that proposes nothing; the first line opens it."""
    thread = (
        Discussion.objects.select_related("repo__namespace").filter(repo=repo, title=title).first()
    )
    (name, body), *answers = lines
    if thread is None:
        thread = open_discussion(repo, title=title, body=body, actor=acting(name))
    said(thread, *answers)


def change_called(repo: Repo, label: str) -> Change | None:
    """The change that brings the version ``label``, as it is now."""
    return (
        Change.objects.select_related(
            "discussion__repo__namespace", "discussion__author", "head", "base", "version"
        )
        .filter(discussion__repo=repo, version__label=label)
        .first()
    )
