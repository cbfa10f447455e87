from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

import pytest
from gunicorn.config import Config

from hub.launch.access_log import RequestLogger

SECRET = "c2x9d1-0f3e_Zz"
ADDRESSES = [
    f"/notifications/feed/{SECRET}",
    f"/notifications/unsubscribe/{SECRET}:1abc:{SECRET}",
    f"/reviews/feed/{SECRET}?risk=high",
    f"/accounts/password/reset/key/5-{SECRET}/",
    f"/accounts/confirm-email/Mg:{SECRET}/",
    f"/reviews/f%65ed/{SECRET}",
    f"/reviews/f%65ed/{SECRET}?token=x",
    f"/notifications%2Ffeed%2F{SECRET}",
    f"/savanna/leaf/raw/main/a.txt?token={SECRET}",
    f"/savanna/leaf/raw/main/a.txt?to%6ben={SECRET}",
]


def line_of(address, **headers):
    """What the log says of a request for an address."""
    path, _, query = address.partition("?")
    environ = {
        "REQUEST_METHOD": "GET",
        "RAW_URI": address,
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "203.0.113.77",
        **headers,
    }
    answer = SimpleNamespace(status="200 OK", headers=[], sent=7)
    settings = Config()
    logger = RequestLogger(settings)
    atoms = logger.atoms(answer, SimpleNamespace(headers=[]), environ, timedelta(0))
    return settings.access_log_format % logger.atoms_wrapper_class(atoms)


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_secret_address_is_written_down(address):
    line = line_of(address)

    assert "[hidden]" in line
    assert SECRET not in line


def test_the_page_one_came_from_is_no_way_round():
    line = line_of("/models", HTTP_REFERER=f"https://hub.example/reviews/feed/{SECRET}")

    assert SECRET not in line


def test_whatever_a_secret_address_hides_writes_no_line_of_its_own():
    assert "\n" not in line_of(f"/reviews/f%65ed/{SECRET}/%0A203.0.113.1%20forged")


def test_an_ordinary_request_is_written_down_as_it_came():
    line = line_of("/savanna/leaf/tree/main?view=all&q=a%20b")

    assert line.startswith("203.0.113.77 ")
    assert '"GET /savanna/leaf/tree/main?view=all&q=a%20b HTTP/1.1" 200 7' in line
