"""Lists of what to install: packages from the usual places are ordinary, anything else is pointed out."""

from __future__ import annotations

import re

from governance.scanning.engine.textual.notes import Notes

_USUAL = re.compile(
    r"https?://(?:download\.pytorch\.org|pypi\.org|pypi\.nvidia\.com|files\.pythonhosted\.org)(?:/|$)"
)
_URL = re.compile(r"(?:git|hg|svn|bzr)\+\S+|\bgit@\S+|[a-z]+://\S+")
_OPTION = re.compile(
    r"[\s\-\"']*(?:--(?:index-url|extra-index-url|find-links|trusted-host|editable|no-index|pre|global-option|install-option)|-[ief])(?:[\s=]|$)"
    r"|[\s\-\"']*[\w.\[\]-]+[^#\n]*\s--(?:global-option|install-option|config-settings)\b|[\s\-\"']*-(?:r|c|-requirement|-constraint)[\s=]+(?:[a-z]+://|/)"
)
_PATH = re.compile(r"[\w.-]+\.(?:whl|tar\.gz|egg)|[\s\-\"']*(?:\.{1,2}/|/|~/|[A-Za-z]:\\)\S*")
_DIRECT = re.compile(r"[\s\-\"']*[A-Za-z0-9._-]+(?:\[[^\]]*\])?\s*@\s*\S+")
_PIP_CONF = re.compile(
    r"\s*(?:index-url|extra-index-url|find-links|trusted-host|index_url|verify_ssl\s*=\s*false|url)\s*="
)
_CHANNELS = re.compile(r"\s*channels:\s*\[[^\]]*://(?!conda\.anaconda\.org|repo\.anaconda\.com)")
_REPOSITORY = re.compile(r"@\s*(?:git|hg|svn|bzr)\+\w+:")
_HOOKS = re.compile(
    r"^[ \t]*(?:backend-path\s*=|\[tool\.hatch\.build\.hooks|\[tool\.setuptools\.cmdclass|\[tool\.poetry\.build|"
    r"cmdclass\s*=|\[tool\.pdm\.build|build-backend\s*=\s*[\"'](?!setuptools|hatchling|flit|poetry|pdm|maturin|scikit))",
    re.MULTILINE,
)
_MOST_LINES = 5_000


def look(text: str, notes: Notes) -> None:
    """Note the lines that would install from elsewhere, and settings that run code while something is built."""
    for line in text.splitlines()[:_MOST_LINES]:
        if len(line) < 400 and _is_unusual(line.split(" #", 1)[0]):
            notes.tell("installs", line.strip()[:120])
    if _HOOKS.search(text):
        notes.say("build_hooks")


def _is_unusual(line: str) -> bool:
    if line.lstrip().startswith("#"):
        return False
    urls = _URL.findall(line)
    if _CHANNELS.match(line) or _REPOSITORY.search(line):
        return True
    if urls and all(_USUAL.match(url) for url in urls):
        return False
    is_option = (
        _OPTION.match(line) or _PIP_CONF.match(line) or _DIRECT.match(line) or _PATH.fullmatch(line)
    )
    return is_option is not None or (
        bool(urls) and re.match(r"[\s\-\"']*(?:(?:git|hg|svn|bzr)\+|[a-z]+://)", line) is not None
    )
