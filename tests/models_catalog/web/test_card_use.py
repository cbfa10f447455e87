"""Snippets that people paste into a shell, and citations that they paste into papers."""

from __future__ import annotations

import re
import subprocess
from datetime import UTC, datetime

import pytest

from models_catalog.repos.models import Repo
from models_catalog.web.card_citation import Cited, bibtex
from models_catalog.web.card_use import Pinned, snippets_of
from tests.factories.models import commit_files, judge_all, make_repo, release
from tests.factories.people import make_user
from tests.factories.shelf import shelve

pytestmark = pytest.mark.django_db

NASTY = "a$(touch pwned)`touch pwned`';&b.safetensors"


@pytest.fixture
def ada():
    return make_user("ada")


def snippets(repo: Repo, path: str):
    from models_catalog.revisions.verdicts import path_verdicts

    revision = repo.refs.get(name="main").revision
    reports = path_verdicts(revision)
    return {
        each.title: each.code
        for each in snippets_of(Pinned(repo, "1.0.0"), [reports[path]], library="", task="")
    }


def test_snippets_are_pinned_to_the_released_version(client, ada):
    repo = shelve("karibu", by=ada, files={"w.safetensors": b"x"})
    revision = repo.refs.get(name="main").revision
    release(repo, revision, by=ada)

    page = client.get("/ada/karibu").content.decode()

    assert "/ada/karibu/archive/v1.zip" in page
    assert "/ada/karibu/resolve/v1/w.safetensors" in page
    assert "/resolve/main/" not in re.sub(r"<a [^>]*>", "", page)


def test_snippets_of_unreleased_work_are_pinned_to_its_commit(client, ada):
    repo = shelve("karibu", by=ada, files={"w.safetensors": b"x"})
    sha1 = repo.refs.get(name="main").revision.sha1

    page = client.get("/ada/karibu").content.decode()

    assert f"/ada/karibu/resolve/{sha1}/w.safetensors" in page


@pytest.mark.parametrize("tab", ["curl", "wget"])
def test_a_nasty_file_name_does_nothing_in_a_shell(ada, tab, tmp_path):
    repo = make_repo("karibu", owner=ada)
    judge_all(commit_files(repo, {NASTY: b"x"}, by=ada))
    code = snippets(repo, NASTY)[tab]

    harmless = f"{tab}() {{ :; }}\n{code}"
    subprocess.run(["bash", "-c", harmless], cwd=tmp_path, capture_output=True, check=False)

    assert list(tmp_path.iterdir()) == []


def test_a_nasty_file_name_is_one_text_in_python(ada):
    repo = make_repo("karibu", owner=ada)
    judge_all(commit_files(repo, {NASTY: b"x"}, by=ada))

    compile(snippets(repo, NASTY)["Python"], "snippet", "exec")


@pytest.mark.parametrize(("visibility", "has_token"), [("public", False), ("private", True)])
def test_only_closed_models_ask_for_a_token(ada, visibility, has_token):
    repo = make_repo("karibu", owner=ada, visibility=visibility)
    judge_all(commit_files(repo, {"w.bin": b"x"}, by=ada))

    codes = snippets(repo, "w.bin")

    assert all(("token" in code.lower()) == has_token for code in codes.values())


def test_bibtex_survives_what_tex_would_read_as_commands(ada):
    repo = make_repo("karibu", owner=ada)
    moment = datetime(2026, 3, 1, tzinfo=UTC)

    entry = bibtex(Cited(repo, "50 % \\input{x} & _more_", "ada", "1.0", moment))

    assert r"title = {{50 \% \textbackslash{}input\{x\} \& \_more\_}}" in entry
    assert "year = {2026}" in entry
