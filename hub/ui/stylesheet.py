"""The stylesheet for browsers of 2022 and later, made from the parts that we write."""

from __future__ import annotations

from pathlib import Path

import lightningcss

OLDEST_BROWSERS = ["chrome 99", "safari 15.4", "firefox 97"]


def joined_stylesheet(entry: Path) -> str:
    """Follow the imports of ``entry``, flatten nesting and minify.

    Layers keep their order. ``url()`` is not rewritten, so files that hold one stand in the folder of ``entry``.
    Raises ``ValueError`` when a part is missing or cannot be parsed.
    """
    return lightningcss.bundle_css(
        str(entry),
        parser_flags=lightningcss.calc_parser_flags(nesting=True),
        browsers_list=OLDEST_BROWSERS,
    )
