import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.tokens.secret import digest_of, is_well_formed, new_secret


def test_a_token_has_a_prefix_160_bits_and_a_checksum():
    secret = new_secret()

    assert re.fullmatch(r"arb_[0-9A-Za-z]{33}", secret)
    assert is_well_formed(secret)


def test_no_two_tokens_are_alike():
    assert len({new_secret() for _ in range(100)}) == 100


@pytest.mark.parametrize("place", range(4, 37))
def test_one_wrong_character_is_noticed(place):
    secret = new_secret()
    wrong = "a" if secret[place] != "a" else "b"

    assert not is_well_formed(secret[:place] + wrong + secret[place + 1 :])


@given(st.text(max_size=60))
def test_no_text_makes_the_check_stumble(text):
    assert not is_well_formed(text)
    assert not is_well_formed("arb_" + text)


@pytest.mark.parametrize("wrap", [" {}", "{} ", "{}\n", "{}x", "hf_{}"])
def test_a_token_stands_alone(wrap):
    assert not is_well_formed(wrap.format(new_secret()))


def test_what_is_stored_does_not_hold_the_token():
    secret = new_secret()

    assert len(digest_of(secret)) == 64
    assert secret[4:] not in digest_of(secret)
