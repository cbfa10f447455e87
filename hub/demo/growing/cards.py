"""Cards of the demonstration models: what is written by hand, with the numbers that were measured just now."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from string import Template

from models_catalog.taxonomy.queries import language_name

FOLDER = Path(__file__).resolve().parent.parent / "cards"

PARTS = ("fetch", "guess", "names", "rows")  # of example code, shared by several cards

Counts = Mapping[str, tuple[int, int]]  # (right, asked) by language


def card(name: str, facts: Mapping[str, object]) -> bytes:
    """The README.md made from the card ``name``. Raises ``KeyError`` when a number that it wants is missing."""
    parts = {part: _filled(f"{part}.txt", facts) for part in PARTS if _wants(name, part)}
    return _filled(f"{name}.md", {**facts, **parts}).encode()


def _wants(name: str, part: str) -> bool:
    return f"${part}\n" in (FOLDER / f"{name}.md").read_text("utf-8")


def _filled(file: str, facts: Mapping[str, object]) -> str:
    return Template((FOLDER / file).read_text("utf-8")).substitute(facts).rstrip("\n") + (
        "\n" if file.endswith(".md") else ""
    )


def percent(right: int, asked: int) -> str:
    """``97.5 %``."""
    return f"{100 * right / asked:.1f} %"


def size(data: bytes) -> str:
    """``622 kB``."""
    return f"{len(data) / 1000:,.0f} kB"


def total(counts: Counts) -> tuple[int, int]:
    """(right, asked) of all languages."""
    return sum(right for right, _ in counts.values()), sum(asked for _, asked in counts.values())


def language_table(whole: Counts, pieces: Counts) -> str:
    """A row per language."""
    rows = ["| language | sentences | pieces |", "|---|---:|---:|"]
    for code in sorted(whole, key=language_name):
        cells = (f"{right} of {asked}" for right, asked in (whole[code], pieces[code]))
        rows.append(f"| {language_name(code)} (`{code}`) | {' | '.join(cells)} |")
    return "\n".join(rows)


def digit_table(counts: list[tuple[int, int]]) -> str:
    """A column per digit."""
    head = "| " + " | ".join(map(str, range(len(counts)))) + " |"
    rule = "|" + "---:|" * len(counts)
    cells = "| " + " | ".join(f"{right} of {asked}" for right, asked in counts) + " |"
    return f"{head}\n{rule}\n{cells}"
