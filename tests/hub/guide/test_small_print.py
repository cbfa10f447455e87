import re
from xml.etree import ElementTree as ET

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db
OPEN_SEARCH = "{http://a9.com/-/spec/opensearch/1.1/}"


def rules(client):
    lines = client.get("/robots.txt").content.decode().splitlines()
    return [tuple(line.split(": ")) for line in lines if line.startswith(("Allow", "Disallow"))]


def may_crawl(client, address):
    """RFC 9309: the longest pattern decides, and among equals Allow."""
    found = [
        (len(pattern), verb == "Allow")
        for verb, pattern in rules(client)
        if re.match(re.escape(pattern).replace(r"\*", ".*").replace(r"\$", "$"), address)
    ]
    return max(found)[1] if found else True


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/models",
        "/tasks/translation",
        "/savanna",
        "/savanna/leaf",
        "/savanna/leaf/tree/main",
        "/savanna/leaf/blob/main/config.json",
        "/savanna/leaf/versions",
        "/savanna/leaf/security",
        "/guide",
        "/guide/api",
        "/orgs",
        "/sitemap.xml?part=models-1",
        "/static/css/app.css",
    ],
)
def test_crawlers_may_read_what_people_look_for(client, address):
    assert may_crawl(client, address)


@pytest.mark.parametrize(
    "address",
    [
        reverse("catalog:resolve", args=["savanna", "leaf", "main", "model.bin"]),
        reverse("catalog:raw", args=["savanna", "leaf", "main", "model.bin"]),
        reverse("catalog:archive", args=["savanna", "leaf", "main"]),
        reverse("catalog:sums", args=["savanna", "leaf", "main"]),
        reverse("catalog:commits", args=["savanna", "leaf", "main"]),
        reverse("catalog:tree", args=["savanna", "leaf", "v1"]),
        reverse("catalog:upload", args=["savanna", "leaf"]),
        reverse("catalog:new"),
        reverse("api:docs"),
        reverse("account_login"),
        reverse("accounts:profile"),
        reverse("governance:org-audit", args=["savanna"]),
        reverse("governance:my-reviews"),
        "/models?task=translation&license=mit",
        "/savanna/leaf/tree/main?after=x",
    ],
)
def test_crawlers_leave_bytes_forms_and_cut_lists_alone(client, address):
    assert not may_crawl(client, address)


def test_robots_txt_names_the_sitemap(client, settings):
    settings.PUBLIC_URL = "https://hub.example.org"

    lines = client.get("/robots.txt").content.decode().splitlines()

    assert "Sitemap: https://hub.example.org/sitemap.xml" in lines


def test_browsers_can_search_the_hub(client, settings):
    settings.PUBLIC_URL = "https://hub.example.org"
    settings.HUB_NAME = "A & B"

    response = client.get("/opensearch.xml")
    description = ET.fromstring(response.content)

    assert response.headers["Content-Type"].startswith("application/opensearchdescription+xml")
    assert description.findtext(f"{OPEN_SEARCH}ShortName") == "A & B"
    [search] = [u for u in description.iter(f"{OPEN_SEARCH}Url") if u.get("type") == "text/html"]
    assert search.get("template") == "https://hub.example.org/models?q={searchTerms}"


def test_every_page_tells_browsers_where_the_description_is(client):
    text = client.get("/guide").content.decode()

    assert (
        '<link rel="search" type="application/opensearchdescription+xml" href="/opensearch.xml"'
        in text
    )


def test_llms_txt_names_the_chapters(client, settings):
    settings.PUBLIC_URL = "https://hub.example.org"

    text = client.get("/llms.txt").content.decode()

    assert text.startswith("# ")
    assert "(https://hub.example.org/guide/clients)" in text


def test_humans_txt_says_who_runs_it(client, settings):
    settings.HUB_OPERATOR = "The Library of Leaves"

    assert "The Library of Leaves" in client.get("/humans.txt").content.decode()
