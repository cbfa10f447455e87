"""Names and neighbours."""

from __future__ import annotations

import pytest

from governance.scanning.engine import Verdict, context
from governance.scanning.engine.context import Entry

USUAL = [
    Entry("README.md", 100, ("text",)),
    Entry(".gitattributes", 100, ("text",)),
    Entry("LICENSE", 100, ("text",)),
    Entry("config.json", 100, ("json", "text")),
    Entry("tokenizer.json", 100, ("json", "text")),
    Entry("special_tokens_map.json", 100, ("json", "text")),
    Entry("vocab.txt", 100, ("text",)),
    Entry("merges.txt", 100, ("text",)),
    Entry("model.safetensors", 100, ("safetensors",)),
    Entry("pytorch_model.bin", 100, ("zip", "torch-zip")),
    Entry("old.ckpt", 100, ("pickle", "torch-legacy")),
    Entry("archive.zip", 100, ("zip",)),
    Entry("model.keras", 100, ("zip",)),
    Entry("1_Pooling/config.json", 100, ("json", "text")),
    Entry("chat_template.jinja", 100, ("text",)),
]


def judge(entry: Entry) -> tuple[Verdict, set[str]]:
    judgement = context.judge([entry])[entry.path]
    return judgement.verdict, {finding.rule for finding in judgement.findings}


def test_the_usual_files_of_a_model_are_safe():
    judgements = context.judge(USUAL)

    assert set(judgements) == {entry.path for entry in USUAL}
    assert {one.verdict for one in judgements.values()} == {Verdict.SAFE}


@pytest.mark.parametrize(
    ("entry", "rule"),
    [
        (Entry("modeling_net.py", 1, ("text",)), "CTX-001"),
        (Entry("Notebook.IPYNB", 1, ("json", "text")), "CTX-001"),
        (Entry("x.py. ", 1, ("text",)), "CTX-001"),
        (Entry("config.json", 1, ("json", "text"), {"auto_map": ("m.C",)}), "CTX-002"),
        (Entry("tokenizer_config.json", 1, ("json", "text"), {"auto_map": ("m.C",)}), "CTX-002"),
        (Entry("model.safetensors", 1, ("pickle",)), "CTX-003"),
        (Entry("model.safetensors", 1, ("safetensors", "zip")), "CTX-003"),
        (Entry("config.json", 1, ("text",)), "CTX-003"),
        (Entry("weights.bin", 1, ("unknown",)), "CTX-003"),
        (Entry("weights.pt", 1, ("zip",)), "CTX-003"),
        (Entry("picture.png", 1, ("pickle",)), "CTX-003"),
        (Entry("picture.png", 1, ("png", "zip")), "CTX-003"),
        (Entry("README.md", 1, ("pickle", "text")), "CTX-003"),
        (Entry("LICENSE", 1, ("elf",)), "CTX-003"),
        (Entry("modules.json", 1, ("json",), {"module_types": ("evil.Module",)}), "CTX-004"),
        (
            Entry(
                "modules.json",
                1,
                ("json",),
                {"module_types": ("sentence_transformers.models.x.y",)},
            ),
            "CTX-004",
        ),
        (Entry("setup.sh", 1, ("text",)), "CTX-005"),
        (Entry("run", 1, ("text",), {"shebang": ("/bin/sh",)}), "CTX-005"),
        (Entry("lib/helper.so", 1, ("elf",)), "CTX-005"),
        (Entry("start.bat", 1, ("text",)), "CTX-005"),
        (Entry("a.pth", 1, ("text",), {"import_lines": True}), "CTX-006"),
        (
            Entry("chat.jinja", 1, ("text",), {"template_doubts": ("It looks into self",)}),
            "CTX-007",
        ),
    ],
)
def test_a_file_that_is_more_than_its_bytes_is_suspicious(entry, rule):
    verdict, found = judge(entry)

    assert verdict is Verdict.SUSPICIOUS
    assert rule in found


def test_well_known_modules_are_fine():
    kinds = tuple(
        f"sentence_transformers.models.{name}" for name in ("Transformer", "Pooling", "Normalize")
    )

    assert (
        judge(Entry("modules.json", 1, ("json", "text"), {"module_types": kinds}))[0]
        is Verdict.SAFE
    )
