from __future__ import annotations

import io
import json
import logging
import logging.config

import pytest

from hub.core.logs import configure_logs
from hub.core.redaction import redacted

SECRETS = {
    "a token": "token arb_3fGh_a9 was wrong",
    "a header": "Authorization: Bearer c2VjcmV0c2VjcmV0",
    "a header of git": "Authorization: Basic YWRhOmh1bnRlcjI=",
    "a link of a mail": "Not Found: /accounts/password/reset/key/5-c2x9d1-0f3e/",
    "another link": "/accounts/confirm-email/Mg:1abcde:c2x9/",
    "a feed": "Not Found: /reviews/feed/c2x9d1",
    "a cookie": "Cookie: theme=dark; session=c2x9d1; csrf=0f3e",
    "a field": "{'login': 'x', 'password': 'c2x9d1 0f3e'}",
    "a value of PostgreSQL": "DETAIL:  Key (email)=(c2x9@example.org) already exists.",
    "a name of PostgreSQL": "DETAIL:  Key (lower(username))=(c2x9d1) already exists.",
    "a server's password": "cannot connect to redis://hub:c2x9d1@redis:6379/0",
    "an e-mail": "cannot send to c2x9.d1+hub@example.org",
    "an IPv4 address": "too many from 192.0.2.17",
    "an IPv4 address with a port": "reset by 192.0.2.17:5123",
    "an IPv6 address": "too many from 2001:db8::c2:17.",
    "a mapped address": "from ::ffff:c000:0217 again",
}
HIDDEN = ("3fGh", "c2Vj", "YWRh", "c2x9", "0f3e", "192.0.2", "2001:db8", "c000")
HARMLESS = [
    "2026-11-21T15:04:05.123456Z [info     ] scan_finished findings=3 duration_ms=41",
    "Listening at: http://127.0.0.1:8000 (20775)",
    "hub@localhost ready.",
    "sha256:2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae",
    "Task jobs.sweep[0d0c7d1e-9b0a-4f3c-8c3e-0a1b2c3d4e5f] succeeded in 0.01s",
    "torch 2.7.1 std::vector::push 12:30:45",
    "/savanna/minilm/tree/refs/pr/1",
]


@pytest.mark.parametrize("name", SECRETS)
def test_secrets_and_people_do_not_pass(name):
    text = redacted(SECRETS[name])

    assert "[hidden]" in text
    assert [secret for secret in HIDDEN if secret in text] == []


@pytest.mark.parametrize("line", HARMLESS)
def test_everything_else_stays_as_it_is(line):
    assert redacted(line) == line


@pytest.fixture(params=[True, False], ids=["json", "plain"])
def written(request):
    """A logger as the hub sets it up, and what it has written."""
    from django.conf import settings

    stream = io.StringIO()
    configured = configure_logs(as_json=request.param, level="INFO")
    configured["handlers"]["stderr"]["stream"] = stream
    logging.config.dictConfig(configured)
    yield logging.getLogger("arboretum.test"), stream
    logging.config.dictConfig(settings.LOGGING)


def test_a_traceback_says_where_and_not_with_what(written):
    logger, stream = written
    try:
        _fail(password="hunter" * 2)
    except ValueError:
        logger.exception("it broke")

    assert "in _fail" in stream.getvalue()
    assert "no mail for [hidden] with 1 fields" in stream.getvalue()
    assert "hunterhunter" not in stream.getvalue().lower()


def _fail(*, password):
    given = {"spelled": password.upper()}
    raise ValueError(f"no mail for {'c2x9'}@example.org with {len(given)} fields")


def test_a_line_of_json_is_one_line(written):
    logger, stream = written
    logger.warning("two\nlines of %s", "text")

    if stream.getvalue().startswith("{"):
        assert json.loads(stream.getvalue())["event"] == "two\nlines of text"
        assert stream.getvalue().count("\n") == 1
