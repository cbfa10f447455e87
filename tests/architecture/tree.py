"""The files of the repository, as the architecture tests look at them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
APPS = ("accounts", "models_catalog", "governance")
PACKAGES = ("hub", *APPS)
FACES = {"web", "api", "wire"}
NOT_SLICES = FACES | {"management", "migrations"}


def python_files(*packages: str) -> list[Path]:
    """Every Python file of ``packages``, relative to the root."""
    return [
        path.relative_to(ROOT)
        for package in packages
        for path in sorted((ROOT / package).rglob("*.py"))
    ]


def slice_files() -> list[Path]:
    """Every module of a slice: in an app, and in none of its faces."""
    return [
        path
        for path in python_files(*APPS)
        if len(path.parts) > 2 and path.parts[1] not in NOT_SLICES
    ]


def imports(path: Path) -> Iterator[str]:
    """The full name of everything that ``path`` imports."""
    for node in ast.walk(ast.parse((ROOT / path).read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def comes_from(name: str, *modules: str) -> bool:
    """Whether the imported ``name`` is one of ``modules`` or lies in one."""
    return any(name == module or name.startswith(f"{module}.") for module in modules)


def line_count(path: Path) -> int:
    """How many lines ``path`` has."""
    return len((ROOT / path).read_text().splitlines())
