"""Somebody signs in, uploads, errs and forgets the password; no log tells who it was or what opens the door."""

from __future__ import annotations

import io
import logging.config
import re
from contextlib import ExitStack

import httpx
import pytest
from django.conf import settings as django_settings
from django.contrib.auth.decorators import login_not_required
from django.test import Client
from django.urls import path

from hub.core.logs import configure_logs
from hub.urls import urlpatterns as hub_urlpatterns
from tests.services.hub import RunningHub, launch

PASSWORD, WRONG = "umbrella-kettle-92", "lantern-biscuit-17"
EMAIL = "ada.lovelace@example.org"
ADDRESS = "203.0.113.77"  # as the proxy in front says
LOGS = ("web", "worker", "beat", "prepare")


def break_down(request):
    password = request.POST["password"]
    raise ValueError(
        f"no mail to {request.POST['email']} of {request.META['REMOTE_ADDR']}", len(password)
    )


urlpatterns = [path("breaks", login_not_required(break_down)), *hub_urlpatterns]
handler500 = "hub.web.errors.server_error"


@pytest.fixture(scope="module")
def hub(tmp_path_factory):
    folder = tmp_path_factory.mktemp("hub")
    running = launch(
        folder / "data",
        ARBORETUM_TRUSTED_PROXIES="1",
        ARBORETUM_LOG_LEVEL="DEBUG",
        ARBORETUM_ACCESS_LOG="",
    )
    yield running
    running.stop()


@pytest.fixture
def until():
    with ExitStack() as stack:
        yield stack


class Browser:
    """A person without script."""

    def __init__(self, hub: RunningHub, until: ExitStack) -> None:
        """Come from ``ADDRESS``, and stay until the end of ``until``."""
        self.client = httpx.Client(
            base_url=hub.base_url, headers={"X-Forwarded-For": ADDRESS}, timeout=30
        )
        until.enter_context(self.client)

    def send(self, path: str, **form: str) -> httpx.Response:
        """Open a page and send its form."""
        page = self.client.get(path, follow_redirects=True)
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.text)
        assert token is not None
        return self.client.post(
            str(page.url.raw_path.decode()), data={**form, "csrfmiddlewaretoken": token[1]}
        )


@pytest.mark.journey
@pytest.mark.slow
def test_no_log_holds_a_secret_or_a_person(hub, until):
    ada = Browser(hub, until)
    assert (
        ada.send("/accounts/signup/", username="ada", email=EMAIL, password1=PASSWORD).status_code
        == 302
    )
    stranger = Browser(hub, until)
    assert stranger.send("/accounts/login/", login="ada", password=WRONG).status_code == 200
    assert stranger.send("/accounts/login/", login=EMAIL, password=PASSWORD).status_code == 302
    made = ada.send("/settings/tokens/new", name="ci", scope="write", days="90")
    found = re.search(r"arb_\w+", made.text)
    assert found is not None
    token = found[0]
    credentials = {"Authorization": f"Bearer {token}"}
    program = until.enter_context(httpx.Client(base_url=hub.base_url, headers=credentials))
    assert program.get("/new").status_code == 200
    wrong = token[:-1] + ("a" if token[-1] != "a" else "b")
    refused = program.get("/models", headers={"Authorization": f"Bearer {wrong}"})
    assert refused.status_code == 401
    assert ada.send("/accounts/password/reset/", email=EMAIL).status_code == 302
    key = key_in_mail(hub)
    assert ada.client.get(f"/accounts/password/reset/key/{key}/").status_code in (200, 302)
    assert ada.client.post("/new", data={"name": "x"}).status_code == 403
    assert program.get(f"/ada/letters/raw/main/{EMAIL}?token={token}").status_code == 404
    uploaded = program.post("/new", data={"owner": "ada", "name": "m", "visibility": "private"})
    assert uploaded.status_code == 302

    cookies = [ada.client.cookies, stranger.client.cookies]
    secrets = {PASSWORD, WRONG, EMAIL, ADDRESS, token, wrong, key, key.partition("-")[2]}
    secrets |= {cookie for jar in cookies for cookie in jar.values() if len(cookie) > 8}
    logs = {name: (hub.data / "logs" / f"{name}.log").read_text(errors="replace") for name in LOGS}
    logs["terminal"] = hub.printed
    assert len(secrets) >= 10
    assert {
        (name, each) for name, text in logs.items() for each in secrets if each in text
    } == set()


def key_in_mail(hub: RunningHub) -> str:
    """The key of the link in the newest mail."""
    mails = sorted((hub.data / "mail").iterdir(), key=lambda path: path.stat().st_mtime)
    text = "".join(path.read_text() for path in mails).replace("=\n", "").replace("=3D", "=")
    found = re.findall(r"/password/reset/key/([\w-]+)/", text)
    assert found, text
    return str(found[-1])


@pytest.mark.journey
@pytest.mark.slow
def test_mails_that_are_kept_are_for_the_operator_alone(hub):
    assert (hub.data / "mail").stat().st_mode & 0o077 == 0


@pytest.mark.django_db
@pytest.mark.urls("tests.security.test_logs")
@pytest.mark.parametrize("as_json", [True, False], ids=["json", "plain"])
def test_a_page_that_breaks_leaves_a_trace_without_what_was_entered(as_json):
    stream = io.StringIO()
    configured = configure_logs(as_json=as_json, level="DEBUG")
    configured["handlers"]["stderr"]["stream"] = stream
    logging.config.dictConfig(configured)
    try:
        client = Client(raise_request_exception=False, REMOTE_ADDR=ADDRESS)
        client.cookies["session"] = "a-session-of-somebody"
        form = {"password": PASSWORD, "email": EMAIL}
        answer = client.post("/breaks?token=arb_of-somebody", form)
    finally:
        logging.config.dictConfig(django_settings.LOGGING)

    assert answer.status_code == 500
    assert "<h1>The hub made a mistake</h1>" in answer.content.decode()
    assert "in break_down" in stream.getvalue()
    told = [PASSWORD, EMAIL, ADDRESS, "a-session-of-somebody", "of-somebody"]
    assert [each for each in told if each in stream.getvalue() + answer.content.decode()] == []
