"""``/<namespace>/<name>``: the card in each state a model can be in."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from models_catalog.artifacts.tasks import read  # noqa: F401 - declares the handlers of jobs
from models_catalog.cards.tasks import render  # noqa: F401
from models_catalog.repos.actions import change_settings, withdraw_repo
from models_catalog.storage.models import Verdict
from tests.factories.jobs import run_jobs
from tests.factories.models import commit_files, judge, judge_all, make_repo, propose, release
from tests.factories.people import acting, add_member, make_organization, make_user
from tests.factories.pictures import png
from tests.factories.shelf import card_source, keep_card, shelve

pytestmark = pytest.mark.django_db

CARD = card_source(
    title="Karibu 1.5B",
    license="apache-2.0",
    pipeline_tag="text-generation",
    library_name="transformers",
    language="[sw, en]",
    body="Answers questions about leaflets in Swahili.\n\n## What it is for\n\n[Weights](weights.gguf) ![plot](img/p.png)\n\n### Details\n\nx\n",
)


@pytest.fixture
def ada():
    return make_user("ada", display_name="Ada Lovelace")


def page_of(client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, response.content[:500]
    return str(response.content.decode())


def test_a_card_is_shown_with_its_contents_facts_and_download(client, ada):
    shelve(
        "karibu", by=ada, card=CARD, files={"weights.gguf": b"GGUF" * 1000, "img/p.png": png(3, 2)}
    )

    page = page_of(client, "/ada/karibu")

    assert page.count("<h1") == 1
    assert "<h1>Karibu 1.5B</h1>" in page
    assert '<a href="#user-content-what-it-is-for">What it is for</a>' in page
    assert '<h3 id="user-content-details">Details</h3>' in page
    assert 'href="/ada/karibu/blob/main/weights.gguf"' in page
    assert 'src="/ada/karibu/image/main/img/p.png"' in page
    assert 'href="/ada/karibu/archive/main.zip"' in page
    assert "at 5 Mbit/s" in page
    for words in (
        "Text generation",
        "Swahili, English",
        "GGUF",
        "Licence: Apache-2.0",
        "Use, change and sell",
    ):
        assert words in page
    assert "sha256sum --check SHA256SUMS" in page
    assert "pipeline(" in page


def test_the_citation_names_owner_year_and_accession(client, ada):
    repo = shelve("karibu", by=ada, card=CARD)

    page = page_of(client, "/ada/karibu")

    assert f"Karibu 1.5B [Machine-learning model]. Arboretum {repo.accession}." in page
    assert f"/acc/{repo.accession}" in page


def test_a_card_that_is_being_rendered_says_so_and_then_appears(client, ada):
    repo = make_repo("karibu", owner=ada)
    judge_all(commit_files(repo, {"README.md": CARD}, by=ada))

    before = page_of(client, "/ada/karibu")
    run_jobs("render_card")
    after = page_of(client, "/ada/karibu")

    assert "being rendered" in before
    assert 'http-equiv="refresh"' in before
    assert 'data-behaviour="poll"' in before
    assert "being rendered" not in after
    assert "http-equiv" not in after


def test_the_card_alone_is_a_fragment(client, ada):
    shelve("karibu", by=ada, card=CARD)

    fragment = client.get("/ada/karibu", headers={"X-Fragment": "card"}).content.decode()

    assert fragment.lstrip().startswith('<article class="prose" id="card"')
    assert "<h1" not in fragment


def test_a_model_without_a_card_says_what_a_card_is(client, ada):
    make_repo("empty", owner=ada)

    stranger = page_of(client, "/ada/empty")
    client.force_login(ada)
    owner = page_of(client, "/ada/empty")

    assert "No card yet" in stranger
    assert "No files have been added yet." in stranger
    assert "Add a README.md" not in stranger
    assert "Add a README.md" in owner


def test_problems_of_a_card_are_for_those_who_can_mend_them(client, ada):
    shelve(
        "karibu",
        by=ada,
        card=b"---\nlicense: [unclosed\n---\n# Karibu\n\nStill a text that people can read.\n",
    )

    stranger = page_of(client, "/ada/karibu")
    client.force_login(ada)
    owner = page_of(client, "/ada/karibu")

    assert "Still a text" in stranger
    assert "could not be read" not in stranger
    assert "The front matter could not be read" in owner


def test_front_matter_is_escaped(client, ada):
    evil = '"<script>alert(1)</script>"'
    card = card_source(
        license=evil,
        license_name=evil,
        license_link="javascript:alert(1)",
        pipeline_tag=evil,
        library_name=evil,
        datasets=evil,
    )
    shelve("karibu", by=ada, card=card)

    page = page_of(client, "/ada/karibu")

    assert "<script>alert" not in page
    assert "javascript:" not in page


@pytest.mark.parametrize(
    ("verdict", "words"),
    [
        (Verdict.PENDING, "Files are being scanned."),
        (Verdict.ERROR, "could not be scanned"),
        (Verdict.SUSPICIOUS, "Look before you download."),
        (Verdict.UNSCANNABLE, "Look before you download."),
        (Verdict.DANGEROUS, "One file is blocked."),
    ],
)
def test_the_page_says_what_scanning_says(client, ada, verdict, words):
    repo = make_repo("karibu", owner=ada)
    revision = commit_files(repo, {"README.md": CARD, "weights.bin": b"w"}, by=ada)
    judge_all(revision)
    judge(revision, "weights.bin", verdict)

    page = page_of(client, "/ada/karibu")

    assert words in page
    may_fetch = verdict in (Verdict.SUSPICIOUS, Verdict.UNSCANNABLE)
    assert ('href="/ada/karibu/archive/main.zip"' in page) == may_fetch


@pytest.mark.parametrize(
    ("verdict", "words"),
    [(Verdict.SAFE, "Scan passed"), (Verdict.DANGEROUS, "Blocked"), (Verdict.PENDING, "Scanning")],
)
def test_the_head_says_what_scanning_says_beside_the_approval(client, ada, verdict, words):
    repo = make_repo("karibu", owner=ada)
    revision = commit_files(repo, {"README.md": CARD, "weights.bin": b"w"}, by=ada)
    judge_all(revision)
    judge(revision, "weights.bin", verdict)

    page = page_of(client, "/ada/karibu")

    badge = page.split('href="/ada/karibu/security/main">')[1].split("</a>")[0]
    assert badge.endswith(words)
    assert page.index("Not reviewed") < page.index(words)


def test_a_model_without_files_boasts_no_scan(client, ada):
    make_repo("karibu", owner=ada)

    page = page_of(client, "/ada/karibu")

    assert "No files have been added yet." in page
    assert "Scan passed" not in page
    assert "Use this model" not in page


def test_the_mark_has_a_ring_for_each_released_version_only(client, ada, unreleased):
    _, repo, change = unreleased
    judge_all(change.head)
    release(repo, change.head, by=ada)
    repo.refs.filter(name="main").update(revision=change.head)
    propose(repo, {"README.md": CARD + b"\nMore.\n"}, by=ada)

    page = page_of(client, "/savanna/karibu")

    ring = page.split('data-size="88"')[1].split("</svg>")[0]
    assert ring.count("<ellipse") == 1


def test_a_dangerous_card_is_not_shown(client, ada):
    repo = shelve("karibu", by=ada, card=CARD)
    judge(repo.revisions.get(parent__isnull=False), "README.md", Verdict.DANGEROUS)

    page = page_of(client, "/ada/karibu")

    assert "The card is not shown" in page
    assert "user-content" not in page


def test_a_withdrawn_model_keeps_its_record(client, ada):
    repo, other = shelve("karibu", by=ada, card=CARD), shelve("karibu-2", by=ada)
    withdraw_repo(repo, reason="It invented doses.", successor=other, actor=acting(ada))

    page = page_of(client, "/ada/karibu", status=410)

    assert "It invented doses." in page
    assert 'href="/ada/karibu-2"' in page
    assert "Answers questions about leaflets" in page
    assert "/archive/" not in page
    assert 'href="#get"' not in page


def test_a_gated_model_leads_to_its_terms(client, ada):
    repo = shelve("karibu", by=ada, card=CARD)
    change_settings(
        repo, visibility="public", gating="terms", gating_terms="Be kind.", actor=acting(ada)
    )

    page = page_of(client, "/ada/karibu")

    assert "Read and accept" in page
    assert 'href="/ada/karibu/terms"' in page
    assert "/archive/" not in page


@pytest.fixture
def unreleased(ada):
    organization = make_organization("savanna", ada)
    repo = make_repo("karibu", owner=ada, organization=organization)
    change = propose(repo, {"README.md": CARD}, by=ada)
    keep_card(change.head)
    return organization, repo, change


def test_before_its_first_release_insiders_see_what_is_proposed_and_others_nothing(
    client, ada, unreleased
):
    organization, _, _ = unreleased
    reader = add_member(organization, make_user("reader"), "reader")
    missing = page_of(client, "/savanna/no-such-model", status=404)

    assert page_of(client, "/savanna/karibu", status=404) == missing.replace(
        "no-such-model", "karibu"
    )
    client.force_login(reader)
    page_of(client, "/savanna/karibu", status=404)
    client.force_login(ada)
    page = page_of(client, "/savanna/karibu")

    assert "Not released yet." in page
    assert "change #1" in page
    assert "Answers questions about leaflets" in page


def test_a_reviewed_model_without_files_says_what_comes_next(client, ada):
    make_repo("karibu", owner=ada, organization=make_organization("savanna", ada))
    client.force_login(ada)

    page = page_of(client, "/savanna/karibu")

    assert "Not released yet." in page
    assert 'href="/savanna/karibu/upload"' in page


def test_a_release_is_for_everybody(client, ada, unreleased):
    _, repo, change = unreleased
    judge_all(change.head)
    version = release(repo, change.head, by=ada)
    repo.refs.filter(name="main").update(revision=change.head)

    page = page_of(client, "/savanna/karibu")

    assert "Not released yet." not in page
    assert f'<span class="acc sub">{version.title}</span>' in page
    assert f"karibu-{version.title}.zip" in page


def test_as_many_queries_for_one_file_as_for_twenty(client, ada):
    shelve("small", by=ada, card=CARD)
    shelve("large", by=ada, card=CARD, files={f"f{n}.bin": b"%d" % n for n in range(20)})
    client.get("/ada/small")
    with CaptureQueriesContext(connection) as few:
        page_of(client, "/ada/small")

    with CaptureQueriesContext(connection) as many:
        page_of(client, "/ada/large")

    assert len(few) == len(many)


def test_a_withdrawn_model_offers_no_download_in_any_word(client, ada):
    repo = shelve("karibu", by=ada, card=CARD)
    withdraw_repo(repo, reason="It leaked names.", actor=acting(ada))

    page = page_of(client, "/ada/karibu", status=410)

    assert "Open download" not in page
    assert "Withdrawn: nothing is handed out." in page


def test_every_page_of_a_model_says_what_scanning_found(client, ada):
    shelve("karibu", by=ada, card=CARD)

    for path in ("", "/tree/main", "/versions", "/commits/main", "/blob/main/README.md"):
        assert page_of(client, f"/ada/karibu{path}").count("Scan passed") == 1


def test_terms_that_were_accepted_are_not_asked_for_again(client, ada):
    repo = shelve("karibu", by=ada, card=CARD)
    change_settings(
        repo, visibility="public", gating="terms", gating_terms="Be kind.", actor=acting(ada)
    )
    client.force_login(make_user("grace"))
    before = page_of(client, "/ada/karibu/terms")
    digest = before.partition('name="terms" value="')[2][:64]

    client.post("/ada/karibu/terms", {"terms": digest})
    after = page_of(client, "/ada/karibu/terms")

    assert "I accept these terms" in before
    assert "You have accepted these terms." in after
    assert "I accept these terms" not in after


def test_a_model_with_a_blocked_file_promises_no_open_download(client, ada):
    repo = shelve("karibu", by=ada, card=CARD)
    assert "Open download" in page_of(client, "/ada/karibu")

    judge(repo.refs.get(name="main").revision, "README.md", Verdict.DANGEROUS)
    page = page_of(client, "/ada/karibu")

    assert "Open download" not in page
    assert "opening it is dangerous. It is not handed out." in page


def test_a_card_leads_to_the_page_of_its_task_and_its_kind_of_input(client, ada):
    shelve("karibu", by=ada, card=card_source(pipeline_tag="translation"))

    page = page_of(client, "/ada/karibu")

    assert "<li>Text</li>" in page
    assert page.count('href="/tasks/translation"') == 2
    assert "/models?task=" not in page


def test_the_head_calls_an_organisation_by_its_full_name(client, ada):
    savanna = make_organization("savanna", ada, preset="open")
    savanna.display_name = "Savanna Languages"
    savanna.save()
    shelve("karibu", by=ada, organization=savanna)

    page = page_of(client, "/savanna/karibu")

    assert '<a href="/savanna">Savanna Languages</a>' in page
