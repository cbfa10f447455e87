"""``manage.py run``, whole: what happens to the hub when things end, are killed or are started twice."""

import os
import signal
import urllib.error
import urllib.request

import pytest

pytestmark = [pytest.mark.journey, pytest.mark.slow]

PROCESSES = ("web", "worker", "beat")


def answers(hub):
    try:
        with urllib.request.urlopen(f"{hub.base_url}/healthz", timeout=60) as response:
            return response.status == 200
    except (urllib.error.URLError, ConnectionError):
        return False


def is_gone(pid):
    """Whether nobody of the process group is left."""
    try:
        os.killpg(pid, 0)
    except ProcessLookupError:
        return True
    return False


def test_the_first_start_says_where_it_is_and_how_to_sign_in(start_hub):
    hub = start_hub()

    assert f"Arboretum runs at {hub.base_url}\n" in hub.printed
    assert "manage.py create_user NAME --admin" in hub.printed
    assert answers(hub)


def test_later_starts_do_not_explain_how_to_sign_in(start_hub, tmp_path):
    first = start_hub(tmp_path / "data")
    first.manage("create_user", "ada")
    first.stop()

    second = start_hub(tmp_path / "data")

    assert "create_user" not in second.printed


def test_a_stop_ends_every_process_and_leaves_the_folder_free(start_hub, tmp_path):
    hub = start_hub(tmp_path / "data")
    pids = [hub.pid_of(name) for name in PROCESSES]

    code = hub.stop()

    assert code == 0
    assert [pid for pid in pids if not is_gone(pid)] == []
    assert not (hub.data / "run.json").exists()


def test_a_second_start_on_the_same_folder_is_refused(start_hub, tmp_path):
    first = start_hub(tmp_path / "data")

    second = start_hub(tmp_path / "data", wait=False)

    assert second.process.wait(timeout=60) == 2
    assert f"already running on the data folder {first.data}" in second.printed
    assert answers(first)


def test_a_taken_port_is_refused(start_hub, tmp_path):
    first = start_hub(tmp_path / "one")

    second = start_hub(tmp_path / "two", port=first.port, wait=False)

    assert second.process.wait(timeout=60) == 2
    assert f"Port {first.port} is already in use" in second.printed


@pytest.mark.parametrize("name", PROCESSES)
def test_a_killed_process_comes_back_under_the_same_address(start_hub, name):
    hub = start_hub()
    before = hub.pid_of(name)

    os.kill(before, signal.SIGKILL)

    hub.wait_until(lambda: hub.state["children"].get(name, before) != before)
    hub.wait_until(lambda: answers(hub))


def test_a_killed_worker_does_not_touch_the_web_server(start_hub):
    hub = start_hub()
    web = hub.pid_of("web")

    os.kill(hub.pid_of("worker"), signal.SIGKILL)

    assert answers(hub)
    assert hub.pid_of("web") == web


def test_a_killed_parent_leaves_nobody_behind(start_hub):
    hub = start_hub()
    pids = [hub.pid_of(name) for name in PROCESSES]

    hub.process.kill()
    hub.process.wait()

    hub.wait_until(lambda: all(is_gone(pid) for pid in pids))
