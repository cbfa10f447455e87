"""What is recognised, or not, and cannot be read here: it is said, and never called safe."""

from __future__ import annotations

from governance.scanning.engine import rules
from governance.scanning.engine.subject import Subject

_ARCHIVE = "what it holds would have to be unpacked first"
_PROGRAMS = {
    "elf": "a Linux program or library",
    "pe": "a Windows program or library",
    "macho": "a macOS program or library",
    "java-class": "a compiled Java class",
}
_KNOWN = {
    "gzip": ("a gzip archive", _ARCHIVE),
    "xz": ("an xz archive", _ARCHIVE),
    "bzip2": ("a bzip2 archive", _ARCHIVE),
    "zstd": ("a Zstandard archive", _ARCHIVE),
    "lz4": ("an LZ4 archive", _ARCHIVE),
    "7z": ("a 7-Zip archive", _ARCHIVE),
    "rar": ("a RAR archive", _ARCHIVE),
    "tar": ("a tar archive", _ARCHIVE),
    "hdf5": ("an HDF5 file", "its layers may hold code, and nothing here reads them"),
    "gguf": ("a GGUF model", "nothing here reads its metadata"),
    "npy": ("a NumPy array", "it may hold pickled objects, and nothing here reads it"),
    "pdf": ("a PDF document", "it may hold scripts and files"),
    "html": ("a web page", "it may hold scripts"),
    "svg": ("an SVG drawing", "it may hold scripts"),
    "java-serialized": (
        "a serialized Java object",
        "loading it can run code, and nothing here reads it",
    ),
}


def analyse(subject: Subject, name: str) -> None:
    """Say what it is and why that is not enough."""
    if name in _PROGRAMS:
        subject.add(rules.formats.FMT_PROGRAM, f"It is {_PROGRAMS[name]}. Weights never need one.")
    elif name in _KNOWN:
        what, why = _KNOWN[name]
        subject.add(rules.formats.FMT_NO_READER, f"It is {what}; {why}.")
    elif name == "unknown":
        subject.add(
            rules.formats.FMT_UNKNOWN, "Its beginning and end match no format that is known here."
        )
    else:
        subject.add(
            rules.formats.FMT_NO_READER,
            f"It is a {name.upper()} file, and nothing here reads those.",
        )
