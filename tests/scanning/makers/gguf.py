"""Models written by gguf, the library of llama.cpp."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

_CHAT = "{% for m in messages %}<|{{ m['role'] }}|>{{ m['content'] }}{% endfor %}{% if add_generation_prompt %}<|assistant|>{% endif %}"


def _write(folder: Path, kind: str, name: str, *, big: bool = False, template: str = _CHAT) -> None:
    import gguf
    import numpy

    target = folder / kind / name
    target.mkdir(parents=True)
    endian = gguf.GGUFEndian.BIG if big else gguf.GGUFEndian.LITTLE
    writer: Any = gguf.GGUFWriter(target / "model.gguf", "llama", endianess=endian)
    writer.add_name("A small one")
    writer.add_url("https://example.org/model")
    writer.add_block_count(1)
    writer.add_context_length(64)
    writer.add_embedding_length(256)
    writer.add_rope_freq_base(10000.0)
    writer.add_token_list(["<s>", "</s>", "os.system(", "{{", "<script>"])
    writer.add_token_scores([0.0] * 5)
    writer.add_token_types([1] * 5)
    writer.add_add_bos_token(value=True)
    writer.add_chat_template(template)
    values = numpy.random.default_rng(0).normal(size=(4, 256)).astype("float32")
    writer.add_tensor("token_embd.weight", values)
    writer.add_tensor("norm.weight", values[0].astype("float16"))
    writer.add_tensor("odd.bias", values[0][:7])
    if not big:
        for number, quantisation in enumerate(("Q4_0", "Q5_1", "Q8_0", "BF16")):
            wanted = gguf.GGMLQuantizationType[quantisation]
            writer.add_tensor(
                f"blk.{number}.weight", gguf.quantize(values, wanted), raw_dtype=wanted
            )
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def model(folder: Path) -> None:
    """Settings, a vocabulary, a chat template, and tensors of several types."""
    _write(folder, "benign", "model")


def big_endian(folder: Path) -> None:
    """The same in the other byte order."""
    _write(folder, "benign", "big-endian", big=True)


def template(folder: Path) -> None:
    """A chat template that leaves the messages."""
    _write(
        folder,
        "malicious",
        "template",
        template=_CHAT + "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    )


MAKERS: dict[str, Callable[[Path], None]] = {
    "model": model,
    "big-endian": big_endian,
    "template": template,
}
