"""Invented content for ``/_ui/``."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django import forms

from hub.core.pagination import Page
from hub.ui.fields import FieldRows
from hub.ui.icons import icon_names
from hub.ui.parts import (
    Badge,
    CheckRow,
    Chip,
    Crumb,
    DiffLine,
    EvidenceLine,
    Facet,
    Fact,
    FindingBlock,
    ModelHead,
    ModelRow,
    NavGroup,
    Option,
    Snippet,
    Tab,
    UploadRow,
)
from hub.ui.rings import HUES
from hub.ui.vocabulary import VOCABULARIES
from hub.ui.widgets import Choices, MultipleFiles

MOMENT = datetime(2025, 11, 3, 9, 12, tzinfo=UTC)
NAME = "meadow-lab/field-notes-1.5b"
LONG_NAME = (
    "a-very-long-organisation-name-for-testing/and-an-even-longer-model-name-that-goes-on-and-on"
)


class SampleForm(forms.Form):
    """Every kind of field."""

    title = forms.CharField(help_text="Up to 80 letters. People search for this.")
    reason = forms.CharField(widget=forms.Textarea, help_text="Public, and kept with the version.")
    licence = forms.ChoiceField(
        choices=[("apache-2.0", "Apache-2.0"), ("mit", "MIT")], required=False
    )
    weights = forms.FileField(widget=MultipleFiles, required=False)
    signed = forms.BooleanField(
        label="I may share these files", help_text="You made them, or their licence allows it."
    )
    languages = forms.MultipleChoiceField(
        choices=[("sw", "Swahili"), ("am", "Amharic")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    decision = forms.ChoiceField(
        choices=[
            ("approve", "Approve"),
            ("changes", "Request changes"),
            ("comment", "Comment only"),
        ],
        widget=Choices(
            consequences={
                "changes": "The publisher must answer. Blocks publishing until you withdraw it.",
                "comment": "Does not count as a decision.",
            },
            closed={"approve": "Not possible until the failed check passes."},
        ),
    )


class SampleRows(forms.Form):
    """Three rows, the last of them empty."""

    use_required_attribute = False

    def __init__(self) -> None:
        filled = [("contact", "email"), ("region", "choice"), ("", "")]
        super().__init__(auto_id="rows-%s")
        for number, (name, kind) in enumerate(filled):
            self.fields[f"name-{number}"] = forms.CharField(label="Field", initial=name)
            self.fields[f"kind-{number}"] = forms.ChoiceField(
                label="Kind", choices=[("email", "Email"), ("choice", "Choice")], initial=kind
            )
            self.fields[f"must-{number}"] = forms.BooleanField(label="Has to be filled in")

    @property
    def drawn(self) -> FieldRows:
        """As components take it."""
        columns = ("name", "kind", "must")
        rows = [[self[f"{column}-{number}"] for column in columns] for number in range(3)]
        return FieldRows("rows", "Fields of one’s own", "Empty a row to take it out.", rows)


def sample_values() -> dict[str, Any]:
    """Context of the gallery's templates."""
    return {
        "moment": MOMENT,
        "field_rows": SampleRows().drawn,
        "icons": icon_names(),
        "words": {name: list(words) for name, words in VOCABULARIES.items()},
        "hues": HUES,
        "ring_counts": range(1, 10),
        "rows": _rows(),
        "facets": _facets(),
        "chips": [Chip("Language", "Swahili", "?"), Chip("Licence", "Apache-2.0", "?")],
        "head": _head(),
        "nav": [
            NavGroup("You", [Tab("Profile", "?", is_current=True), Tab("Access tokens", "?", 2)]),
            NavGroup("Danger", [Tab("Close account", "?")]),
        ],
        "facts": [
            Fact("Parameters", "1.54 billion, bfloat16"),
            Fact("Context", "8,192 tokens"),
            Fact("Signed by", "Release key, entry 88 214", url="#"),
        ],
        "stats": [
            Fact("Open", "5"),
            Fact("Past the due date", "1", status="bad"),
            Fact("Median time", "4 days"),
        ],
        "severity_counts": [Fact("Critical", "1", status="bad"), Fact("Low", "1")],
        "snippets": _snippets(),
        "weekly": [7, 9, 8, 12, 15, 14, 18, 22, 21, 26, 25, 31],
        "bytes": [
            ("model.safetensors", 3_090_000_000),
            ("8-bit GGUF", 1_650_000_000),
            ("4-bit GGUF", 990_000_000),
        ],
        "checks": _checks(),
        "diff": _diff(),
        "uploads": _uploads(),
        "findings": _findings(),
        "page": Page(rows=[], next_cursor="bmV4dA", previous_cursor=None),
        "middle_page": Page(rows=[], next_cursor="bmV4dA", previous_cursor="cHJldg"),
    }


def _head() -> ModelHead:
    return ModelHead(
        full_name=NAME,
        title="Field Notes 1.5B",
        url="?page=model",
        owner_name="Meadow Lab",
        owner_url="#",
        accession="ARB-2025-0418",
        summary="Turns spoken field notes in five languages into tidy records. Runs on a laptop without a graphics card.",
        versions=7,
        hue="d1",
        is_approved=True,
        is_title=True,
        crumbs=[Crumb("Models", "/models"), Crumb("Text", "#"), Crumb("Text generation", "#")],
        badges=[
            Badge("Approved by Meadow Lab", "ok", "badge-check", "#"),
            Badge("Scan passed", "ok", "shield-check", "#"),
            Badge("Signed", "ok", "signature", "#"),
            Badge("Apache-2.0", icon="scale"),
            Badge("Open download", icon="lock-open"),
            Badge("v2.1.0, 3 Nov 2025"),
        ],
        tabs=[
            Tab("Card", "#", is_current=True),
            Tab("Files", "#", 14),
            Tab("Versions", "#", 7),
            Tab("Lineage", "#", 11),
            Tab("Evaluations", "#", 23),
            Tab("Discussions", "#", "1 open"),
            Tab("Security", "#"),
            Tab("Settings", "#"),
        ],
    )


def _rows() -> list[ModelRow]:
    meta = [
        "Text generation",
        "1.54 B",
        "0.99 to 3.09 GB",
        "Apache-2.0",
        "5 languages",
        "safetensors, GGUF",
    ]
    return [
        ModelRow(
            NAME,
            "#",
            "Turns spoken field notes into tidy records.",
            meta,
            7,
            "d1",
            "approved",
            12480,
            "v2.1.0",
            MOMENT,
        ),
        ModelRow(
            "tide/reef-sound",
            "#",
            "Hears which fish are near.",
            ["Audio"],
            3,
            "d2",
            "in_review",
            1,
            "v0.8.0",
            MOMENT,
            "Access on request",
        ),
        ModelRow(
            LONG_NAME,
            "#",
            "A long sentence about what it does. " * 8,
            meta,
            0,
            "d3",
            "not_reviewed",
            0,
            "",
            MOMENT,
        ),
        ModelRow("ono/leaf", "#", "", [], 2, "d5", "withdrawn", 1_234_567, "v1.0.0", MOMENT),
    ]


def _facets() -> list[Facet]:
    return [
        Facet(
            "task",
            "Task",
            [
                Option("a", "Text generation", 9),
                Option("b", "Translation", 6, is_selected=True),
                Option("c", "Speech to text", 0),
            ],
            more_url="?more=task",
            total=41,
        ),
        Facet("library", "Library", [Option("t", "transformers", 22)], is_folded=True),
    ]


def _snippets() -> list[Snippet]:
    return [
        Snippet(
            "Hub client",
            "HF_ENDPOINT=http://localhost:8000 \\\n  hf download \\\n  meadow-lab/field-notes-1.5b",
            "Checks every digest",
        ),
        Snippet(
            "Python",
            'from transformers import pipeline\nask = pipeline("text-generation",\n  "meadow-lab/field-notes-1.5b")',
        ),
        Snippet("git", "git clone http://localhost:8000/\\\n  meadow-lab/field-notes-1.5b"),
        Snippet("curl", "curl -C - -O http://localhost:8000/…"),
    ]


def _checks() -> list[CheckRow]:
    return [
        CheckRow(
            "Card names a contact for safety reports", "fail", "The field is empty in README.md."
        ),
        CheckRow(
            "No score falls by more than 1 point", "decide", "English fell from 72.4 to 70.9."
        ),
        CheckRow(
            "The licence of the base model allows sharing",
            "waived",
            "By Ada Ito, until 1 Mar 2026.",
        ),
        CheckRow("Files contain no executable code", "pass", "14 files opened.", "#"),
    ]


def _diff() -> list[DiffLine]:
    return [
        DiffLine("@", "config.json"),
        DiffLine(" ", '"hidden_size": 1536,', 14, 14),
        DiffLine("-", '"max_position_embeddings": 8192,', 15, None),
        DiffLine("+", '"max_position_embeddings": 16384,', None, 15),
    ]


def _uploads() -> list[UploadRow]:
    return [
        UploadRow("README.md", 3800, "received", "Received, checksum matches", 3800),
        UploadRow("model.safetensors", 1_180_000_000, "sending", "566 of 1,180 MB", 566_000_000),
        UploadRow("model.onnx", 236_000_000, "paused", "Paused at 45 MB", 45_000_000),
        UploadRow("tokenizer.json", 7_030_000, "waiting", "Waiting for the others", 0),
        UploadRow(
            "labels.bin",
            1_100_000,
            "stopped",
            "Stopped: the file is a pickle that imports os.path.",
            1_100_000,
        ),
    ]


def _findings() -> list[FindingBlock]:
    return [
        FindingBlock(
            "critical",
            "Pickle calls a shell command",
            "PKL-001",
            "The stream imports posix.system and calls it. This is never needed to store weights.",
            file="pytorch_model.bin, archive/data.pkl",
            found_by="Pickle scanner 3.2",
            fix="Save again as safetensors and delete the .bin file.",
            evidence=[
                EvidenceLine("11204", "PROTO", "2"),
                EvidenceLine(
                    "11206",
                    "GLOBAL",
                    "posix system",
                    "Looks up the function that runs shell commands",
                    is_suspect=True,
                ),
                EvidenceLine(
                    "11263",
                    "REDUCE",
                    "",
                    "Calls it, as soon as the file is loaded",
                    is_suspect=True,
                ),
            ],
        ),
        FindingBlock(
            "medium",
            "Weights differ from the stated base model",
            "LIN-003",
            "0 of 161 tensors are the same.",
        ),
        FindingBlock(
            "note",
            "Card has no section on known limits",
            "CRD-007",
            "Needed for approval, not for download.",
        ),
    ]
