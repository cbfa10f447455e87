"""A walk along every link from the front page: nothing is missing, nothing breaks, no anchor leads nowhere."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import pytest

from accounts.authz.policy import Role
from models_catalog.repos.actions import change_settings
from tests.factories.models import release
from tests.factories.people import acting, add_member, make_organization, make_user
from tests.factories.reviews import approve, make_scene
from tests.factories.shelf import card_source, shelve
from tests.hub.guide.reading import Page
from tests.services.answers import let_go

pytestmark = pytest.mark.django_db

MOST = 400  # pages of one walk
ALIKE = 2  # of a list that can be cut in a hundred ways, of the files of one model, of the tasks
HERE = "http://testserver"
BEGINNINGS = ("/", "/guide")
BY_OTHERS = ("/static/",)  # served by another program; tests/hub/ui/test_static.py looks at each


@dataclass
class Walk:
    """What somebody saw who followed every link."""

    pages: dict[str, Page] = field(default_factory=dict)
    broken: list[str] = field(default_factory=list)
    anchors: list[tuple[str, str, str]] = field(default_factory=list)

    @property
    def dead_anchors(self) -> list[str]:
        """Links to places that their page does not have."""
        return [
            f"{source} → {address}#{anchor}"
            for source, address, anchor in self.anchors
            if address in self.pages and anchor not in self.pages[address].anchors
        ]


def walk(client) -> Walk:
    """Follow links breadth first, as ``client``, as far as ``MOST``."""
    found = Walk()
    waiting = deque((beginning, "") for beginning in BEGINNINGS)
    known = set(BEGINNINGS)
    followed: dict[str, int] = {}
    while waiting:
        address, source = waiting.popleft()
        response = client.get(address, follow=True)
        if response.status_code != 200:
            found.broken.append(f"{source} → {address}: {response.status_code}")
            continue
        if not response.headers.get("Content-Type", "").startswith("text/html"):
            let_go(response)
            continue
        page = Page.of(response.content.decode())
        found.pages[address] = page
        for link in page.links:
            target, anchor = _target(link, address)
            if target is None:
                continue
            if anchor:
                found.anchors.append((address, target, anchor))
            if target not in known and _is_wanted(target, followed):
                known.add(target)
                waiting.append((target, address))
        assert len(known) < MOST, "the walk does not end"
    return found


def _target(link: str, source: str) -> tuple[str | None, str]:
    """Where a link leads within the hub, and the anchor there."""
    address, anchor = urldefrag(urljoin(f"{HERE}{source}", link))
    if not address.startswith(f"{HERE}/"):
        return None, ""
    return address.removeprefix(HERE), unquote(anchor)


def _is_wanted(target: str, followed: dict[str, int]) -> bool:
    """Whether few like it were followed: one view makes the links of all of them."""
    parts = urlsplit(target)
    if parts.path.startswith(BY_OTHERS):
        return False
    kind = _kind(parts.path)
    if not parts.query and kind == parts.path:
        return True
    followed[kind] = followed.get(kind, 0) + 1
    return followed[kind] <= ALIKE


def _kind(path: str) -> str:
    """What addresses of one view have in common: ``/ada/letters/blob``, ``/tasks``; most are of their own kind."""
    steps = path.split("/")
    if steps[1] == "tasks":
        return "/tasks"
    return "/".join(steps[:4])


@pytest.fixture
def member():
    """A small hub, and somebody with a part in most of it."""
    ada = make_user("ada")
    body = "It sorts letters.\n\n## What it is for\n\nSee [its settings](config.json).\n"
    files = {"config.json": b'{"a": 1}\n', "folder/notes.txt": b"hello\n"}
    leaf = shelve("letters", by=ada, card=card_source(title="Letters", body=body), files=files)
    release(leaf, leaf.refs.get(name="main").revision, by=ada, approvals=0)
    gated = shelve("gated", by=ada)
    change_settings(
        gated, visibility="public", gating="terms", gating_terms="Be kind.", actor=acting(ada)
    )
    shelve("hidden", by=ada, visibility="private")
    savanna = make_organization("meadow", ada)
    add_member(savanna, make_user("grace"), Role.REVIEWER.value)
    scene = make_scene()
    add_member(scene.organization, ada, Role.ADMIN.value)
    approve(scene.change, ada)
    return ada


def test_strangers_find_no_dead_link(client, member):
    found = walk(client)

    assert found.broken == []
    assert found.dead_anchors == []
    assert {"/models", "/ada", "/ada/letters", "/guide/privacy"} <= found.pages.keys()


def test_members_find_no_dead_link(client, member):
    client.force_login(member)

    found = walk(client)

    assert found.broken == []
    assert found.dead_anchors == []
    assert {"/ada/hidden", "/reviews", "/savanna", "/settings/profile"} <= found.pages.keys()
