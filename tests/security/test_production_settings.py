"""The settings as production has them, looked at from outside by a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from hub.launch.options import ROOT

PRODUCTION = {
    "ARBORETUM_PUBLIC_URL": "https://hub.example.org",
    "ARBORETUM_SECRET_KEY": "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_",
    "ARBORETUM_TRUSTED_PROXIES": "1",
    "DATABASE_URL": "postgres://hub:x@127.0.0.1:1/hub",
    "REDIS_URL": "redis://127.0.0.1:1/0",
    "CELERY_BROKER_URL": "redis://127.0.0.1:1/1",
    "EMAIL_URL": "smtp+tls://hub:x@mail.example.org:587",
}
NAMES = [
    "DEBUG",
    "SESSION_COOKIE_SECURE",
    "SESSION_COOKIE_NAME",
    "SESSION_COOKIE_HTTPONLY",
    "CSRF_COOKIE_SECURE",
    "CSRF_COOKIE_NAME",
    "SECURE_HSTS_SECONDS",
    "ALLOWED_HOSTS",
    "CONTENT_SECURITY_POLICY",
    "SILENCED_SYSTEM_CHECKS",
]


def manage(data, *arguments, **environment):
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, "-W", "error::SyntaxWarning", "manage.py", *arguments],
        cwd=ROOT,
        env=kept | {"ARBORETUM_DATA": str(data)} | environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


@pytest.fixture(scope="module")
def read(tmp_path_factory):
    data = tmp_path_factory.mktemp("data")

    def settings(**environment):
        code = f"import json; from django.conf import settings; print(json.dumps({{n: getattr(settings, n) for n in {NAMES!r}}}))"
        done = manage(data, "shell", "--no-imports", "-c", code, **environment)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return settings


def test_the_checks_for_deployment_find_nothing(tmp_path):
    done = manage(tmp_path, "check", "--deploy", "--fail-level", "WARNING", **PRODUCTION)

    assert done.returncode == 0, done.stderr


def test_behind_https_cookies_stay_there(read):
    found = read(**PRODUCTION)

    assert found["DEBUG"] is False
    assert found["SESSION_COOKIE_SECURE"] is found["CSRF_COOKIE_SECURE"] is True
    assert found["SESSION_COOKIE_HTTPONLY"] is True
    assert found["SESSION_COOKIE_NAME"].startswith("__Host-")
    assert found["CSRF_COOKIE_NAME"].startswith("__Host-")
    assert found["SECURE_HSTS_SECONDS"] == 31_536_000
    assert found["ALLOWED_HOSTS"] == ["localhost", "127.0.0.1", "[::1]", "hub.example.org"]
    assert found["CONTENT_SECURITY_POLICY"]["DIRECTIVES"]["upgrade-insecure-requests"] is True
    assert all("W005 W021 W008".find(each[-4:]) >= 0 for each in found["SILENCED_SYSTEM_CHECKS"])


def test_from_nothing_debugging_is_off(read):
    found = read()

    assert found["DEBUG"] is False
    assert found["SECURE_HSTS_SECONDS"] == 0
    assert found["CONTENT_SECURITY_POLICY"]["DIRECTIVES"]["upgrade-insecure-requests"] is False
