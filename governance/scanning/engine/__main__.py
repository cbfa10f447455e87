"""``python -m governance.scanning.engine PATH…``: scan files and folders, one line of JSON for each file.

Exit status: 0 when everything is safe, 1 when something is not, 2 when used wrongly. A folder is judged as a
revision: names and neighbours count, so its lines come when all of it was read. What cannot be read gets a line, too, and the
verdict ``error``. It runs in this process, without the isolation of the hub's own scans.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from pathlib import Path

from governance.scanning.engine.context import ContextJudgement, Entry, judge
from governance.scanning.engine.folders import places, scan_place
from governance.scanning.engine.ruleset import ruleset_version
from governance.scanning.engine.verdict import Verdict


def main(arguments: list[str]) -> int:
    """Scan what is named and return the exit status."""
    roots = [Path(argument) for argument in arguments]
    missing = [str(root) for root in roots if not os.path.lexists(root)]
    if not roots or missing or any(argument.startswith("-") for argument in arguments):
        complaint = f"no such file: {', '.join(missing)}" if missing else "usage: PATH [PATH …]"
        sys.stderr.write(f"governance.scanning.engine: {complaint}\n")
        return 2
    try:
        worst = max(_scan_root(root) for root in roots)
        sys.stdout.flush()
    except BrokenPipeError:  # whoever read the lines has enough of them
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    return 0 if worst is Verdict.SAFE else 1


def _scan_root(root: Path) -> Verdict:
    """Scan one file or folder, print its lines, and return the worst verdict.

    Reports wait in a file for the judgement of their neighbours, so that a large folder does not fill the memory.
    """
    base = root if root.is_dir() else root.parent
    entries: list[Entry] = []
    with tempfile.TemporaryFile("w+b") as waiting:
        for place in places(root):
            report = scan_place(place)
            name = place.path.relative_to(base).as_posix()
            entries.append(Entry(name, report.size, report.formats, report.facts))
            line = {"path": str(place.path), **report.as_json()}
            waiting.write(json.dumps(line, separators=(",", ":")).encode() + b"\n")
        judgements = judge(entries)
        waiting.seek(0)
        lines = (json.loads(line) for line in waiting)
        return max(
            (
                _print(line, judgements[entry.path])
                for line, entry in zip(lines, entries, strict=True)
            ),
            default=Verdict.SAFE,
        )


def _print(line: dict[str, object], context: ContextJudgement) -> Verdict:
    """Print the line of one file with what its name and neighbours add."""
    content = Verdict(line["verdict"])
    verdict = max(content, context.verdict)
    whole = {
        **line,
        "verdict": verdict.value,
        "content_verdict": content.value,
        "context_findings": [finding.as_json() for finding in context.findings],
        "ruleset": ruleset_version(),
    }
    text = json.dumps(whole, ensure_ascii=False) + "\n"
    sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace"))
    return verdict


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
