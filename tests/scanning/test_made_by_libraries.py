"""What real libraries write ends safe, and what they would write for an attacker does not."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.scanning import makers
from tests.scanning.judging import ALLOWED, judged
from tests.scanning.made_by_libraries import made_files
from tests.scanning.sample import Expected


def _makers() -> Iterator[tuple[str, str]]:
    for module in pkgutil.iter_modules(makers.__path__):
        if not module.name.startswith("_"):
            family = importlib.import_module(f"{makers.__name__}.{module.name}")
            yield from ((module.name, name) for name in family.MAKERS)


@pytest.fixture(scope="session")
def made() -> Path:
    return made_files()


@pytest.mark.parametrize(("family", "maker"), sorted(_makers()))
def test_what_a_library_wrote_is_judged_for_what_it_is(made: Path, family: str, maker: str):
    folder = made / family / maker
    if (folder / "missing").exists():
        pytest.skip(f"no {maker} files: {(folder / 'missing').read_text()}")
    wrong = []
    written = [
        (expected, sample)
        for expected in Expected
        for sample in sorted((folder / expected.value).glob("*"))
    ]

    for expected, sample in written:
        files = {
            path.relative_to(sample).as_posix(): path.read_bytes()
            for path in sorted(sample.rglob("*"))
            if path.is_file()
        }
        outcome = judged(files)
        if outcome.verdict not in ALLOWED[expected]:
            wrong += [f"{expected.value} {sample.name}: {outcome.verdict.value}", *outcome.findings]

    assert written
    assert not wrong, "\n".join(wrong)
