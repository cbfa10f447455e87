"""Tables by pyarrow, tokenizers by SentencePiece."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any


def _target(folder: Path, name: str, file: str, kind: str = "benign") -> Path:
    target = folder / kind / name / file
    target.parent.mkdir(parents=True, exist_ok=True)
    return target


def _table() -> Any:
    import pyarrow

    return pyarrow.table(
        {
            "id": list(range(300)),
            "name": [f"row {n}" if n % 7 else None for n in range(300)],
            "vector": [[n / 3, n / 7] for n in range(300)],
            "mixed": [{"a": n, "b": str(n)} for n in range(300)],
        },
        metadata={"origin": "a small table"},
    )


def make_arrow(folder: Path) -> None:
    """Arrow as file and as stream, packed and not."""
    import pyarrow
    from pyarrow import feather, ipc

    table = _table()
    encoded = table.append_column("kind", pyarrow.array(["x", "y", "z"] * 100).dictionary_encode())
    for name, packing in {"plain": None, "lz4": "lz4", "zstd": "zstd"}.items():
        settings = ipc.IpcWriteOptions(compression=packing)
        with ipc.new_file(
            _target(folder, f"file-{name}", "a.arrow"), encoded.schema, options=settings
        ) as sink:
            sink.write_table(encoded, max_chunksize=100)
        with ipc.new_stream(
            _target(folder, f"stream-{name}", "a.arrow"), encoded.schema, options=settings
        ) as sink:
            sink.write_table(encoded, max_chunksize=100)
    feather.write_feather(table, _target(folder, "feather", "a.feather"))
    empty = _target(folder, "empty", "a.arrow")
    with ipc.new_file(empty, table.schema):
        pass
    for kind, opened in {"file": ipc.new_file, "stream": ipc.new_stream}.items():
        field = pyarrow.field(
            "x",
            pyarrow.binary(),
            metadata={
                "ARROW:extension:name": "arrow.py_extension_type",
                "ARROW:extension:metadata": b"cposix\nsystem\n(S'id'\ntR.",
            },
        )
        schema = pyarrow.schema([field])
        with opened(_target(folder, f"object-{kind}", "a.arrow", "malicious"), schema):
            pass
        path = _target(folder, f"{kind}-with-script", "a.arrow", "malicious")
        with opened(path, table.schema) as sink:
            sink.write_table(table)
        path.write_bytes(path.read_bytes() + b"#!/bin/sh\nid\n")


def make_parquet(folder: Path) -> None:
    """Parquet in every usual packing."""
    import pyarrow
    from pyarrow import parquet

    table = _table()
    variants: dict[str, dict[str, Any]] = {
        "snappy": {},
        "zstd": {"compression": "zstd"},
        "none": {"compression": "none", "use_dictionary": False},
        "gzip": {"compression": "gzip", "data_page_version": "2.0"},
        "groups": {"row_group_size": 50},
        "index": {"write_page_index": True, "data_page_size": 256},
        "sums": {"write_page_checksum": True},
    }
    for name, options in variants.items():
        parquet.write_table(table, _target(folder, name, "a.parquet"), **options)
    parquet.write_table(table.slice(0, 0), _target(folder, "empty", "a.parquet"))
    payload = b"cposix\nsystem\n(S'id'\ntR."
    field = pyarrow.field(
        "x",
        pyarrow.binary(),
        metadata={
            "ARROW:extension:name": "arrow.py_extension_type",
            "ARROW:extension:metadata": payload,
        },
    )
    objects = pyarrow.table([[b"1"]], schema=pyarrow.schema([field]))
    parquet.write_table(objects, _target(folder, "object", "a.parquet", "malicious"))
    path = _target(folder, "program-inside", "a.parquet", "malicious")
    parquet.write_table(table, path)
    whole = path.read_bytes()
    program = b"\x7fELF\x02\x01\x01" + bytes(9) + b"\x03\x00\x3e\x00" + bytes(80)
    footer = len(whole) - 8 - int.from_bytes(whole[-8:-4], "little")
    path.write_bytes(whole[:footer] + program + whole[footer:])


def make_csv(folder: Path) -> None:
    """Text with columns, as pyarrow writes it."""
    from pyarrow import csv

    csv.write_csv(_table().select(["id", "name"]), _target(folder, "csv", "a.csv"))


def make_tokenizers(folder: Path) -> None:
    """SentencePiece models of every kind."""
    import sentencepiece

    text = folder / "corpus.txt"
    text.write_text("\n".join(f"the cat number {n} sat on the mat {n * 7}" for n in range(200)))
    for kind in ("unigram", "bpe", "char", "word"):
        target = _target(folder, kind, "tokenizer.model")
        sentencepiece.SentencePieceTrainer.train(
            input=str(text),
            model_prefix=str(target.with_suffix("")),
            model_type=kind,
            vocab_size=60,
            hard_vocab_limit=False,
            byte_fallback=False,
            minloglevel=2,
        )
    text.unlink()


MAKERS: dict[str, Callable[[Path], None]] = {
    "arrow": make_arrow,
    "parquet": make_parquet,
    "csv": make_csv,
    "tokenizers": make_tokenizers,
}
