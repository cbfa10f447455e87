"""The scanning engine: it answers what some bytes would do when somebody loads them.

Pure Python, no Django, no third-party library: it runs inside the isolated child (``governance.scanning.child``) and on
the command line (``python -m governance.scanning.engine PATH…``). It reads; it never imports, unpickles, renders or
executes anything it looks at.

``scan`` judges content alone and is what a verdict per SHA-256 rests on. ``context.judge`` judges names and
neighbours of a whole revision from the reports' formats and facts. The worse of the two counts.
"""

from __future__ import annotations

from governance.scanning.engine import context
from governance.scanning.engine.budget import Budget
from governance.scanning.engine.report import EvidenceRow, Finding, Import, Report
from governance.scanning.engine.ruleset import ruleset_version
from governance.scanning.engine.scanner import scan
from governance.scanning.engine.verdict import Severity, Verdict

__all__ = [
    "Budget",
    "EvidenceRow",
    "Finding",
    "Import",
    "Report",
    "Severity",
    "Verdict",
    "context",
    "ruleset_version",
    "scan",
]
