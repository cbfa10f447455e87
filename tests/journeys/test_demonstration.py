"""The demonstration of an empty hub: killed half-way, complete after the next start, and every card keeps its word."""

from __future__ import annotations

import os
import re
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing

import httpx
import pytest

from models_catalog.cards.front_matter import read_front_matter, split_card
from tests.services.hub import launch
from tests.services.ports import is_free

pytestmark = [pytest.mark.journey, pytest.mark.slow]

PATIENTLY = 900  # seconds; two cores may have other work
LANGUAGE, EAST = "savanna-languages/which-language", "savanna-languages/which-language-east-africa"
DIGITS = "harbour-records/handwritten-digits"
TREES, PAIRS = "seedling-workshop/tree-names", "seedling-workshop/tree-names-bigram"
SHOWN = {  # address: status and a word on its page, for a visitor without an account
    LANGUAGE: (200, "Approved"),
    EAST: (200, "Terms to accept"),
    DIGITS: (200, "Approved"),
    f"{DIGITS}-8bit": (200, "Approved"),
    TREES: (200, "Not reviewed"),
    PAIRS: (410, "Withdrawn"),
    "seedling-workshop/leaf-weights": (200, "Blocked"),
    "tesfaye/swahili-like-words": (200, "Not reviewed"),
    "amina/which-language-draft": (404, "404"),
}
EXAMPLES = (LANGUAGE, EAST, DIGITS, f"{DIGITS}-8bit", TREES, "tesfaye/swahili-like-words")
ACCEPT = (
    "from hub.core.actor import for_command; from accounts.users.queries import get_user; "
    "from models_catalog.repos.actions import accept_terms; from models_catalog.repos.queries import get_repo; "
    "actor = for_command(get_user('noor')); "
    "accept_terms(get_repo(namespace='savanna-languages', name='which-language-east-africa', actor=actor), actor=actor)"
)
FAILED_CHECKS = (
    "from governance.reviews.gathering import review_of; from models_catalog.changes.models import Change; "
    "print([check.rule for change in Change.objects.select_related('discussion__repo__namespace', 'head', 'base', "
    "'version').filter(discussion__state='open') for check in review_of(change).checks if check.outcome == 'fail'])"
)


def found(pattern, text):
    """What the group of a pattern matches, which must be there."""
    match = re.search(pattern, text, re.DOTALL)
    assert match is not None, pattern
    return match[1]


def rows(hub, question):
    """What the embedded database answers."""
    address = f"file:{hub.data}/db.sqlite3?mode=ro"
    with closing(sqlite3.connect(address, uri=True)) as database:
        return database.execute(question).fetchall()


def has_begun(hub):
    return rows(hub, "SELECT count(*) FROM models_catalog_change")[0][0] > 0


def is_complete(hub):
    state = rows(hub, "SELECT state FROM hub_job WHERE key = 'plant_demonstration'")[0][0]
    assert state != "failed"
    return state == "done"


@pytest.fixture(scope="module")
def hub(tmp_path_factory):
    """A demonstration whose first start was killed in the middle."""
    data = tmp_path_factory.mktemp("demonstration") / "data"
    killed = launch(data, demo=True)
    killed.wait_until(lambda: has_begun(killed), seconds=PATIENTLY)
    assert not is_complete(killed)
    os.kill(killed.process.pid, signal.SIGKILL)
    killed.process.wait()
    killed.wait_until(lambda: is_free(killed.port))  # its children notice that it is gone
    hub = launch(data, port=killed.port, demo=True)
    try:
        hub.wait_until(lambda: is_complete(hub), seconds=PATIENTLY)
        yield hub
    finally:
        hub.stop()


@pytest.fixture(scope="module")
def token(hub):
    """The token of a reader who has accepted the terms of the gated model."""
    hub.manage("shell", "--no-imports", "-c", ACCEPT)
    return hub.manage("create_token", "noor").strip()


def test_nothing_is_lost_doubled_or_half_done(hub):
    versions = rows(
        hub,
        "SELECT r.name, v.label, v.state FROM models_catalog_version v JOIN models_catalog_repo r "
        "ON r.id = v.repo_id ORDER BY r.name, v.number",
    )
    repeated = rows(
        hub,
        "SELECT discussion_id, body FROM models_catalog_comment WHERE kind = 'comment' "
        "GROUP BY discussion_id, body HAVING count(*) > 1",
    )

    assert versions == [
        ("handwritten-digits", "1.0.0", "released"),
        ("handwritten-digits", "2.0.0", "proposed"),
        ("handwritten-digits-8bit", "1.0.0", "released"),
        ("tree-names", "1.0.0", "released"),
        ("tree-names-bigram", "1.0.0", "released"),
        ("which-language", "1.0.0", "released"),
        ("which-language", "2.0.0", "released"),
        ("which-language-east-africa", "1.0.0", "released"),
    ]
    assert repeated == []
    assert rows(hub, "SELECT count(*) FROM accounts_user") == [(8,)]
    assert rows(hub, "SELECT count(*) FROM accounts_organization") == [(3,)]
    assert "0 problems" in hub.manage("fsck")
    hub.manage("verify_audit")


def test_every_state_is_there_to_see(hub):
    with httpx.Client(base_url=hub.base_url, headers={"Accept": "text/html"}) as visitor:
        for model, (status, word) in SHOWN.items():
            answer = visitor.get(f"/{model}")
            assert (model, answer.status_code) == (model, status)
            assert word in answer.text, model


def test_one_change_waits_with_one_failed_check(hub):
    assert "['card_fields']" in hub.manage("shell", "--no-imports", "-c", FAILED_CHECKS)


@pytest.mark.parametrize("model", EXAMPLES)
def test_the_example_of_a_card_uses_the_model_and_finds_the_stated_numbers(hub, token, model):
    headers = {"Authorization": f"Bearer {token}"}
    card = httpx.get(f"{hub.base_url}/{model}/resolve/main/README.md", headers=headers).text
    front, text = split_card(card)
    stated = [float(row["value"]) for row in read_front_matter(front)[0]["results"]]
    code = found(r"```python\n(.*?)```", text)

    done = subprocess.run(
        [sys.executable, "-I", "-c", code],
        env={"HUB_TOKEN": token} if model == EAST else {},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )

    assert done.stderr == ""
    measured = re.findall(r"accuracy ([\d.]+)|([\d.]+) bits per letter", done.stdout)
    assert [float(accuracy or bits) for accuracy, bits in measured] == stated


def test_the_people_on_the_sign_in_page_can_sign_in(hub):
    with httpx.Client(base_url=hub.base_url, headers={"Accept": "text/html"}) as visitor:
        page = visitor.get("/accounts/login/").text
        password = found(r"the password is <code>(.*?)</code>", page)
        csrf = found(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        form = {"login": "lucia", "password": password, "csrfmiddlewaretoken": csrf}

        answer = visitor.post("/accounts/login/", data=form, headers={"Origin": hub.base_url})

        assert answer.status_code == 302
        assert visitor.get("/orgs/harbour-records/reviews").status_code == 200


def test_a_later_start_says_who_is_there_and_makes_nothing(hub):
    assert "Sign in as amina" in hub.printed
    assert "complete already" in hub.manage("demo")


def test_a_running_hub_is_not_thrown_away(hub):
    with pytest.raises(AssertionError, match="Stop the hub"):
        hub.manage("demo", "--reset", "--yes")

    assert is_complete(hub)
