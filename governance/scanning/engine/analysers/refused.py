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
    "dex": "a compiled Android program",
    "wasm": "a WebAssembly program",
    "python-bytecode": "compiled Python",
    "lua-bytecode": "compiled Lua",
    "llvm-bitcode": "a program in the compiler's own form",
    "flash": "a Flash program",
    "windows-shortcut": "a Windows shortcut, which starts a program",
    "rpm": "an installable package of programs",
}
_OBJECTS = {
    "java-serialized": "a serialized Java object",
    "net-serialized": "a serialized .NET object",
}
_KNOWN = {
    "lz4-legacy": ("an archive in the old form of LZ4", _ARCHIVE),
    "7z": ("a 7-Zip archive", _ARCHIVE),
    "rar": ("a RAR archive", _ARCHIVE),
    "lzip": ("an lzip archive", _ARCHIVE),
    "lzop": ("an lzop archive", _ARCHIVE),
    "compress": ("a Unix compress archive", _ARCHIVE),
    "cab": ("a Windows cabinet archive", _ARCHIVE),
    "ar": ("an ar archive or Debian package", _ARCHIVE),
    "cpio": ("a cpio archive", _ARCHIVE),
    "lzh": ("an LHA archive", _ARCHIVE),
    "ace": ("an ACE archive", _ARCHIVE),
    "xar": ("a xar archive or macOS package", _ARCHIVE),
    "iso": ("an image of a disc", _ARCHIVE),
    "dmg": ("an image of a macOS disk", _ARCHIVE),
    "wim": ("a Windows disk image", _ARCHIVE),
    "squashfs": ("an image of a Linux file system", _ARCHIVE),
    "qcow": ("an image of a disk", _ARCHIVE),
    "vhd": ("an image of a disk", _ARCHIVE),
    "chm": ("a Windows help archive", "it may hold scripts"),
    "gguf": ("a GGUF model", "nothing here reads its metadata"),
    "ggml": (
        "a model in one of the forms before GGUF",
        "nothing loads it any more, and nothing here reads it",
    ),
    "onnx-runtime": ("a model compiled for ONNX Runtime", "nothing here reads its operators"),
    "tensorrt": ("a model compiled by TensorRT", "it is a program for one kind of graphics card"),
    "rknn": ("a model compiled for Rockchip", "it is a program for one kind of chip"),
    "paddle": ("a program of PaddlePaddle", "nothing here reads its operators"),
    "mxnet": ("an MXNet array file", "nothing here reads it"),
    "pdf": ("a PDF document", "it may hold scripts and files"),
    "rtf": ("an RTF document", "it may hold programs"),
    "ole": ("a document or installer in the old form of Microsoft Office", "it may hold macros"),
    "postscript": ("a PostScript document", "it is a program for printers"),
    "parquet-encrypted": ("an encrypted Parquet table", "nobody can look into it without its key"),
}


_MACROS = {
    "ole": tuple(
        name.encode("utf-16-le") for name in ("_VBA_PROJECT", "VBA", "Macros", "Ole10Native")
    ),
    "rtf": (b"\\objdata", b"\\objupdate", b"\\objocx", b"\\ddeauto", b"\\*\\template", b"DDEAUTO"),
    "postscript": (b"(%pipe%",),
}
"""Names that stand in a document's directory when it holds programs."""
_HEAD = 8 * 1024 * 1024


def _head(subject: Subject) -> bytes:
    return subject.reader.read_at(0, min(subject.reader.size, _HEAD))


def analyse(subject: Subject, name: str) -> None:
    """Say what it is and why that is not enough."""
    if name in _PROGRAMS:
        subject.add(rules.formats.FMT_PROGRAM, f"It is {_PROGRAMS[name]}. Weights never need one.")
    elif name in _OBJECTS:
        subject.add(rules.formats.FMT_OBJECTS, f"It is {_OBJECTS[name]}; loading it can run code.")
    elif name in _MACROS and any(sign in _head(subject) for sign in _MACROS[name]):
        subject.add(rules.formats.FMT_MACROS, f"It is {_KNOWN[name][0]} that holds programs.")
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
            f"It is a {name.replace('-', ' ').upper()} file, and nothing here reads those.",
        )
