"""A hub with one of everything, for tests that walk over every operation of the API."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from accounts.orgs.models import Organization
from accounts.users.models import User
from governance.outbox.models import Notification
from governance.outbox.posting import tell
from governance.outbox.watching import watch
from governance.policies.drafts import write_draft
from governance.policies.places import of_namespace
from governance.webhooks.actions import create_webhook, send_test
from models_catalog.changes.actions import open_discussion
from models_catalog.grants.actions import grant_repo
from models_catalog.repos.actions import change_settings
from models_catalog.repos.models import Repo
from models_catalog.search.actions import refresh
from models_catalog.stages.actions import set_alias
from models_catalog.uploads.actions.files import announce_file
from models_catalog.uploads.actions.sessions import start_upload
from tests.factories.models import commit_files, judge_all, make_repo, propose, release
from tests.factories.people import acting, add_member, make_organization, make_user
from tests.factories.shelf import keep_card, shelve


@dataclass
class World:
    """Who and what there is. ``known`` has a value for each part of a path that leads to something."""

    owner: User
    writer: User
    reader: User
    stranger: User
    organization: Organization
    repo: Repo
    known: dict[str, Any] = field(default_factory=dict)

    def places(self, path: str) -> dict[str, Any]:
        """Values for the parts of one path."""
        number = 2 if "/changes/" in path else 1
        return self.known | {"number": number}


def make_world() -> World:
    """An open organisation with an open model: two versions, a discussion (1), a change (2), an upload of each writer's."""
    owner, writer, reader, stranger = map(make_user, ("ada", "wanda", "rita", "stan"))
    savanna = make_organization("savanna", owner, preset="open")
    add_member(savanna, writer, "contributor")
    add_member(savanna, reader, "reader")
    repo = shelve("minilm", by=owner, organization=savanna, files={"data/notes.txt": b"notes"})
    release(repo, commit_files(repo, {"w.bin": b"0123456789"}, by=owner), by=owner)
    head = commit_files(repo, {"w.bin": b"9876543210"}, by=owner, message="Again")
    judge_all(head)
    keep_card(head)
    release(repo, head, by=owner)
    open_discussion(repo, title="Which data?", body="What was it tested on?", actor=acting(reader))
    propose(repo, {"more.txt": b"more"}, by=writer)
    change_settings(
        repo,
        visibility="public",
        gating="terms",
        gating_terms="Not for medical decisions.",
        actor=acting(owner),
    )
    refresh(repo.pk)
    set_alias(repo, "champion", repo.versions.get(number=1), actor=acting(owner))
    uploads = {each: start_upload(repo, actor=acting(each)) for each in (owner, writer)}
    for user, upload in uploads.items():
        announce_file(upload, path="README.md", size=3, actor=acting(user))
    hook, _ = create_webhook(
        savanna, url="https://ci.example.org/hub", events=["version:yanked"], actor=acting(owner)
    )
    world = World(owner, writer, reader, stranger, savanna, repo)
    world.known = {
        "namespace": "savanna",
        "name": "minilm",
        "revision": "main",
        "path": "README.md",
        "accession": repo.accession,
        "public_id": str(repo.public_id),
        "upload_id": str(uploads[owner].public_id),
        "org": "savanna",
        "place": "savanna",
        "digest": "0" * 64,
        "username": "wanda",
        "webhook": str(hook.public_id),
        "delivery": str(send_test(hook, actor=acting(owner)).pk),
        "notification": _told(owner, writer, repo),
        "stage": "candidate",
        "alias": "champion",
        "grant_id": grant_repo(repo, make_user("guest"), role="reader", actor=acting(owner)).pk,
    }
    write_draft(
        of_namespace(savanna.namespace), preset="light", rules={}, note="Why.", actor=acting(owner)
    )
    return world


def _told(owner: User, writer: User, repo: Repo) -> int:
    """A notification of the owner's."""
    watch(repo, level="all", actor=acting(owner))
    open_discussion(repo, title="And why?", body="Why?", actor=acting(writer))
    tell()
    return Notification.objects.filter(user=owner).latest("pk").pk


def make_hidden(world: World) -> Repo:
    """A private model of the owner's own, with all that a model can have."""
    repo = make_repo("hidden", owner=world.owner, visibility="private")
    judge_all(commit_files(repo, {"README.md": b"# Hidden\n"}, by=world.owner))
    open_discussion(repo, title="Secret", body="Words", actor=acting(world.owner))
    propose(repo, {"x.txt": b"x"}, by=world.owner)
    return repo
