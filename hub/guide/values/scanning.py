"""What scanning opens, what it cannot read, and within which walls it works."""

from __future__ import annotations

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from governance.scanning.engine import ruleset_version
from governance.scanning.engine.analysers import ANALYSERS
from governance.scanning.engine.budget import Budget
from governance.scanning.engine.rules import ALL
from governance.scanning.isolation import CPU_SECONDS, MEASURES, MEMORY_BYTES
from governance.scanning.sandbox import SLOWEST, WALL_SECONDS
from hub.ui.vocabulary import SEVERITIES, VERDICTS

FAMILIES = {
    "PKL": "Pickles",
    "ZIP": "ZIP archives",
    "ARC": "Other archives and packed streams",
    "MED": "Pictures, sound, film and fonts",
    "PDF": "PDF documents",
    "TAB": "Tables",
    "SFT": "Safetensors",
    "NPY": "NumPy",
    "HDF": "HDF5",
    "KER": "Keras",
    "ONX": "ONNX",
    "TFG": "TensorFlow",
    "TFL": "TensorFlow Lite",
    "CML": "Core ML",
    "GGU": "GGUF",
    "SKO": "skops",
    "NEM": "NeMo",
    "MSG": "MessagePack",
    "BST": "Boosted trees and word vectors",
    "PMM": "PMML",
    "RDS": "Objects of R",
    "JIN": "Chat templates",
    "YML": "YAML",
    "PYS": "Python",
    "NBK": "Notebooks",
    "HTM": "Web pages",
    "SVG": "Drawings",
    "CFG": "Settings",
    "SEC": "Secrets",
    "TXT": "Text and JSON",
    "FMT": "Formats as such",
    "SCN": "The scan itself",
    "CTX": "Names and neighbours",
}

_MEASURES: dict[str, str | Promise] = {
    "limits": _("the use of more memory and time than it is given"),
    "namespaces": _("the network and other processes"),
    "empty_root": _("every file but the one it reads"),
    "unprivileged": _("the rights of its user"),
    "no_new_privileges": _("the way to get rights back"),
    "not_dumpable": _("being looked into by others"),
    "system_calls": _("nearly all calls to the system"),
}


def values() -> dict[str, Any]:
    """The engine as it is in this version."""
    return {
        "opened": sorted(ANALYSERS),
        "families": [
            (
                FAMILIES.get(prefix, prefix),
                [_row(rule) for rule in ALL.values() if _of(rule, prefix)],
            )
            for prefix in dict.fromkeys(number.partition("-")[0] for number in ALL)
        ],
        "rule_count": len(ALL),
        "ruleset": ruleset_version(),
        "budget": Budget(),
        "measures": [_MEASURES[name] for name in MEASURES],
        "memory_bytes": MEMORY_BYTES,
        "cpu_seconds": CPU_SECONDS,
        "wall_seconds": int(WALL_SECONDS),
        "bytes_a_second": SLOWEST,
    }


def _of(rule: Any, prefix: str) -> bool:
    return str(rule.id).startswith(f"{prefix}-")


def _row(rule: Any) -> dict[str, Any]:
    return {
        "id": rule.id,
        "title": rule.title,
        "advice": rule.advice,
        "severity": SEVERITIES[rule.severity.value].text,
        "verdict": VERDICTS[rule.verdict.value].text,
    }
