import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NOWHERE = "http://127.0.0.1:9"


@pytest.fixture
def copy(tmp_path):
    """The part of the repository that sets it up, in a folder without an environment."""
    (tmp_path / "hub").mkdir()
    shutil.copy(ROOT / "hub" / "bootstrap.py", tmp_path / "hub")
    shutil.copytree(ROOT / "requirements", tmp_path / "requirements")
    return tmp_path


def bootstrap(root, *arguments, **environment):
    return subprocess.run(
        [sys.executable, str(root / "hub" / "bootstrap.py"), *arguments],
        env={"PATH": os.environ["PATH"], "HOME": os.environ["HOME"]} | environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@pytest.mark.parametrize("kind", ["base", "dev"])
def test_an_environment_that_is_current_costs_nothing(kind):
    done = bootstrap(ROOT, "env", kind)

    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_an_environment_for_working_on_the_hub_is_not_cut_down(copy):
    (copy / ".venv").mkdir()
    (copy / ".venv" / "arboretum-environment").write_text("dev of an older lock\n")

    done = bootstrap(copy, "env", "base", PIP_INDEX_URL=NOWHERE, UV_DEFAULT_INDEX=NOWHERE)

    assert "requirements/dev.lock" in done.stderr


@pytest.mark.parametrize("arguments", [[], ["env", "prod"], ["venv"], ["env", "dev", "more"]])
def test_an_unknown_command_gets_the_usage(arguments):
    done = bootstrap(ROOT, *arguments)

    assert (done.returncode, done.stderr) == (2, "Usage: python3 hub/bootstrap.py env [base|dev]\n")


def test_a_python_without_ensurepip_gets_the_name_of_the_package(copy):
    (copy / "broken").mkdir()
    (copy / "broken" / "ensurepip.py").write_text("raise ImportError")

    done = bootstrap(copy, "env", PYTHONPATH=str(copy / "broken"))

    assert done.returncode == 2
    assert "apt-get install python3-venv" in done.stderr


@pytest.mark.slow
def test_a_registry_out_of_reach_is_said_in_one_sentence_and_leaves_no_stamp(copy):
    done = bootstrap(copy, "env", HTTPS_PROXY=NOWHERE, HTTP_PROXY=NOWHERE, PIP_NO_CACHE_DIR="1")

    assert done.returncode == 2
    assert "The package registry cannot be reached" in done.stderr
    assert not (copy / ".venv" / "arboretum-environment").exists()


@pytest.mark.slow
def test_an_environment_of_another_folder_is_not_taken_for_this_one(copy):
    (copy / ".venv" / "bin").mkdir(parents=True)
    (copy / ".venv" / "bin" / "python").symlink_to(sys.executable)
    shutil.copy(ROOT / ".venv" / "arboretum-environment", copy / ".venv")

    done = bootstrap(copy, "env", HTTPS_PROXY=NOWHERE, HTTP_PROXY=NOWHERE, PIP_NO_CACHE_DIR="1")

    assert done.returncode == 2
    assert "Setting up .venv" in done.stderr
