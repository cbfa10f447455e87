"""``/image/<rev>/<path>``: pictures of cards, through the same three questions as every other byte."""

from __future__ import annotations

import pytest

from models_catalog.downloads.models import DailyDownloads
from models_catalog.downloads.pictures import MAX_BYTES
from models_catalog.repos.actions import accept_terms, change_settings, withdraw_repo
from models_catalog.revisions.actions import move_ref
from models_catalog.revisions.queries import head_of
from models_catalog.storage.models import Verdict
from tests.factories.models import commit_files, judge, judge_all, make_repo, propose, release
from tests.factories.people import acting, add_member, make_organization, make_user
from tests.factories.pictures import GIF, JPEG, png, png_claiming
from tests.services.answers import let_go, letting_go

pytestmark = [pytest.mark.django_db, pytest.mark.data]

DOOR = "/savanna/model/image/main/plot.png"
WHO = ("anonymous", "stranger", "reader", "contributor", "reviewer")


class World:
    """A released model with one picture, and somebody in each position towards it."""

    def __init__(self, client) -> None:
        self.client = client
        self.owner = make_user("owner")
        self.organization = make_organization("savanna", self.owner)
        self.repo = make_repo("model", owner=self.owner, organization=self.organization)
        self.change = propose(self.repo, {"plot.png": png()}, by=self.owner)
        self.people = {"anonymous": None, "stranger": make_user("stranger")}
        for role in ("reader", "contributor", "reviewer"):
            self.people[role] = add_member(self.organization, make_user(f"the-{role}"), role)
        judge_all(self.change.head)

    def publish(self) -> None:
        head, main = self.change.head, head_of(self.repo, "main")
        assert main is not None
        move_ref(self.repo, ref="main", expected=main, target=head, actor=acting(self.owner))
        release(self.repo, head, by=self.owner)
        self.repo.refresh_from_db()

    def settings(self, *, visibility: str = "public", terms: str = "") -> None:
        change_settings(
            self.repo,
            visibility=visibility,
            gating="terms" if terms else "none",
            gating_terms=terms,
            actor=acting(self.owner),
        )
        self.repo.refresh_from_db()

    def answers(self, door: str = DOOR) -> dict[str, int]:
        """The status that each of them is answered with."""
        return {who: self.answer(who, door) for who in WHO}

    def answer(self, who: str, door: str = DOOR) -> int:
        self.client.logout()
        if self.people[who] is not None:
            self.client.force_login(self.people[who])
        with letting_go(self.client.get(door)) as response:
            return int(response.status_code)


@pytest.fixture
def world(client):
    return World(client)


def expected(**statuses: int) -> dict[str, int]:
    return {who: statuses.get(who, statuses["others"]) for who in WHO}


def test_before_the_first_release_it_is_for_insiders(world):
    answers = world.answers("/savanna/model/image/refs/pr/1/plot.png")

    assert answers == expected(anonymous=404, stranger=404, reader=404, others=200)


def test_of_a_released_model_it_is_for_everybody(world):
    world.publish()

    assert world.answers() == expected(others=200)


def test_of_a_private_model_it_is_for_members(world):
    world.publish()
    world.settings(visibility="private")

    assert world.answers() == expected(anonymous=404, stranger=404, others=200)


def test_behind_terms_it_is_for_those_who_accepted_them(world):
    world.publish()
    world.settings(terms="Be kind.")
    before = world.answers()

    accept_terms(world.repo, actor=acting(world.people["stranger"]))

    assert before == expected(anonymous=302, stranger=403, reader=403, others=200)
    assert world.answer("stranger") == 200


@pytest.mark.parametrize(
    ("verdict", "readers", "insiders"),
    [
        (Verdict.SAFE, 200, 200),
        (Verdict.UNSCANNABLE, 200, 200),
        (Verdict.SUSPICIOUS, 200, 200),
        (Verdict.PENDING, 423, 200),
        (Verdict.ERROR, 423, 200),
        (Verdict.DANGEROUS, 403, 403),
    ],
)
def test_what_scanning_says_decides(world, verdict, readers, insiders):
    world.publish()
    judge(world.change.head, "plot.png", verdict)

    answers = world.answers()

    assert answers == expected(contributor=insiders, reviewer=insiders, others=readers)


def test_of_a_withdrawn_model_it_is_gone(world):
    world.publish()
    withdraw_repo(world.repo, reason="Leaked names", actor=acting(world.owner))

    assert world.answers() == expected(others=410)


def test_missing_and_private_answer_the_same(world):
    world.publish()
    world.settings(visibility="private")

    private = world.client.get(DOOR)
    missing = world.client.get("/savanna/nothing/image/main/plot.png")

    assert (private.status_code, private.content) == (missing.status_code, missing.content)


@pytest.fixture
def show(client):
    """Commits one file to an open model; answers what its picture's address answers."""
    owner = make_user("ada")
    repo = make_repo("open", owner=owner)

    opened = []

    def commit_and_get(content: bytes, path: str = "a.png"):
        judge_all(commit_files(repo, {path: content}, by=owner))
        opened.append(client.get(f"/ada/open/image/main/{path}"))
        return opened[-1]

    yield commit_and_get
    for response in opened:
        let_go(response)


@pytest.mark.parametrize(
    ("content", "kind"), [(png(), "image/png"), (JPEG, "image/jpeg"), (GIF, "image/gif")]
)
def test_the_type_is_that_of_the_bytes_whatever_the_name_says(show, content, kind):
    response = show(content, "picture.html")

    assert response["Content-Type"] == kind
    assert b"".join(response.streaming_content) == content


def test_a_picture_can_do_nothing_in_the_page_it_stands_in(show):
    response = show(png())

    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"
    assert response["Content-Disposition"].startswith("inline;")
    assert "private" in response["Cache-Control"]


def test_a_picture_that_the_browser_has_is_not_sent_again(show, client):
    etag = show(png())["ETag"]

    again = client.get("/ada/open/image/main/a.png", headers={"If-None-Match": etag})

    assert (again.status_code, again.content) == (304, b"")


def test_being_looked_at_is_not_a_download(show):
    show(png())

    assert not DailyDownloads.objects.exists()


@pytest.mark.parametrize(
    "content",
    [b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"<script>alert(1)</script>", b"GIF", b""],
)
def test_what_is_no_picture_is_refused_with_a_sentence(show, content):
    response = show(content)

    assert response.status_code == 400
    assert "PNG, JPEG, GIF, WebP and AVIF" in response.content.decode()


@pytest.mark.parametrize("content", [png() + b"\0" * MAX_BYTES, png_claiming(100_000, 100_000)])
def test_a_picture_that_no_telephone_could_hold_is_refused(show, content):
    assert show(content).status_code == 413
