"""What a rule is, and the advice that several of them give."""

from __future__ import annotations

from dataclasses import dataclass

from governance.scanning.engine.verdict import Severity, Verdict

RESAVE = "Save the weights again with safetensors.torch.save_file and delete this file."
UPLOAD_AGAIN = "Check the file where it was made and upload it again."
READ_IT = "Ask a person who reads code to look before anybody loads it."
PLAIN = "Store plain data instead, or ask a reviewer to look at it."


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that can be found."""

    id: str
    severity: Severity
    verdict: Verdict
    title: str
    advice: str


def rule(number: str, severity: str, verdict: str, title: str, advice: str) -> Rule:
    """A rule from plain words; raises ValueError for a severity or verdict that does not exist."""
    return Rule(number, Severity(severity), Verdict(verdict), title, advice)
