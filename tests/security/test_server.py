"""What reaches Django, and what does not."""

from __future__ import annotations

import pytest
from gunicorn.config import Config
from gunicorn.http.parser import RequestParser

from hub.launch import gunicorn_conf
from hub.wsgi import application


@pytest.mark.parametrize("header", ["SCRIPT_NAME", "PATH_INFO"])
def test_a_visitor_from_this_machine_does_not_move_addresses(header):
    config = Config()
    for name in ("forwarder_headers", "limit_request_line"):
        config.set(name, getattr(gunicorn_conf, name))
    sent = f"GET /healthz HTTP/1.1\r\nHost: localhost\r\n{header}: /elsewhere\r\n\r\n".encode()

    request = next(RequestParser(config, [sent], ("127.0.0.1", 50_000)))

    assert [name for name, _ in request.headers] == ["HOST"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "content_type", ["text/plain; charset*=bogus''x", "multipart/form-data; boundary*=bogus''x"]
)
def test_a_damaged_content_type_is_none(content_type, rf):
    environ = rf.get("/accounts/password/reset/").environ | {"CONTENT_TYPE": content_type}
    answers: list[str] = []

    def start(status, headers, failure=None):
        answers.append(status)
        return lambda body: None

    application(environ, start)

    assert answers == ["200 OK"]
