"""Every rule a finding can cite: its number, how bad it is, and what to say to a person.

Numbers are never reused. PKL pickle, ZIP archives, SFT safetensors, TXT text and JSON, FMT formats as such,
SCN the scan itself, CTX names and neighbours.
"""

from __future__ import annotations

from dataclasses import dataclass

from governance.scanning.engine.verdict import Severity, Verdict

_RESAVE = "Save the weights again with safetensors.torch.save_file and delete this file."
_UPLOAD_AGAIN = "Check the file where it was made and upload it again."
_READ_IT = "Ask a person who reads code to look before anybody loads it."
_PLAIN = "Store plain data instead, or ask a reviewer to look at it."


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that can be found."""

    id: str
    severity: Severity
    verdict: Verdict
    title: str
    advice: str


def _rule(number: str, severity: str, verdict: str, title: str, advice: str) -> Rule:
    return Rule(number, Severity(severity), Verdict(verdict), title, advice)


DENIED_CALL = _rule("PKL-001", "critical", "dangerous", "Would run code when loaded", _RESAVE)
DENIED_IMPORT = _rule(
    "PKL-002", "critical", "dangerous", "Names code that weights never need", _RESAVE
)
COMPUTED_NAME = _rule(
    "PKL-003", "critical", "dangerous", "Works out what to import while loading", _RESAVE
)
DISGUISED_NAME = _rule(
    "PKL-004", "critical", "dangerous", "Imports something under a disguised name", _RESAVE
)
CHANGED_PROGRAM = _rule(
    "PKL-005", "critical", "dangerous", "Would change other code when loaded", _RESAVE
)
CALLED_RESULT = _rule(
    "PKL-006", "critical", "dangerous", "Calls something it made while loading", _RESAVE
)
DOTTED_NAME = _rule(
    "PKL-007", "critical", "dangerous", "Reaches through one module into another", _RESAVE
)
EXTENSION = _rule("PKL-008", "high", "dangerous", "Imports by a number instead of a name", _RESAVE)
SPECIAL_STATE = _rule("PKL-009", "high", "dangerous", "Would change how an object behaves", _RESAVE)
UNKNOWN_IMPORT = _rule(
    "PKL-010", "medium", "suspicious", "Needs code that is not known here", _RESAVE
)
INTERNAL_CALL = _rule(
    "PKL-011", "high", "dangerous", "Calls internal code of an unknown library", _RESAVE
)
UNKNOWN_CALL = _rule("PKL-012", "high", "suspicious", "Calls code that is not known here", _RESAVE)
TRAILING = _rule(
    "PKL-013", "medium", "suspicious", "Bytes follow the end of the pickle", _UPLOAD_AGAIN
)
BROKEN = _rule("PKL-014", "high", "error", "The pickle cannot be read to its end", _UPLOAD_AGAIN)
PICKLE_BUDGET = _rule(
    "PKL-015", "high", "error", "The pickle is too large to read to its end", _PLAIN
)
PERSISTENT = _rule(
    "PKL-016", "medium", "suspicious", "Asks its loader for unknown objects", _RESAVE
)
ENCODING = _rule("PKL-017", "medium", "suspicious", "Re-encodes text in an unusual way", _RESAVE)
COMPUTED_ENCODING = _rule(
    "PKL-018", "high", "dangerous", "Re-encodes text it works out while loading", _RESAVE
)
NESTED_UNREAD = _rule("PKL-019", "high", "error", "Holds another file that cannot be read", _RESAVE)
STORAGE_MISMATCH = _rule(
    "PKL-020", "medium", "suspicious", "Tensor sizes do not match the stored bytes", _RESAVE
)

AMBIGUOUS = _rule("PKL-021", "critical", "dangerous", "Written to be read in two ways", _RESAVE)

ZIP_UNREADABLE = _rule("ZIP-001", "high", "error", "The archive cannot be read", _UPLOAD_AGAIN)
ZIP_POLYGLOT = _rule(
    "ZIP-002", "high", "suspicious", "The archive is hidden in another file", _UPLOAD_AGAIN
)
ZIP_DISAGREES = _rule(
    "ZIP-003", "high", "suspicious", "The archive describes a member in two ways", _UPLOAD_AGAIN
)
ZIP_DUPLICATE = _rule(
    "ZIP-004", "high", "suspicious", "Two members have the same name", _UPLOAD_AGAIN
)
ZIP_GAPS = _rule(
    "ZIP-005", "medium", "suspicious", "Bytes of the archive belong to no member", _UPLOAD_AGAIN
)
ZIP_OVERLAP = _rule(
    "ZIP-006", "high", "suspicious", "Members of the archive overlap", _UPLOAD_AGAIN
)
ZIP_LOCKED = _rule(
    "ZIP-007", "medium", "unscannable", "A member is encrypted", "Store it without a password."
)
ZIP_METHOD = _rule("ZIP-008", "medium", "unscannable", "A member is compressed in an unusual way",
                   "Store it uncompressed or deflated.")  # fmt: skip
ZIP_PATH = _rule(
    "ZIP-009", "high", "suspicious", "A member's name leads out of the archive", _UPLOAD_AGAIN
)
ZIP_CHECKSUM = _rule(
    "ZIP-010", "medium", "suspicious", "A member's checksum is wrong", _UPLOAD_AGAIN
)
ZIP_DEPTH = _rule("ZIP-011", "medium", "error", "Archives lie too deep in one another", _PLAIN)
ZIP_LINK = _rule("ZIP-012", "high", "suspicious", "A member is a link", _UPLOAD_AGAIN)

SFT_HEADER = _rule(
    "SFT-001", "high", "suspicious", "The safetensors header cannot be trusted", _UPLOAD_AGAIN
)
SFT_DUPLICATE = _rule(
    "SFT-002", "high", "suspicious", "Two tensors have the same name", _UPLOAD_AGAIN
)
SFT_TENSOR = _rule("SFT-003", "high", "suspicious", "A tensor is described wrongly", _UPLOAD_AGAIN)
SFT_OVERLAP = _rule("SFT-004", "high", "suspicious", "Tensors overlap", _UPLOAD_AGAIN)
SFT_GAP = _rule(
    "SFT-005", "high", "suspicious", "Bytes of the file belong to no tensor", _UPLOAD_AGAIN
)
SFT_METADATA = _rule(
    "SFT-006", "medium", "suspicious", "The metadata is not plain text", _UPLOAD_AGAIN
)

TXT_ENCODING = _rule(
    "TXT-001", "low", "unscannable", "Begins as text, but is not", "Store text as UTF-8."
)
TXT_YAML_OBJECT = _rule(
    "TXT-002", "high", "suspicious", "Text that makes Python objects when loaded", _READ_IT
)
TXT_TEMPLATE = _rule(
    "TXT-003", "high", "suspicious", "A chat template reaches for more than messages", _READ_IT
)
JSON_LIMITS = _rule(
    "TXT-004", "low", "unscannable", "The JSON is too large or too deep to read", _PLAIN
)

FMT_UNKNOWN = _rule("FMT-001", "low", "unscannable", "Not a format that can be read here", _PLAIN)
FMT_NO_READER = _rule("FMT-002", "low", "unscannable", "This format cannot be read yet", _PLAIN)
FMT_PROGRAM = _rule(
    "FMT-003",
    "high",
    "suspicious",
    "This is a program",
    "Publish source and weights, not programs.",
)

SCAN_FAILED = _rule(
    "SCN-001",
    "high",
    "error",
    "The scan did not finish",
    "The scan is repeated; tell the operators.",
)
SCAN_BUDGET = _rule("SCN-002", "high", "error", "Too much to read to the end", _PLAIN)
NOT_THE_UPLOAD = _rule("SCN-003", "critical", "error", "The stored bytes are not the bytes that were uploaded",
                       "Tell the operators: the storage may be damaged.")  # fmt: skip

CTX_PYTHON = _rule("CTX-001", "medium", "suspicious", "Code that a person should read", _READ_IT)
CTX_AUTO_MAP = _rule("CTX-002", "high", "suspicious", "Asks to run code of its own", _READ_IT)
CTX_EXTENSION = _rule("CTX-003", "medium", "suspicious", "The name promises another kind of file",
                      "Give the file the ending that fits what it holds.")  # fmt: skip
CTX_MODULES = _rule(
    "CTX-004", "high", "suspicious", "Names modules that are not well known", _READ_IT
)
CTX_SCRIPT = _rule("CTX-005", "medium", "suspicious", "A script or program", _READ_IT)
CTX_IMPORT_LINES = _rule(
    "CTX-006", "high", "suspicious", "Python would run lines of this file", _READ_IT
)
CTX_TEMPLATE = _rule(
    "CTX-007", "high", "suspicious", "A template reaches for more than messages", _READ_IT
)

ALL: dict[str, Rule] = {
    value.id: value for value in list(globals().values()) if isinstance(value, Rule)
}
"""Every rule by its number."""
