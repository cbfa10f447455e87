"""README's list of settings is the guide's list, and names everything that the code reads."""

from __future__ import annotations

import re

import pytest

from hub.guide.values.operating import settings_list
from tests.architecture.tree import ROOT, python_files

# Given by the hub to its own processes, or by a shell: nobody sets them.
INTERNAL = {"ARBORETUM_READY_FILE", "HOME", "PATH"}
READ = re.compile(
    r"""(?:env\.\w+\(|environ\.get\(|environment\.get\(|environ\[|environment\[)\s*["']([A-Z][A-Z_]+)["']"""
)
SECRET = re.compile(r"""_secret\(["'](\w+)["']\)""")


def named():
    return {name for row in settings_list() for name in re.findall(r"[A-Z][A-Z_]{3,}", row.names)}


def read_by_the_code():
    found = set()
    for path in python_files("hub", "accounts", "models_catalog", "governance"):
        text = (ROOT / path).read_text()
        found |= set(READ.findall(text))
        found |= {f"ARBORETUM_{name.upper()}" for name in SECRET.findall(text)}
    return found - INTERNAL


def test_the_list_is_read_from_readme():
    assert {"PORT", "ARBORETUM_DATA", "DATABASE_URL", "ARBORETUM_SECURITY_CONTACT"} <= named()


def test_every_variable_that_the_code_reads_is_listed():
    assert read_by_the_code() - named() == set()


def test_every_variable_that_is_listed_is_read():
    assert named() - read_by_the_code() == set()


@pytest.mark.django_db
def test_the_guide_shows_each_of_them(client):
    text = client.get("/guide/operators").content.decode()

    assert [name for name in named() if f"<code>{name}</code>" not in text] == []


def test_the_image_holds_the_list():
    assert "!README.md" in (ROOT / ".dockerignore").read_text().split()
