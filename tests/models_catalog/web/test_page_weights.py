"""How many bytes a page costs, packed as it is sent: a first visit 60 kB in all, every later page 18 kB."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings

from hub.ui.stylesheet import joined_stylesheet
from models_catalog.search.models import SearchRow
from tests.factories.people import make_organization, make_user
from tests.factories.shelf import card_source, shelve

pytestmark = pytest.mark.django_db

STATIC = Path(settings.BASE_DIR) / "static"
FIRST_VISIT, LATER = 60_000, 18_000
TASKS = ["translation", "summarization", "image-classification", "text-to-speech", "robotics"]
PAGES = {
    "home": "/",
    "catalogue": "/models",
    "catalogue-as-a-table": "/models?view=table",
    "model": "/savanna/model-0",
    "publisher": "/savanna",
}


def packed(data: bytes) -> int:
    return len(gzip.compress(data, 6))


def scripts_of(page: str) -> set[Path]:
    """The modules that a page fetches: the first, those its elements name, and what they import."""
    named = {
        name for names in re.findall(r'data-behaviour="([^"]+)"', page) for name in names.split()
    }
    waiting = [STATIC / "js/app.js", *(STATIC / "js/behaviours" / f"{name}.js" for name in named)]
    found: set[Path] = set()
    while waiting:
        path = waiting.pop()
        if path not in found:
            found.add(path)
            imports = re.findall(r'^import .* from "([^"]+)"', path.read_text(), re.MULTILINE)
            waiting += [(path.parent / name).resolve() for name in imports]
    return found


@pytest.fixture
def shelf():
    """Thirty models with everything that a row can show, and long names among them."""
    ada = make_user("ada")
    organization = make_organization("savanna", ada, preset="open")
    for number in range(30):
        card = card_source(
            title=f"Model {number}",
            body=f"Number {number} sorts letters into heaps of words for {'very ' * 20}long sentences.",
            license="apache-2.0",
            pipeline_tag=TASKS[number % len(TASKS)],
            language="[sw, en, am]",
            library_name="transformers",
        )
        name = f"model-{number}" if number % 10 != 3 else f"model-{number}-{'x' * 70}"
        shelve(name, by=ada, organization=organization, card=card)
    SearchRow.objects.update(downloads=12_345, parameters=1_540_000_000)


def test_no_later_page_costs_more_than_its_budget(client, shelf):
    weights = {name: packed(client.get(address).content) for name, address in PAGES.items()}

    assert {name: weight for name, weight in weights.items() if weight > LATER} == {}


def test_no_first_visit_costs_more_than_its_budget(client, shelf):
    style = packed(joined_stylesheet(STATIC / "css/app.css").encode())
    font = (STATIC / "fonts/atkinson-next-latin.woff2").stat().st_size
    mark = packed((STATIC / "favicon.svg").read_bytes())
    weights = {}
    for name, address in PAGES.items():
        page = client.get(address).content
        scripts = sum(packed(path.read_bytes()) for path in scripts_of(page.decode()))
        weights[name] = packed(page) + style + font + mark + scripts

    assert {name: weight for name, weight in weights.items() if weight > FIRST_VISIT} == {}
