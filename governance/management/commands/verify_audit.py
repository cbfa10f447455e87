"""``manage.py verify_audit [--against FILE] [--export FILE]`` or ``--verify-export FILE``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from governance.audit.export import export_lines, verify_export
from governance.audit.signing_key import trusted_keys
from governance.audit.verification import Broken, Findings, verify_record


class Command(BaseCommand):
    """Follow the chain of the audit record from its beginning. Exit code 1 when anything is not as it was."""

    help = "Check the whole audit record: the chain, its signatures and the personal values committed to."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the arguments."""
        parser.add_argument(
            "--export", type=Path, metavar="FILE", help="write the checked chain for an outsider"
        )
        parser.add_argument(
            "--against", type=Path, metavar="FILE", help="an earlier export that must still hold"
        )
        parser.add_argument(
            "--verify-export", type=Path, metavar="FILE", help="check that file and no database"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Carry it out."""
        try:
            if options["verify_export"]:
                self._outside(options["verify_export"])
            else:
                self._inside(options["against"], options["export"])
        except Broken as broken:
            raise CommandError(f"The audit record is broken. {broken}") from broken
        except OSError as error:
            raise CommandError(
                f"{error.filename} cannot be read or written: {error.strerror}."
            ) from error

    def _inside(self, against: Path | None, export: Path | None) -> None:
        keys = trusted_keys()
        findings = verify_record(keys, anchor=_last_entry(against) if against else None)
        self.stdout.write(
            f"The audit record is sound. Events: {findings.sealed + findings.unsealed} ({findings.sealed} sealed, "
            f"{findings.unsealed} not sealed yet). {_signed(findings)}"
        )
        if export:
            with export.open("wb") as file:
                file.writelines(export_lines(findings.sealed, keys))
            self.stdout.write(f"Wrote {findings.sealed} entries to {export}.")

    def _outside(self, path: Path) -> None:
        with path.open("rb") as file:
            findings, key_ids = verify_export(file)
        self.stdout.write(
            f"The export is sound. Entries: {findings.sealed}. {_signed(findings)} Compare the key with the one that "
            f"the hub shows: {', '.join(key_ids) or 'none'}."
        )


def _signed(findings: Findings) -> str:
    if not findings.checkpoints:
        return "Nothing is signed yet."
    return f"Checkpoints: {findings.checkpoints}, signed up to entry {findings.signed_up_to}."


def _last_entry(path: Path) -> tuple[int, str] | None:
    """The head of an earlier export: when that digest stands where it stood, so does everything before it."""
    with path.open("rb") as file:
        findings, _ = verify_export(file)
    return (findings.sealed, findings.digest) if findings.sealed else None
