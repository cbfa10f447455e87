"""Everybody who asks, and a model in every state with one of everything on it."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.test import Client
from django.utils import timezone

from accounts.orgs.actions import invite_member
from accounts.orgs.models import Organization
from accounts.tokens.actions import Limits, create_token
from accounts.tokens.models import Token
from accounts.users.models import User
from accounts.users.suspension import suspend_user
from governance.outbox.feed import make_feed_address
from governance.outbox.models import Notification, Watch
from governance.outbox.posting import tell
from governance.outbox.unsubscribing import unsubscribe_token
from governance.outbox.watching import watch
from governance.policies.drafts import write_draft
from governance.policies.places import HUB, of_namespace
from governance.reviews.actions import decide
from governance.reviews.assignments import assign
from governance.reviews.queues.feed import make_queue_feed
from governance.reviews.requests.actions import ask_for
from governance.reviews.requests.kinds import Wish
from governance.reviews.requests.models import CheckWaiver
from governance.reviews.waivers import waive
from governance.scanning.engine import ruleset_version
from governance.webhooks.actions import create_webhook, send_test
from models_catalog.changes.actions import open_discussion
from models_catalog.grants.actions import grant_repo
from models_catalog.lifecycle.actions import archive_repo, delete_repo, recall_blob
from models_catalog.repos.actions import change_settings, withdraw_repo
from models_catalog.repos.models import Repo
from models_catalog.revisions.models import Revision
from models_catalog.stages.actions import protect_alias, set_alias
from models_catalog.storage.models import Verdict
from models_catalog.uploads.actions.files import announce_file
from models_catalog.uploads.actions.sessions import start_upload
from tests.factories.models import judge, judge_all, make_repo, propose, release, send
from tests.factories.people import (
    acting,
    add_member,
    make_organization,
    make_robot,
    make_robot_token,
    make_team,
    make_user,
)
from tests.factories.pictures import png
from tests.factories.shelf import shelve
from tests.security.matrix.rules import STATES

MEMBERS = {
    "re": "reader",
    "au": "auditor",
    "co": "contributor",
    "rv": "reviewer",
    "se": "security_reviewer",
    "ma": "maintainer",
    "ad": "admin",
}
Places = dict[str, str]


@dataclass
class World:
    """``credentials`` are the headers of each actor; ``known`` has a value for each part of an address, by state."""

    organization: Organization
    people: dict[str, User]
    credentials: dict[str, dict[str, str]] = field(default_factory=dict)
    hub: Places = field(default_factory=dict)
    known: dict[str, Places] = field(default_factory=dict)

    def by(self, actor: str) -> Any:
        """Somebody at work in the browser."""
        return acting(self.people[actor])


def make_world() -> World:
    """An organisation with somebody in every role, and what else a hub has; the models come with their states."""
    owner = make_user("the-ow")
    organization = make_organization("savanna", owner, preset="open")
    people = {"ow": owner, "st": make_user("the-st")}
    people |= {
        code: add_member(organization, make_user(f"the-{code}"), role)
        for code, role in MEMBERS.items()
    }
    people["hs"] = make_user("the-hs", is_instance_security=True)
    people["op"] = make_user("the-op", is_superuser=True)
    people["guest"] = make_user("guest")
    world = World(organization, people)
    for state in STATES:
        world.known[state] = _furnished(world, state)
    _sign_in(world)
    world.hub = _hub(world)
    return world


# --- who asks ---------------------------------------------------------------------------------------------------------
def _sign_in(world: World) -> None:
    owner = world.by("ow")
    for code, person in world.people.items():
        world.credentials[code] = _session(person)
    world.credentials["an"] = {}
    suspended = add_member(world.organization, make_user("the-su"), "owner")
    world.credentials["su"] = _session(suspended)
    suspend_user(suspended, reason="The account was stolen.", actor=world.by("op"))
    ours = Repo.objects.filter(namespace=world.organization.namespace)
    elsewhere = make_repo("elsewhere", owner=world.people["ow"])
    soon = timezone.now() + timedelta(days=1)
    made = {
        "rt": create_token("rt", scope="read", actor=owner),
        "lt": create_token(
            "lt", scope="admin", limits=Limits(repos=[each.pk for each in ours]), actor=owner
        ),
        "ot": create_token("ot", scope="admin", limits=Limits(repos=[elsewhere.pk]), actor=owner),
        "ex": create_token("ex", scope="admin", expires_at=soon, actor=owner),
    }
    Token.objects.filter(pk=made["ex"][0].pk).update(expires_at=timezone.now() - timedelta(days=1))
    robot = make_robot(world.organization, "ci", roles=("contributor",))
    made["ro"] = make_robot_token(robot, scope="write", by=world.people["ow"])
    for code, (_, secret) in made.items():
        world.credentials[code] = {"Authorization": f"Bearer {secret}"}
    world.hub = {"own token": str(made["ex"][0].pk), "robot token": str(made["ro"][0].pk)}


def _session(person: User) -> dict[str, str]:
    client = Client()
    client.force_login(person)
    return {"Cookie": f"{settings.SESSION_COOKIE_NAME}={client.session.session_key}"}


# --- a model ----------------------------------------------------------------------------------------------------------
def _furnished(world: World, state: str) -> Places:
    """A released model with a thread (1), a change (2), a request (3), an upload and a grant, put into its state."""
    owner, by = world.people["ow"], world.by("ow")
    files = {"data/data.csv": f"a\n{state}\n".encode(), "picture.png": png(width=3 + len(state))}
    repo = shelve(state, by=owner, organization=world.organization, files=files)
    head = repo.refs.get(name="main").revision
    version = release(repo, head, by=owner)
    set_alias(repo, "champion", version, actor=by)
    open_discussion(repo, title="Which data?", body="Was it tested?", actor=by)
    waivers = _reviewed(world, repo)
    asked = ask_for(Wish(repo), kind="withdraw", reason="It leaks.", actor=world.by("co"))
    assign(asked, reviewer=world.people["rv"], actor=by)
    upload = start_upload(repo, actor=by)
    file = announce_file(upload, path="new.csv", size=3, actor=by)
    grant = grant_repo(repo, world.people["guest"], role="reader", actor=by)
    _put(repo, state, head, world)
    return {
        "namespace": "savanna",
        "name": state,
        "org": "savanna",
        "path": "data/data.csv",
        "revision": "main",
        "before": "main",
        "after": "v1",
        "stage": "candidate",
        "alias": "champion",
        "username": "guest",
        "person": "the-rv",
        "act": "archive",
        "accession": repo.accession,
        "public_id": str(repo.public_id),
        "upload_id": str(upload.public_id),
        "file_id": str(file.public_id),
        "grant_id": str(grant.pk),
        "request commit": head.sha1,
        **waivers,
    }


def _reviewed(world: World, repo: Repo) -> Places:
    """A change with a decision and two answers of the reviewer's, one for a file and one for a rule."""
    reviewer = world.by("rv")
    change = propose(repo, {"other.bin": repo.name.encode()}, by=world.people["co"])
    judge_all(change.head, ruleset=ruleset_version())
    judge(change.head, "other.bin", Verdict.UNSCANNABLE, ruleset=ruleset_version())
    sha1 = change.head.sha1
    given = {"reason": "Read it.", "days": 7, "actor": reviewer, "expected_sha1": sha1}
    waiver = waive(change, path="other.bin", **given)
    rule = CheckWaiver.objects.create(
        repo=repo,
        rule="licence_present",
        manifest_digest=change.head.manifest_digest,
        reason="It is coming.",
        given_by=world.people["rv"],
        expires_at=timezone.now() + timedelta(days=7),
    )
    decide(change, kind="request_changes", reason="Not yet.", actor=reviewer, expected_sha1=sha1)
    return {"waiver": str(waiver.pk), "rule waiver": str(rule.pk), "commit": sha1}


def _put(repo: Repo, state: str, head: Revision, world: World) -> None:
    """Into a state, by the action that brings models there."""
    by = world.by("ow")
    reviewed = {"unreleased": {"first_released_at": None}, "reviewed": {}}
    into: dict[str, Callable[[], object]] = {
        "internal": lambda: change_settings(repo, visibility="internal", actor=by),
        "private": lambda: change_settings(repo, visibility="private", actor=by),
        "gated": lambda: change_settings(
            repo, gating="terms", gating_terms="Not for war.", actor=by
        ),
        "archived": lambda: archive_repo(repo, actor=by),
        "quarantined": lambda: _find_dangerous(head),
        "withdrawn": lambda: withdraw_repo(repo, reason="It mixes languages up.", actor=by),
        "deleted": lambda: delete_repo(repo, reason="It was added twice.", actor=by),
    }
    if state in reviewed:
        Repo.objects.filter(pk=repo.pk).update(is_protected=True, **reviewed[state])
    elif state in into:
        into[state]()


def _find_dangerous(head: Revision) -> None:
    for path in ("data/data.csv", "picture.png"):
        judge(head, path, Verdict.DANGEROUS)


# --- the rest of the hub ----------------------------------------------------------------------------------------------
def _hub(world: World) -> Places:
    owner, by = world.people["ow"], world.by("ow")
    make_team(world.organization, "field", world.people["co"])
    invitation = invite_member(world.organization, username="the-st", role="reader", actor=by)
    hook, _ = create_webhook(
        owner, url="https://ci.example.org/hub", events=["version:yanked"], actor=by
    )
    draft: dict[str, Any] = {
        "preset": "light",
        "rules": {"approvals": {"count": 2}},
        "note": "Why.",
    }
    write_draft(of_namespace(world.organization.namespace), **draft, actor=by)
    write_draft(HUB, **draft, actor=world.by("op"))
    protect_alias(world.organization, "approved", actor=by)
    recalled = send(b"names and addresses", actor=by)
    recall_blob(recalled.sha256, reason="It holds names.", actor=world.by("hs"))
    watched = Repo.objects.get(name="public")
    watch(watched, level="all", actor=by)
    open_discussion(watched, title="And why?", body="Why?", actor=world.by("co"))
    tell()
    return world.hub | {
        "org": "savanna",
        "namespace": "savanna",
        "place": "savanna",
        "team": "field",
        "username": "the-co",
        "person": "the-co",
        "name": "the-co",
        "robot": "savanna-ci",
        "outsider": "guest",
        "webhook": str(hook.public_id),
        "delivery": str(send_test(hook, actor=by).pk),
        "notification": str(Notification.objects.filter(user=owner).latest("pk").pk),
        "invitation": str(invitation.pk),
        "digest": recalled.sha256,
        "secret": make_feed_address(actor=by),
        "queue secret": make_queue_feed(None, actor=by),
        "watched": str(Watch.objects.get(user=owner, repo=watched).pk),
        "unsubscribe": unsubscribe_token(owner, "reviews"),
        "accession": watched.accession,
        "public_id": str(watched.public_id),
        "deleted": world.known["deleted"]["public_id"],
        "stage": "candidate",
        "alias": "approved",
        "suspended": "the-su",
        "rest": str(uuid.uuid4()),
    }
