"""``python -m governance.scanning.engine PATH…``: scan files and folders, one line of JSON for each file.

Exit status: 0 when everything is safe, 1 when something is not, 2 when used wrongly. A folder is judged as a
revision: names and neighbours count. It runs in this process, without the isolation of the hub's own scans.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from governance.scanning.engine.context import Entry, judge
from governance.scanning.engine.report import Report
from governance.scanning.engine.ruleset import ruleset_version
from governance.scanning.engine.scanner import scan
from governance.scanning.engine.verdict import Verdict


def main(arguments: list[str]) -> int:
    """Scan what is named and return the exit status."""
    roots = [Path(argument) for argument in arguments]
    missing = [str(root) for root in roots if not root.exists()]
    if not roots or missing or any(argument.startswith("-") for argument in arguments):
        complaint = f"no such file: {', '.join(missing)}" if missing else "usage: PATH [PATH …]"
        sys.stderr.write(f"governance.scanning.engine: {complaint}\n")
        return 2
    worst = max((_scan_root(root) for root in roots), default=Verdict.SAFE)
    return 0 if worst is Verdict.SAFE else 1


def _scan_root(root: Path) -> Verdict:
    """Scan one file or folder, print its lines, and return the worst verdict."""
    base = root if root.is_dir() else root.parent
    reports = {path: _scan_file(path) for path in _files(root)}
    entries = [
        Entry(path.relative_to(base).as_posix(), report.size, report.formats, report.facts)
        for path, report in reports.items()
    ]
    judgements = judge(entries)
    worst = Verdict.SAFE
    for (path, report), entry in zip(reports.items(), entries, strict=True):
        context = judgements[entry.path]
        verdict = max(report.verdict, context.verdict)
        worst = max(worst, verdict)
        line = {
            "path": str(path),
            **report.as_json(),
            "verdict": verdict.value,
            "content_verdict": report.verdict.value,
            "context_findings": [finding.as_json() for finding in context.findings],
            "ruleset": ruleset_version(),
        }
        sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
    return worst


def _files(root: Path) -> Iterator[Path]:
    """Regular files below a folder in a steady order; links and git's own folder are left out."""
    if root.is_file():
        yield root
        return
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(name for name in folders if name != ".git")
        for name in sorted(names):
            path = Path(folder, name)
            if path.is_file() and not path.is_symlink():
                yield path


def _scan_file(path: Path) -> Report:
    with path.open("rb") as file:
        return scan(file.fileno())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
