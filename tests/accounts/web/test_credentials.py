import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.web.credentials import Credentials, read_credentials


def basic(text):
    return "Basic " + base64.b64encode(text.encode()).decode()


@pytest.mark.parametrize("header", ["Bearer arb_x", "bearer arb_x", "BEARER  arb_x "])
def test_a_bearer_token_is_the_secret(header):
    assert read_credentials(header) == Credentials("Bearer", "arb_x")


@pytest.mark.parametrize(
    "given", ["ada:arb_x", ":arb_x", "arb_x:", "arb_x:x-oauth-basic", "user:arb_x", "arb_y:arb_x"]
)
def test_with_basic_the_token_is_the_password_or_else_the_name(given):
    assert read_credentials(basic(given)) == Credentials("Basic", "arb_x")


@pytest.mark.parametrize("header", ["", "Digest username=ada", "AWS4-HMAC-SHA256 Credential=x"])
def test_other_schemes_are_somebody_elses(header):
    assert read_credentials(header) is None


@given(st.text())
def test_no_header_makes_the_reader_stumble(value):
    assert read_credentials(f"Basic {value}") is not None
    assert read_credentials(f"Bearer {value}") == Credentials("Bearer", value.strip())
