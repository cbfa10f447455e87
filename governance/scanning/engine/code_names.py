"""Endings and names of files that are code, whatever stands in them."""

from __future__ import annotations

from governance.scanning.engine.words import words

PYTHON = frozenset(
    {".py", ".pyw", ".pyi", ".pyx", ".pyc", ".pyo", ".pyz", ".ipynb", ".whl", ".egg"}
)
SCRIPTS = words(""".sh .bash .zsh .fish .command .csh .ksh .bat .cmd .ps1 .psm1 .vbs .vbe .wsf .js .mjs .jse .hta .jar .class
    .exe .com .msi .scr .dll .so .dylib .node .pl .rb .lua .php .r .jl .c .cc .cpp .cu .h .rs .go .java
    .desktop .lnk .reg .apk .deb .rpm .dmg .pkg .app .wasm""")
SCRIPT_NAMES = frozenset(
    {"makefile", "dockerfile", "jenkinsfile", "setup.cfg", ".envrc", "sitecustomize"}
)


def is_code(path: str) -> bool:
    """Whether a file of this name would be taken for code, names folded as file systems may fold them."""
    name = path.replace("\\", "/").rsplit("/", 1)[-1].lower().rstrip(". ")
    stem, dot, ending = name.rpartition(".")
    return name in SCRIPT_NAMES or (bool(dot and stem) and f".{ending}" in PYTHON | SCRIPTS)
