import socket
from pathlib import Path

import pytest

from hub.launch.checks import require_data_folder, require_free_port
from hub.launch.options import Options
from hub.launch.refusals import StartRefused
from hub.launch.state import RunFile, only_start_on


def _options(port, host="127.0.0.1", data=Path("/nowhere")):
    return Options(data=data, host=host, port=port, url=f"http://localhost:{port}")


def test_a_data_folder_is_made_with_its_parents(tmp_path):
    require_data_folder(tmp_path / "a" / "b")

    assert list((tmp_path / "a" / "b").iterdir()) == []


def test_a_file_in_place_of_the_data_folder_is_named(tmp_path):
    (tmp_path / "data").write_text("")

    with pytest.raises(StartRefused, match=r"/data cannot be made because a file is in its place"):
        require_data_folder(tmp_path / "data")


def test_a_data_folder_that_cannot_be_written_is_named_with_the_remedy():
    with pytest.raises(StartRefused, match=r"/proc/arboretum cannot be written .* ARBORETUM_DATA="):
        require_data_folder(Path("/proc/arboretum"))


def test_a_taken_port_is_named_with_another_one():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        with pytest.raises(StartRefused, match=rf"Port {port} is already in use .* PORT="):
            require_free_port(_options(port))


def test_a_free_port_stays_free():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        port = other.getsockname()[1]

    require_free_port(_options(port))
    require_free_port(_options(port))


def test_an_address_of_another_machine_is_refused():
    with pytest.raises(StartRefused, match="ARBORETUM_BIND"):
        require_free_port(_options(8000, host="203.0.113.1"))


def test_a_second_start_on_a_data_folder_says_where_the_first_is(tmp_path):
    with only_start_on(tmp_path):
        RunFile(tmp_path / "run.json", _options(8123)).write({"web": 1}, ready=True)

        with (
            pytest.raises(StartRefused, match=r"already running .*http://localhost:8123"),
            only_start_on(tmp_path),
        ):
            pass


def test_a_data_folder_is_free_again_after_a_stop(tmp_path):
    with only_start_on(tmp_path):
        pass

    with only_start_on(tmp_path):
        pass
