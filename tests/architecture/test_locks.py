from pathlib import Path

import pytest

REQUIREMENTS = Path(__file__).resolve().parents[2] / "requirements"
LOCKS = sorted(REQUIREMENTS.glob("*.lock"))


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_a_lock_names_no_host(lock):
    assert "://" not in lock.read_text()


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_every_package_of_a_lock_is_pinned_by_version_and_digest(lock):
    entries = lock.read_text().replace("\\\n", " ").splitlines()

    packages = [entry for entry in entries if entry and not entry.startswith((" ", "#"))]

    assert packages
    assert [entry for entry in packages if "==" not in entry or "--hash=sha256:" not in entry] == []


def test_what_runs_is_what_was_tested():
    base = _versions(REQUIREMENTS / "base.lock")
    dev = _versions(REQUIREMENTS / "dev.lock")

    assert base <= dev


def _versions(lock):
    return {
        line.split(" \\")[0]
        for line in lock.read_text().splitlines()
        if "==" in line and line[0] not in " #"
    }
