from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from pytest_django.fixtures import Settings

from accounts.users.actions import record_sign_in
from governance.audit.actions import seal
from governance.audit.models import AuditEvent, Seal
from tests.factories.people import acting, make_user
from tests.services.record import open_record

pytestmark = [pytest.mark.django_db, pytest.mark.data]

README = Path(__file__).parents[3] / "governance" / "audit" / "README.md"
Lines = list[dict[str, Any]]


@pytest.fixture
def export(settings: Settings, tmp_path: Path) -> Path:
    """The chain of three entries with checkpoints at 1 and 3, written by the command."""
    settings.AUDIT_KEY_PATH = tmp_path / "secrets" / "audit.pem"
    zuzu = make_user("zuzu", email="zuzu@example.org")
    seal()
    record_sign_in(zuzu, actor=acting(zuzu))
    record_sign_in(zuzu, actor=acting(zuzu))
    seal()
    path = tmp_path / "chain.jsonl"
    _command(export=path)
    return path


def _command(**options: object) -> str:
    out = StringIO()
    call_command("verify_audit", stdout=out, **options)
    return out.getvalue()


def _stand_alone(path: Path) -> subprocess.CompletedProcess[str]:
    """Run the program that the README prints."""
    found = re.search(r"```python\n(.*?)```", README.read_text(), re.DOTALL)
    assert found
    return subprocess.run(
        [sys.executable, "-c", found[1], str(path)],
        capture_output=True,
        text=True,
        check=False,
        cwd=path.parent,
    )


def _edit(path: Path, change: Callable[[Lines], object]) -> None:
    lines = [json.loads(line) for line in path.read_text().splitlines()]
    change(lines)
    path.write_text("".join(f"{json.dumps(line)}\n" for line in lines))


def test_an_export_holds_the_chain_and_no_names(export: Path) -> None:
    lines = [json.loads(line) for line in export.read_text().splitlines()]

    assert [line["kind"] for line in lines[1:]] == [
        "entry",
        "checkpoint",
        "entry",
        "entry",
        "checkpoint",
    ]
    assert "zuzu" not in export.read_text()


def test_an_outsider_can_check_an_export(export: Path) -> None:
    head = Seal.objects.latest("sequence").digest

    assert "Entries: 3. Checkpoints: 2, signed up to entry 3." in _command(verify_export=export)
    done = _stand_alone(export)
    assert (done.returncode, done.stderr) == (0, "")
    assert f"Sound: 3 entries, head {head}" in done.stdout


CHANGES: dict[str, Callable[[Lines], object]] = {
    "an entry": lambda lines: lines[3]["entry"].update(subject="user:999"),
    "a digest": lambda lines: lines[3].update(digest="0" * 64),
    "an entry left out": lambda lines: lines.pop(3),
    "a signature": lambda lines: lines[5].update(signature="0" * 128),
    "a checkpoint left out": lambda lines: lines.pop(2),
    "a time of signing": lambda lines: lines[2]["signed"].update(
        signed_at="2020-01-01T00:00:00.000000Z"
    ),
    "the keys": lambda lines: lines[0].update(public_keys=["00" * 32]),
    "the header": lambda lines: lines.pop(0),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_a_changed_export_is_found_by_both_programs(
    export: Path, change: Callable[[Lines], object]
) -> None:
    _edit(export, change)

    with pytest.raises(CommandError):
        _command(verify_export=export)
    assert _stand_alone(export).returncode == 1


def test_a_record_that_goes_on_still_holds_an_earlier_export(export: Path) -> None:
    make_user("grace")
    seal()

    assert "4 sealed" in _command(against=export)


def test_a_chain_made_anew_with_the_key_itself_does_not_hold_an_earlier_export(
    export: Path,
) -> None:
    with open_record():
        for event in AuditEvent.objects.order_by("-id")[:1]:
            event.personal_fields.all().delete()
            event.seal.delete()
            event.delete()
        _forget_the_last_checkpoint()
    make_user("mallory")
    seal()

    with pytest.raises(CommandError, match="the chain was made anew"):
        _command(against=export)


def _forget_the_last_checkpoint() -> None:
    from governance.audit.models import Checkpoint

    Checkpoint.objects.order_by("-sequence")[0].delete()


def test_a_file_that_is_no_export_is_refused(tmp_path: Path) -> None:
    for text in ("", "no json\n", "[]\n", '{"kind": "something else"}\n'):
        (tmp_path / "file").write_text(text)

        with pytest.raises(CommandError):
            _command(verify_export=tmp_path / "file")


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be read or written"):
        _command(verify_export=tmp_path / "nothing")
