"""Files beside a model that install, build, open or keep something, judged by their names and what they say."""

from __future__ import annotations

import re
from collections.abc import Iterator

from governance.scanning.engine import rules
from governance.scanning.engine.collector import make_finding
from governance.scanning.engine.context.entry import Entry
from governance.scanning.engine.report import Finding
from governance.scanning.engine.words import words

_INSTALLS = re.compile(
    r"(?:.*requirements.*|.*constraints.*|conda|environment|python_env|packages|pip|pipfile|pyproject|setup|uv)\.?(?:txt|in|ya?ml|conf|ini|toml|cfg|lock)?"
)
_INSTALL_FOLDER = re.compile(r"(?:^|/)requirements/[^/]+\.(?:txt|in)$")
_BUILDS = words("pyproject.toml setup.cfg")
_PAGES = words(".html .htm .xhtml .shtml .xht .svg .xml .mht .mhtml .hta .xsl .xslt .rss .atom")
_YAML = words(".yaml .yml")
_YAML_NAMES = words("mlmodel")
_LINES = words(".jsonl .ndjson")
_OBJECTS = re.compile(
    r"(?:config|tokenizer|tokenizer_config|generation_config|model_index|adapter_config|preprocessor_config|"
    r"processor_config|special_tokens_map|added_tokens|chat_template|sentence_bert_config|config_sentence_transformers|.*\.index)\.json"
)
_KEEPS_SECRETS = re.compile(
    r"(?:[._]netrc|\.git-credentials|\.pypirc|\.htpasswd|\.pgpass|\.my\.cnf|\.dockercfg|\.env(?:\.(?:local|prod|production|dev|staging))?|"
    r"id_(?:rsa|dsa|ecdsa|ed25519)|credentials\.(?:json|csv)|.*\.(?:ppk|p12|pfx|jks|keystore|kdbx|ovpn)|kubeconfig|\.npmrc)"
)
_SECRET_PATHS = re.compile(
    r"(?:^|/)(?:\.aws/credentials|\.docker/config\.json|\.kube/config|\.ssh/[^/]+|\.huggingface/token)$"
)


def installs(entry: Entry) -> Iterator[Finding]:
    """Lists of packages that would come from anywhere, and settings that run code while something is built."""
    lines = entry.texts("installs")
    if lines and (_INSTALLS.fullmatch(entry.name) or _INSTALL_FOLDER.search(entry.path.lower())):
        yield make_finding(
            rules.configurations.CFG_INSTALLS,
            detail=f"{entry.path} would install from an unusual place: {'; '.join(lines[:5])}.",
        )
    if entry.facts.get("build_hooks") and entry.name in _BUILDS:
        yield make_finding(
            rules.configurations.CFG_BUILDS, detail=f"{entry.path} has code run while it is built."
        )


def pages(entry: Entry) -> Iterator[Finding]:
    """Text that a browser would open as a page, although it does not begin like one."""
    if entry.ending not in _PAGES:
        return
    for key, rule in (
        ("markup_active", rules.web.HTM_ACTIVE),
        ("markup_outside", rules.web.HTM_OUTSIDE),
    ):
        told = entry.texts(key)
        if told:
            yield make_finding(rule, detail=f"{entry.path} holds {', '.join(told)}.")


def secrets(entry: Entry) -> Iterator[Finding]:
    """Files in which programs keep passwords, whatever stands in them."""
    is_kept = _KEEPS_SECRETS.fullmatch(entry.name) or _SECRET_PATHS.search(entry.path.lower())
    if is_kept and entry.size:
        yield make_finding(
            rules.secrets.SEC_FILE, detail=f"{entry.path} is where programs keep passwords or keys."
        )


def broken(entry: Entry) -> Iterator[Finding]:
    """Configurations that are not what their names say."""
    flaws = entry.texts("yaml_flaws")
    if flaws and (entry.ending in _YAML or entry.name in _YAML_NAMES):
        hides = entry.texts("yaml_hides")
        rule = rules.yamls.YML_OBJECT if hides else rules.yamls.YML_BROKEN
        yield make_finding(rule, detail=f"{entry.path}: {'. '.join((*flaws, *hides))}.")
    lines = entry.texts("lines_broken")
    if lines and entry.ending in _LINES:
        yield make_finding(rules.configurations.CFG_LINES, detail=f"{entry.path}: {lines[0]}.")
    kind = entry.texts("json_kind")
    if kind and kind[0] != "dict" and _OBJECTS.fullmatch(entry.name):
        yield make_finding(
            rules.configurations.CFG_NAMES, detail=f"{entry.path} holds no object of settings."
        )
