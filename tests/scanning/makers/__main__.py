"""``python -m tests.scanning.makers FOLDER``: run every maker, each into FOLDER/FAMILY/MAKER.

A maker whose library is missing leaves the reason in a file ``missing`` there instead.
"""

from __future__ import annotations

import importlib
import pkgutil
import sys
import traceback
from collections.abc import Callable
from pathlib import Path

from tests.scanning import makers


def main(arguments: list[str]) -> int:
    """Make everything; the exit status is 1 when a maker failed for another reason than a missing library."""
    target = Path(arguments[0])
    failed = False
    for module in sorted(one.name for one in pkgutil.iter_modules(makers.__path__)):
        if module.startswith("_"):
            continue
        family = importlib.import_module(f"{makers.__name__}.{module}")
        for name, make in family.MAKERS.items():
            failed |= not _made(make, target / module / name)
    return 1 if failed else 0


def _made(make: Callable[[Path], None], folder: Path) -> bool:
    folder.mkdir(parents=True)
    try:
        make(folder)
    except ImportError as missing:
        (folder / "missing").write_text(str(missing))
    except Exception:  # noqa: BLE001 - whatever a library raises; the other makers go on
        print(f"{folder.parent.name}/{folder.name}:", file=sys.stderr)
        traceback.print_exc()
        return False
    return True


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
