"""HDF5: HDF."""

from __future__ import annotations

from governance.scanning.engine.rules.rule import PLAIN, READ_IT, UPLOAD_AGAIN, rule

INSIDE = "Copy the data into the file itself, then upload it again."

BROKEN = rule("HDF-001", "high", "error", "The HDF5 file cannot be followed", UPLOAD_AGAIN)
UNREAD = rule("HDF-002", "medium", "unscannable", "A part of the HDF5 file cannot be read", PLAIN)
OTHER_FILE = rule("HDF-003", "high", "suspicious", "Takes data from another file", INSIDE)
FILE_OUTSIDE = rule("HDF-004", "critical", "dangerous", "Reads files of whoever loads it", INSIDE)
FILTER = rule(
    "HDF-005",
    "high",
    "suspicious",
    "Needs an unknown program to unpack its data",
    "Store the data without filters, or with those of HDF5 itself.",
)
IN_FRONT = rule(
    "HDF-006", "medium", "suspicious", "Something stands in front of the data", UPLOAD_AGAIN
)
TRAILING = rule("HDF-007", "medium", "suspicious", "Bytes follow the end of the file", UPLOAD_AGAIN)
ODD_LINK = rule("HDF-008", "high", "suspicious", "A link that needs code of its own", INSIDE)
JULIA = rule("HDF-009", "medium", "unscannable", "Objects of Julia cannot be read here", PLAIN)
MATLAB = rule("HDF-010", "high", "suspicious", "Holds objects or functions of MATLAB", READ_IT)
PICKLED = rule(
    "HDF-011",
    "critical",
    "dangerous",
    "Would unpickle objects when its arrays are read",
    "Store arrays of numbers or texts instead.",
)
CODEC = rule(
    "HDF-012",
    "medium",
    "suspicious",
    "Needs an unknown program to unpack its arrays",
    "Store the arrays with a codec that is well known.",
)
