"""Where browsers report violations: anybody can send anything there, so next to nothing happens."""

from __future__ import annotations

import json

import pytest
import structlog
from django.core.cache import cache
from django.test import Client

pytestmark = pytest.mark.django_db

OLD = {
    "csp-report": {
        "document-uri": "http://localhost:8000/ada/letters?token=hunter2#hunter2",
        "effective-directive": "script-src-elem",
        "blocked-uri": "https://evil.example/x.js?hunter2",
        "source-file": "http://localhost:8000/static/js/app.js",
        "line-number": 7,
    }
}
NEW = [
    {
        "type": "csp-violation",
        "body": {
            "documentURL": "http://localhost:8000/",
            "effectiveDirective": "style-src-attr",
            "blockedURL": "inline",
        },
    }
]


@pytest.fixture(autouse=True)
def _fresh_limits():
    cache.clear()


@pytest.fixture
def told():
    with structlog.testing.capture_logs() as lines:
        yield lines


def report(body, media_type="application/csp-report", client=None):
    sender = client or Client(enforce_csrf_checks=True)
    sent = body if isinstance(body, bytes) else json.dumps(body)
    return sender.post("/report/csp", sent, content_type=media_type)


def test_a_violation_is_one_line_without_query_strings(told):
    assert report(OLD).status_code == 204

    assert told == [
        {
            "event": "csp_violation",
            "log_level": "warning",
            "directive": "script-src-elem",
            "page": "http://localhost/ada/letters",
            "blocked": "https://evil.example/x.js",
            "source": "http://localhost/static/js/app.js",
            "line": "7",
        }
    ]


def test_the_newer_form_is_read_too(told):
    assert report(NEW, "application/reports+json").status_code == 204

    assert [(line["directive"], line["blocked"]) for line in told] == [("style-src-attr", "inline")]


def test_a_report_touches_no_database(django_assert_num_queries):
    with django_assert_num_queries(0):
        report(OLD)


@pytest.mark.parametrize(
    ("body", "media_type", "status"),
    [
        (OLD, "application/json", 415),
        (b"{", "application/csp-report", 400),
        (b"\xff", "application/csp-report", 400),
        (b"7", "application/csp-report", 400),
        (b"[7]", "application/reports+json", 400),
        (b'{"csp-report": 7}', "application/csp-report", 400),
        (b"[" * 16_000, "application/csp-report", 400),
        (b" " * 17_000, "application/csp-report", 413),
        (b" " * 11 * 2**20, "application/reports+json", 413),
    ],
)
def test_what_is_no_report_is_refused_and_not_logged(told, body, media_type, status):
    assert report(body, media_type).status_code == status
    assert told == []


def test_values_cannot_break_the_line_or_fill_it(told):
    report(
        {
            "csp-report": {
                "blocked-uri": "a\nb\u202e" + "x" * 9000,
                "document-uri": "http://[",
                "line-number": [1],
            }
        }
    )

    (line,) = told
    assert line["blocked"].startswith("a?b?") or line["blocked"].startswith("ab?")
    assert len(line["blocked"]) <= 200
    assert line["page"] == "unreadable"
    assert line["line"] == ""


def test_many_reports_are_not_taken(told, settings):
    settings.RATE_LIMITS = {"csp-report": "3/60"}

    answers = [report(OLD).status_code for _ in range(5)]

    assert answers == [204, 204, 204, 429, 429]
    assert len(told) == 3


def test_one_report_of_many_violations_is_cut(told):
    report(NEW * 100, "application/reports+json")

    assert len(told) == 20
