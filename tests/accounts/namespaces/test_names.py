import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.namespaces.names import MAX_LENGTH, RESERVED, check_name, fold, is_reserved
from hub.core.errors import Invalid

LETTERS = string.ascii_letters + string.digits + "-_."
LOOKALIKES = {"l": "1Ii", "1": "lIi", "i": "1l", "o": "0", "0": "oO"}


def refusal_of(name):
    try:
        check_name(name, what="account")
    except Invalid as refusal:
        return refusal
    return None


def is_allowed(name):
    return refusal_of(name) is None


names = st.text(LETTERS, min_size=1, max_size=MAX_LENGTH).filter(is_allowed)


@given(names)
def test_folding_twice_changes_nothing_more(name):
    assert fold(fold(name)) == fold(name)


@given(names)
def test_case_does_not_tell_names_apart(name):
    assert fold(name.swapcase()) == fold(name)


@given(names, st.sampled_from("-_."))
def test_separators_do_not_tell_names_apart(name, separator):
    other = "".join(separator if letter in "-_." else letter for letter in name)

    assert fold(other) == fold(name)


@given(names, st.data())
def test_lookalikes_do_not_tell_names_apart(name, data):
    other = "".join(
        data.draw(st.sampled_from(letter + LOOKALIKES.get(letter, ""))) for letter in name
    )

    assert fold(other) == fold(name)


@given(names)
def test_an_allowed_name_is_safe_in_a_path(name):
    assert name.isascii()
    assert "/" not in name
    assert ".." not in name
    assert name[0] not in "-_."
    assert name[-1] not in "-."
    assert not name.lower().endswith(".git")


@given(st.text(max_size=120))
def test_any_text_is_either_allowed_or_refused_with_a_sentence(text):
    refusal = refusal_of(text)

    if refusal is None:
        assert set(text) <= set(LETTERS)
    else:
        assert refusal.message.endswith(".")
        assert refusal.field == "name"


@given(st.text(st.characters(min_codepoint=128), min_size=1, max_size=10), names)
def test_letters_beyond_ascii_never_fold_into_a_name(foreign, name):
    assert fold(name + foreign) != fold(name)
    assert not fold(name + foreign).isascii()


def test_the_kelvin_sign_is_not_a_k():
    assert fold("\u212aate") != fold("Kate")


@pytest.mark.parametrize("name", ["ada", "Ada-2", "a", "x" * 96, "Qwen2.5", "snake_case_"])
def test_an_ordinary_name_is_allowed(name):
    assert is_allowed(name)


@pytest.mark.parametrize(
    "name",
    [
        "",
        "x" * 97,
        "-ada",
        "_ada",
        ".ada",
        "ada-",
        "ada.",
        "a--da",
        "a..da",
        "a da",
        "a/da",
        "a@da",
        "ada.git",
        "ada.GIT",
        "ädä",
        "ada\n",
        "ada\x00",
        "аda",  # noqa: RUF001 - the Cyrillic letter is the point
    ],
)
def test_a_name_that_breaks_a_rule_is_refused(name):
    assert not is_allowed(name)


@pytest.mark.parametrize("name", ["settings", "Settings", "SETT1NGS", "api", "AP1", "0rgs", "_UI"])
def test_addresses_of_the_hub_and_their_lookalikes_are_reserved(name):
    assert is_reserved(name)


@pytest.mark.parametrize("name", ["ada", "log-in", "settings2", "apis"])
def test_other_names_are_free(name):
    assert not is_reserved(name)


def test_reserved_names_are_written_as_they_stand_in_addresses():
    assert {name for name in RESERVED if name != name.lower()} == set()
