"""Configurations of models, and those that make a loader do more than read them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from tests.scanning.sample import Sample, benign, malformed, malicious

_PIPELINE = {"_class_name": "StableDiffusionPipeline", "_diffusers_version": "0.27.0"}
ORDINARY: dict[str, tuple[str, Any]] = {
    "bert": ("config.json", {"architectures": ["BertModel"], "model_type": "bert", "_name_or_path": "/home/me/out/checkpoint-5", "torch_dtype": "float32"}),
    "generation": ("generation_config.json", {"temperature": 0.6, "eos_token_id": [1, 2]}),
    "tokenizer-config": ("tokenizer_config.json", {"tokenizer_class": "BertTokenizer", "vocab_file": None, "added_tokens_decoder": {"0": {"content": "[PAD]"}}}),
    "preprocessor": ("preprocessor_config.json", {"image_processor_type": "ViTImageProcessor", "size": {"height": 224}}),
    "modules": ("modules.json", [{"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer"}, {"idx": 1, "name": "1", "path": "1_Pooling", "type": "sentence_transformers.models.Pooling"}]),
    "pipeline": ("model_index.json", {**_PIPELINE, "unet": ["diffusers", "UNet2DConditionModel"], "text_encoder": ["transformers", "CLIPTextModel"], "safety_checker": ["stable_diffusion", "StableDiffusionSafetyChecker"], "feature_extractor": [None, None]}),
    "adapter": ("adapter_config.json", {"peft_type": "LORA", "base_model_name_or_path": "meta/llama", "auto_mapping": {"base_model_class": "LlamaForCausalLM", "parent_library": "transformers.models.llama.modeling_llama"}}),
    "open-clip": ("open_clip_config.json", {"model_cfg": {"embed_dim": 512}, "preprocess_cfg": {"mean": [0.5]}}),
    "index": ("state.index.json", {"metadata": {"total_size": 1}, "weight_map": {}}),
    "trainer-state": ("trainer_state.json", {"log_history": [{"loss": float("nan"), "step": 1}], "best_metric": float("inf")}),
    "long-list": ("merges.json", [[f"a{number}", "b"] for number in range(3000)]),
    "hydra": ("hydra.json", {"_target_": "torch.optim.AdamW", "lr": 0.1}),
}  # fmt: skip
HOSTILE: dict[str, tuple[str, Any]] = {
    "auto-map": ("config.json", {"auto_map": {"AutoModel": "modeling_x.Net"}}),
    "auto-map-elsewhere": ("config.json", {"auto_map": {"AutoModel": "other/repo--modeling_x.Net"}}),
    "auto-map-of-tokenizer": ("tokenizer_config.json", {"auto_map": {"AutoTokenizer": ["tok.Tok", None]}}),
    "auto-map-nested": ("config.json", {"vision_config": {"auto_map": {"AutoModel": "x.Y"}}}),
    "custom-pipelines": ("config.json", {"custom_pipelines": {"t": {"impl": "pipe.Pipe", "pt": ["AutoModel"]}}}),
    "trusts-code": ("config.json", {"model_type": "x", "trust_remote_code": True}),
    "modules": ("modules.json", [{"idx": 0, "name": "0", "path": "", "type": "custom_st.Transformer"}]),
    "modules-of-python": ("modules.json", [{"idx": 0, "name": "0", "path": "", "type": "os.system"}]),
    "pipeline-class": ("model_index.json", {**_PIPELINE, "_class_name": ["pipeline", "Mine"]}),
    "pipeline-part": ("model_index.json", {**_PIPELINE, "unet": ["my_unet", "Net"]}),
    "pipeline-of-python": ("model_index.json", {**_PIPELINE, "unet": ["os", "system"]}),
    "adapter-library": ("adapter_config.json", {"peft_type": "LORA", "auto_mapping": {"base_model_class": "X", "parent_library": "my_library"}}),
    "adapter-of-python": ("adapter_config.json", {"peft_type": "LORA", "auto_mapping": {"base_model_class": "system", "parent_library": "os"}}),
    "adapter-elsewhere": ("adapter_config.json", {"peft_type": "LORA", "base_model_name_or_path": "\\\\203.0.113.1\\share\\x"}),
    "target": ("config.json", {"model": {"_target_": "os.system", "command": "id"}}),
    "target-in-list": ("config.json", {"callbacks": [{"_target_": "subprocess.run"}]}),
    "file-address": ("tokenizer_config.json", {"tokenizer_file": "file://203.0.113.1/x"}),
}  # fmt: skip


def samples() -> Iterator[Sample]:
    """Every sample of this family."""
    for name, (path, value) in ORDINARY.items():
        yield benign(name, path, json.dumps(value, indent=2).encode())
    for name, (path, value) in HOSTILE.items():
        yield malicious(name, path, json.dumps(value).encode())
    yield malicious(
        "auto-map-said-twice", "config.json", b'{"auto_map": {"AutoModel": "a.B"}, "auto_map": {}}'
    )
    yield malicious(
        "type-said-twice", "config.json", b'{"model_type": "bert", "model_type": "gpt2"}'
    )
    escaped = b'{"\\u0061uto_map": {"AutoModel": "a.B"}}'
    yield malicious("auto-map-in-escapes", "config.json", escaped)
    marked = "\ufeff" + json.dumps({"auto_map": {"AutoModel": "a.B"}})
    yield malicious("auto-map-behind-a-mark", "config.json", marked.encode())
    yield malicious("auto-map-in-utf-16", "config.json", marked[1:].encode("utf-16"))
    yield benign("mark", "config.json", b'\xef\xbb\xbf{"a": 1}')
    yield benign("lines", "data.jsonl", b'{"text": "a {{ b }}"}\n{"text": "c"}\n')
    yield malformed("lines-broken", "data.jsonl", b'{"text": "a"}\n{"text": \n')
    yield malformed("cut-off", "config.json", b'{"a": [1, 2')
    yield malformed("two-values", "config.json", b'{"a": 1} {"b": 2}')
    yield malformed("deep", "config.json", b"[" * 3000 + b"]" * 3000)
    yield malformed("list-for-settings", "config.json", b"[1, 2]")
    yield malformed("nul", "config.json", b'{"a": "\0"}')
    yield malformed("no-json", "config.json", b"model_type = bert\n")
    yield malformed("text-with-nul", "notes.txt", b"hello\0world\n" * 9)
    yield malformed(
        "text-that-turns-binary", "notes.txt", b"hello\n" * 20000 + bytes(range(256)) * 8
    )
    yield benign(
        "latin-1", "LICENSE", "Gewähr ausgeschlossen. Größe über alles.\n".encode("latin-1") * 4
    )
    yield benign("utf-16", "notes.txt", "Grüße, 世界\n".encode("utf-16"))
    yield benign("utf-32", "notes.txt", "Grüße\n".encode("utf-32"))
    yield benign("empty", "notes.txt", b"")
    yield benign("long-line", "notes.txt", b"word " * 20_000)
    yield benign("right-to-left", "README.md", "# \u202b\u05e9\u05dc\u05d5\u05dd\u202c\n".encode())
