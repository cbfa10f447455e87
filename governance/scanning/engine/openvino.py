"""Telling a model of OpenVINO from other XML."""

from __future__ import annotations

import re

_ROOT = re.compile(
    rb"(?:\xef\xbb\xbf|\s|<\?xml[^>]*>|<!--(?:(?!-->).)*-->|<!DOCTYPE[^>\[]*>)*<net\s[^>]*>",
    re.DOTALL,
)


def is_openvino(head: bytes) -> bool:
    """Whether XML begins with a net that has a version."""
    match = _ROOT.match(head[:8192])
    return match is not None and b"version" in match.group()
