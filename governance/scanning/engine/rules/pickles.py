"""Pickles, and what lies in them: PKL."""

from __future__ import annotations

from governance.scanning.engine.rules.rule import PLAIN, READ_IT, RESAVE, UPLOAD_AGAIN, rule

DENIED_CALL = rule("PKL-001", "critical", "dangerous", "Would run code when loaded", RESAVE)
DENIED_IMPORT = rule(
    "PKL-002", "critical", "dangerous", "Names code that weights never need", RESAVE
)
COMPUTED_NAME = rule(
    "PKL-003", "critical", "dangerous", "Works out what to import while loading", RESAVE
)
DISGUISED_NAME = rule(
    "PKL-004", "critical", "dangerous", "Imports something under a disguised name", RESAVE
)
CHANGED_PROGRAM = rule(
    "PKL-005", "critical", "dangerous", "Would change other code when loaded", RESAVE
)
CALLED_RESULT = rule(
    "PKL-006", "critical", "dangerous", "Calls something it made while loading", RESAVE
)
DOTTED_NAME = rule(
    "PKL-007", "critical", "dangerous", "Reaches through one module into another", RESAVE
)
EXTENSION = rule("PKL-008", "high", "dangerous", "Imports by a number instead of a name", RESAVE)
SPECIAL_STATE = rule("PKL-009", "high", "dangerous", "Would change how an object behaves", RESAVE)
UNKNOWN_IMPORT = rule(
    "PKL-010", "medium", "suspicious", "Needs code that is not known here", RESAVE
)
INTERNAL_CALL = rule(
    "PKL-011", "high", "dangerous", "Calls internal code of an unknown library", RESAVE
)
UNKNOWN_CALL = rule("PKL-012", "high", "suspicious", "Calls code that is not known here", RESAVE)
TRAILING = rule(
    "PKL-013", "medium", "suspicious", "Bytes follow the end of the pickle", UPLOAD_AGAIN
)
BROKEN = rule("PKL-014", "high", "error", "The pickle cannot be read to its end", UPLOAD_AGAIN)
PICKLE_BUDGET = rule(
    "PKL-015", "high", "error", "The pickle is too large to read to its end", PLAIN
)
PERSISTENT = rule("PKL-016", "medium", "suspicious", "Asks its loader for unknown objects", RESAVE)
ENCODING = rule("PKL-017", "medium", "suspicious", "Re-encodes text in an unusual way", RESAVE)
COMPUTED_ENCODING = rule(
    "PKL-018", "high", "dangerous", "Re-encodes text it works out while loading", RESAVE
)
NESTED_UNREAD = rule("PKL-019", "high", "error", "Holds another file that cannot be read", RESAVE)
STORAGE_MISMATCH = rule(
    "PKL-020", "medium", "suspicious", "Tensor sizes do not match the stored bytes", RESAVE
)
AMBIGUOUS = rule("PKL-021", "critical", "dangerous", "Written to be read in two ways", RESAVE)
OUTSIDE_BYTES = rule(
    "PKL-022", "medium", "suspicious", "Needs bytes that are not in the file", UPLOAD_AGAIN
)
HEAVY = rule("PKL-023", "high", "suspicious", "Would exhaust memory or time when loaded", RESAVE)
TEMPLATE_CODE = rule(
    "PKL-024", "critical", "dangerous", "Holds program text that runs when loaded", RESAVE
)
SCRIPT_REACHES = rule(
    "PKL-025", "critical", "dangerous", "Compiled code that reads or writes files", RESAVE
)
SCRIPT_UNKNOWN = rule(
    "PKL-026", "medium", "suspicious", "Compiled code uses operations that are not known", READ_IT
)
SCRIPT_UNREAD = rule("PKL-027", "medium", "suspicious", "Compiled code cannot be read", READ_IT)
FORMULA_CODE = rule(
    "PKL-028", "critical", "dangerous", "A size that would run as program text", RESAVE
)
