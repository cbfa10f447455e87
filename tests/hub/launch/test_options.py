from pathlib import Path

import pytest

from hub.launch.options import ROOT, Options, parse_port
from hub.launch.refusals import StartRefused


def test_without_variables_the_hub_keeps_its_data_in_its_own_folder():
    options = Options.from_environment({})

    assert options == Options(
        data=ROOT / "var", host="127.0.0.1", port=8000, url="http://localhost:8000"
    )


def test_the_port_is_part_of_the_address_that_people_are_given():
    assert Options.from_environment({"PORT": "8123"}).url == "http://localhost:8123"


def test_a_public_address_is_given_to_people_as_it_is():
    options = Options.from_environment({"ARBORETUM_PUBLIC_URL": "https://hub.example.org"})

    assert options.url == "https://hub.example.org"


def test_a_relative_data_folder_is_the_same_for_every_child(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    assert Options.from_environment({"ARBORETUM_DATA": "data"}).data == Path(tmp_path / "data")


@pytest.mark.parametrize("port", ["1", "8000", "65535"])
def test_a_port_number_is_taken(port):
    assert parse_port(port) == int(port)


@pytest.mark.parametrize("text", ["0", "65536", "-1", "80x", "8000.0", "٣٠٠٠", "9" * 5000])
def test_what_is_no_port_is_refused_with_an_example(text):
    with pytest.raises(StartRefused, match=r"not a port number: .* for example PORT=8001"):
        parse_port(text)
