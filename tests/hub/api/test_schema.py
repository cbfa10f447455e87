import json

import pytest
import yaml
from django.core.management import call_command
from django.urls import URLResolver, get_resolver
from jsonschema_rs import validator_for
from rest_framework.views import APIView

from hub.api.reading import METHODS, chapters
from hub.api.schema import TAGS, schema

pytestmark = pytest.mark.django_db

HEAVIEST = 60_000  # bytes of a page of the documentation, not compressed


def operations():
    for path, methods in schema()["paths"].items():
        for method in METHODS:
            if method in methods:
                yield path, method, methods[method]


def routes():
    """(path, methods) of every endpoint that is routed."""
    api = next(each for each in get_resolver().url_patterns if str(each.pattern) == "api/v1/")
    assert isinstance(api, URLResolver)
    pending = list(api.url_patterns)
    while pending:
        each = pending.pop()
        if hasattr(each, "url_patterns"):
            pending.extend(each.url_patterns)
        elif issubclass(getattr(each.callback, "cls", object), APIView):
            yield each.pattern, getattr(each.callback, "cls", None)


def test_the_schema_is_made_without_a_warning(tmp_path):
    call_command("spectacular", "--validate", "--fail-on-warn", "--file", str(tmp_path / "s.yaml"))


def test_every_route_is_in_the_schema_with_all_of_its_methods():
    described = {(path, method) for path, method, _ in operations()}
    routed = {
        ("/api/v1/" + _as_template(str(pattern)), method)
        for pattern, view in routes()
        for method in METHODS[:5]
        if hasattr(view, method)
    }

    assert routed == described


def _as_template(route):
    parts = route.replace(">", "}").split("<")
    return "{".join(part.partition(":")[2] if "}" in part else part for part in parts)


def test_every_operation_says_what_it_is_for():
    said = [(path, method, each) for path, method, each in operations()]
    ids = [each["operationId"] for _, _, each in said]

    assert len(ids) == len(set(ids))
    assert [
        (p, m) for p, m, each in said if not each["summary"] or each["tags"][0] not in TAGS
    ] == []


def test_every_operation_documents_what_any_request_may_meet():
    lacking = [
        (each["operationId"], status)
        for _, _, each in operations()
        for status in ("400", "401", "429")
        if status not in each["responses"]
    ]

    assert lacking == []


def test_every_json_answer_and_body_has_an_example_that_fits_its_shape():
    faults = []
    for _, _, each in operations():
        holders = [each.get("requestBody", {})]
        holders += [answer for code, answer in each["responses"].items() if code.startswith("2")]
        for holder in holders:
            content = holder.get("content", {}).get("application/json")
            if content is not None:
                faults += [f"{each['operationId']}: {fault}" for fault in _faults(content)]

    assert faults == []


def _faults(content):
    examples = [example["value"] for example in content.get("examples", {}).values()]
    if not examples:
        return ["no example"]
    whole = content["schema"] | {"components": schema()["components"]}
    check = validator_for(json.loads(json.dumps(whole, default=str)))
    return [str(error) for example in examples for error in check.iter_errors(example)]


def test_the_document_comes_as_json_and_as_yaml(client):
    as_json = client.get("/api/v1/schema/")
    as_yaml = client.get("/api/v1/schema/", headers={"Accept": "application/yaml"})

    assert as_json.json()["openapi"] == "3.1.0"
    assert yaml.safe_load(as_yaml.content)["paths"].keys() == as_json.json()["paths"].keys()


def test_the_document_is_not_sent_twice(client):
    etag = client.get("/api/v1/schema/").headers["ETag"]

    assert client.get("/api/v1/schema/", headers={"If-None-Match": etag}).status_code == 304


def test_the_page_of_contents_leads_to_every_operation(client):
    page = client.get("/api/v1/docs").content.decode()

    for chapter in chapters():
        there = client.get(f"/api/v1/docs/{chapter.slug}").content.decode()
        for each in chapter.operations:
            assert f'href="/api/v1/docs/{chapter.slug}#{each.name}"' in page
            assert f'id="{each.name}"' in there


def test_pages_stay_light(client):
    addresses = ["/api/v1/docs", *(f"/api/v1/docs/{each.slug}" for each in chapters())]

    weights = {each: len(client.get(each).content) for each in addresses}

    assert {each: weight for each, weight in weights.items() if weight > HEAVIEST} == {}


def test_commands_hold_this_hubs_own_address(settings, client):
    page = client.get("/api/v1/docs/models").content.decode()

    assert f"curl {settings.PUBLIC_URL}/api/v1/models/savanna/minilm" in page


def test_a_tag_that_nobody_uses_has_no_page(client):
    assert client.get("/api/v1/docs/nothing").status_code == 404
