"""What the ending of a name promises, and whether the bytes keep it."""

from __future__ import annotations

from collections.abc import Iterator

from governance.scanning.engine import rules
from governance.scanning.engine.collector import make_finding
from governance.scanning.engine.context.entry import Entry
from governance.scanning.engine.report import Finding
from governance.scanning.engine.words import words

_WEIGHTS = frozenset({"pickle", "torch-zip", "torch-legacy"})
_TEXT = frozenset({"text", "json", "html", "svg"})
_BINARY_LIES = words(
    "pickle torch-zip torch-legacy zip 7z rar tar elf pe macho java-class java-serialized hdf5 npy html"
)

_PROMISES: dict[str, frozenset[str]] = {
    ".safetensors": frozenset({"safetensors"}),
    ".json": frozenset({"json"}),
    **dict.fromkeys((".bin", ".pt", ".pth", ".ckpt", ".pkl", ".pickle"), _WEIGHTS),
    ".gguf": frozenset({"gguf"}),
    ".npy": frozenset({"npy"}),
    **dict.fromkeys((".npz", ".zip", ".keras"), frozenset({"zip"})),
    **dict.fromkeys((".h5", ".hdf5"), frozenset({"hdf5"})),
    **dict.fromkeys((".gz", ".tgz"), frozenset({"gzip"})),
    ".xz": frozenset({"xz"}),
    ".bz2": frozenset({"bzip2"}),
    ".zst": frozenset({"zstd"}),
    ".7z": frozenset({"7z"}),
    ".rar": frozenset({"rar"}),
    ".tar": frozenset({"tar"}),
    ".pdf": frozenset({"pdf"}),
    ".parquet": frozenset({"parquet"}),
    ".png": frozenset({"png"}),
    **dict.fromkeys((".jpg", ".jpeg"), frozenset({"jpeg"})),
    ".gif": frozenset({"gif"}),
    ".webp": frozenset({"riff"}),
    ".wav": frozenset({"riff"}),
    ".svg": frozenset({"svg"}),
    **dict.fromkeys((".html", ".htm"), frozenset({"html", "text"})),
    **dict.fromkeys(
        (
            ".md",
            ".txt",
            ".csv",
            ".tsv",
            ".yaml",
            ".yml",
            ".toml",
            ".ini",
            ".cfg",
            ".jsonl",
            ".jinja",
            ".rst",
        ),
        _TEXT,
    ),
}
_TEXT_NAMES = frozenset(
    {
        "license",
        "licence",
        "readme",
        "notice",
        "authors",
        "changelog",
        ".gitattributes",
        ".gitignore",
    }
)


def lies(entry: Entry) -> Iterator[Finding]:
    """The bytes are not what the ending says, or are something more besides."""
    promised = _TEXT if entry.name in _TEXT_NAMES else _PROMISES.get(entry.ending)
    if promised is None:
        return
    formats = frozenset(entry.formats)
    hidden = (formats & _BINARY_LIES) - promised - _goes_with(promised)
    if formats & promised and not hidden:
        return
    held = ", ".join(sorted(hidden) or entry.formats) or "nothing that is known"
    yield make_finding(
        rules.contexts.CTX_EXTENSION,
        detail=f"{entry.path} should be {' or '.join(sorted(promised))}, but it holds {held}.",
    )


def _goes_with(promised: frozenset[str]) -> frozenset[str]:
    """Formats that are ways of being the promised one."""
    if promised & _WEIGHTS:
        return frozenset({"zip"})
    return frozenset({"torch-zip"}) if "zip" in promised else frozenset()
