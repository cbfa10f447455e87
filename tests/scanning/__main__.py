"""``python -m tests.scanning``: the confusion table of the corpus, family by family, and what went wrong.

``python -m tests.scanning FOLDER`` also writes every sample there, for other scanners to look at.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

from governance.scanning.engine import Verdict
from tests.scanning import corpus
from tests.scanning.judging import ALLOWED, judged
from tests.scanning.sample import Expected, Sample


def main(arguments: list[str]) -> int:
    """Print the table; the exit status is 1 when a sample is judged wrongly."""
    folder = Path(arguments[0]) if arguments else None
    wrong: list[str] = []
    print(_row("family", "expected", *(verdict.value for verdict in Verdict)))
    for family in corpus.families():
        counts: dict[Expected, Counter[Verdict]] = {expected: Counter() for expected in Expected}
        for sample in corpus.samples(family):
            verdict = judged(sample.files).verdict
            counts[sample.expected][verdict] += 1
            if verdict not in ALLOWED[sample.expected]:
                wrong.append(
                    f"{family}/{sample.name}: {sample.expected.value}, judged {verdict.value}"
                )
            if folder:
                _write(folder / family / sample.expected.value / sample.name, sample)
        for expected, found in counts.items():
            if found:
                print(_row(family, expected.value, *(found[verdict] or "" for verdict in Verdict)))
    print("\n".join(wrong))
    return 1 if wrong else 0


def _row(family: str, expected: str, *cells: object) -> str:
    return f"{family:<20}{expected:<12}" + "".join(f"{cell!s:>13}" for cell in cells)


def _write(folder: Path, sample: Sample) -> None:
    for path, content in sample.files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
