"""The process that looks at hostile bytes: forked off by ``forkserver``, once for each file.

It is handed an open, read-only descriptor, gives up every right it can, scans, prints one line of JSON and ends. It knows
neither Django nor any secret, and finds no file, network or other process.
"""

from __future__ import annotations

import codecs
import json
import os
import sys
from pathlib import Path
from typing import Any

_CODECS = ("ascii", "cp437", "latin-1", "raw-unicode-escape", "unicode-escape", "utf-8", "utf-8-sig",
           "cp1252", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be", "gbk", "big5", "shift_jis", "euc_jp", "euc_kr")  # fmt: skip
_WARM_UP = (
    b"\x80\x04\x8c\x01a\x94.",
    b'{"a": [1], "chat_template": "{{ \'a\' ~ 1.5 }}"}',
    b"# text\n",
    b"import os\nos.listdir('a')\n# \xd0\xb0a = '\xef\xbc\xa1'\n",
    b"a: !x &b [1]\nc: *b\nd: !!float 1\n",
    b"a: [\n",
    b"<?xml version='1.0'?><a b='c'/>",
    b"<svg xmlns='http://www.w3.org/2000/svg'/>",
    b"<!doctype html><p>\xc3\xbc",
    b"\x89HDF\r\n\x1a\n",
)


def prepare() -> None:
    """Import whatever a scan will need: once its rights are given up, it finds no file to import from."""
    sys.path.append(str(Path(__file__).resolve().parents[2]))
    from governance.scanning.engine import scan  # noqa: PLC0415 - only now can it be found
    from governance.scanning.engine.reader import BytesReader  # noqa: PLC0415 - as above

    for name in _CODECS:
        codecs.lookup(name)
    for sample in _WARM_UP:
        scan(BytesReader(sample))


def main(order: dict[str, Any], fd: int) -> None:
    """Scan the file behind ``fd`` within the budget and the computing time of the order."""
    from governance.scanning import isolation  # noqa: PLC0415 - found since prepare()
    from governance.scanning.engine import Budget, scan  # noqa: PLC0415 - as above

    held = isolation.isolate(order["cpu_seconds"])
    report = scan(fd, budget=Budget(**order["budget"]))
    answer = {"report": report.as_json(), "isolation": held}
    _print(json.dumps(answer, ensure_ascii=False, separators=(",", ":")).encode())


def _print(line: bytes) -> None:
    while line:
        line = line[os.write(1, line) :]
