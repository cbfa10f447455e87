"""Every command and program of the guide is carried out, as it stands on the page, on a hub that runs."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from hub.guide.chapters import CHAPTERS
from tests.hub.guide.reading import Page, Sample
from tests.services.hub import ROOT, RunningHub

pytestmark = [pytest.mark.journey, pytest.mark.slow]

RUN = ("sh", "python")
READ = (
    "markdown",
    "nginx",
    "text",
)  # nothing that a shell could run: forms, addresses, what only an operator has
IN_THE_SOURCE = {
    "operators"
}  # these pages say that their commands run there; all others run anywhere
BIN = Path(sys.executable).parent


def samples(hub: RunningHub, slug: str) -> list[Sample]:
    answer = httpx.get(f"{hub.base_url}/guide/{slug}")
    assert answer.status_code == 200
    return Page.of(answer.text).samples


def script(found: list[Sample], names: dict[str, str]) -> str:
    """A page's blocks, one after the other in one shell, with a reader's own names in the place of the page's."""
    parts = ["set -eu -o pipefail"]
    for number, sample in enumerate(found, start=1):
        text = sample.text
        for old, new in names.items():
            text = re.sub(rf"(?<![\w-]){re.escape(old)}(?![\w-])", new, text)
        parts.append(f"echo '--- block {number}'")
        if sample.language == "sh":
            parts.append(text)
        else:  # -I -S: what is installed here does not count, only Python itself
            parts.append(f"python3 -I -S - <<'END-OF-BLOCK'\n{text}\nEND-OF-BLOCK")
    return "\n".join(parts)


@pytest.fixture(scope="module")
def reader(running_hub):
    """Somebody who follows the guide, and the names that stand for theirs on the pages."""
    name = "guide-reader"
    running_hub.manage("create_user", name, "--password", "a long sentence that nobody guesses")
    token = running_hub.manage("create_token", name, "--scope", "write").strip()
    return {
        "arb_your_token": token,
        "your-name": name,
        "ada": "guide-ada",
        "ada@example.org": "guide-ada@example.org",
        "savanna": "guide-savanna",
    }


@pytest.mark.parametrize("slug", [chapter.slug for chapter in CHAPTERS])
def test_what_a_chapter_tells_readers_to_run_works(running_hub, reader, tmp_path, slug):
    found = [sample for sample in samples(running_hub, slug) if sample.language in RUN]
    if not found:
        return
    environment = dict(running_hub.environment) | {
        "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(tmp_path),
    }

    done = subprocess.run(
        ["bash", "-c", script(found, reader)],
        env=environment,
        cwd=ROOT if slug in IN_THE_SOURCE else tmp_path,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )

    assert done.returncode == 0, f"{done.stdout[-3000:]}\n{done.stderr[-3000:]}"


def test_every_block_is_run_or_can_only_be_read(running_hub):
    languages = {
        sample.language for chapter in CHAPTERS for sample in samples(running_hub, chapter.slug)
    }

    assert languages <= {*RUN, *READ}


def test_the_chapter_for_programs_has_some_to_run(running_hub):
    found = [sample.language for sample in samples(running_hub, "clients")]

    assert found.count("sh") > 5
    assert found.count("python") > 2
