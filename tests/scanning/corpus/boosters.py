"""Trees and word vectors: XGBoost, LightGBM, CatBoost, fastText, word2vec."""

from __future__ import annotations

import json
import struct
from collections.abc import Iterator
from typing import Any

from tests.scanning.sample import Sample, benign, malformed, malicious

_PICKLE = b"\x80\x04\x8c\x05posix\x8c\x06system\x93\x8c\x02id\x85R."


def tree(left: list[int], right: list[int], **more: Any) -> dict[str, Any]:
    """A tree as XGBoost writes it."""
    count = len(left)
    parents = [2**31 - 1] + [0] * (count - 1)
    return {"left_children": left, "right_children": right, "parents": parents, "split_indices": [0] * count,
            "base_weights": [0.5] * count, "tree_param": {"num_nodes": str(count), "num_feature": "2"}, **more}  # fmt: skip


def xgboost(*trees: dict[str, Any]) -> dict[str, Any]:
    """A model of these trees."""
    model = {
        "gbtree_model_param": {"num_trees": str(len(trees))},
        "tree_info": [0] * len(trees),
        "trees": list(trees),
    }
    learner = {
        "attributes": {},
        "feature_names": [],
        "gradient_booster": {"model": model, "name": "gbtree"},
    }
    return {"learner": learner, "version": [3, 2, 0]}


def ubjson(value: Any) -> bytes:
    """UBJSON as XGBoost writes it."""
    if isinstance(value, dict):
        return b"{" + b"".join(_text(key) + ubjson(inner) for key, inner in value.items()) + b"}"
    if isinstance(value, list):
        if value and all(isinstance(one, int) for one in value):
            return b"[$l#" + _long(len(value)) + struct.pack(f">{len(value)}i", *value)
        return b"[#" + _long(len(value)) + b"".join(map(ubjson, value))
    if isinstance(value, int):
        return _long(value)
    if isinstance(value, float):
        return b"d" + struct.pack(">f", value)
    return b"S" + _text(value)


def _long(value: int) -> bytes:
    return b"L" + struct.pack(">q", value)


def _text(value: str) -> bytes:
    return _long(len(value.encode())) + value.encode()


def lightgbm(
    left: str = "1 -2", right: str = "-1 -3", trees: int = 1, end: str = "end of trees\n"
) -> bytes:
    """A model with one tree of three leaves."""
    head = "tree\nversion=v4\nnum_class=1\nnum_tree_per_iteration=1\nmax_feature_idx=1\nobjective=regression\n"
    head += f"feature_names=a b\ntree_sizes={' '.join(['300'] * trees)}\n\n"
    block = f"Tree=0\nnum_leaves=3\nnum_cat=0\nsplit_feature=0 1\nleft_child={left}\nright_child={right}\nleaf_value=1 2 3\n\n\n"
    return (
        head
        + block
        + end
        + "\nparameters:\n[boosting: gbdt]\nend of parameters\n\npandas_categorical:null\n"
    ).encode()


def fasttext(words: int = 3, width: int = 4) -> bytes:
    """A model of a few words; the matrix has room for no subwords."""
    head = struct.pack("<2i12id", 793712314, 12, width, 5, 5, 1, 5, 1, 1, 1, 0, 0, 0, 100, 1e-4)
    dictionary = struct.pack("<3i2q", words, words, 0, 100, -1)
    dictionary += b"".join(
        f"word{n}".encode() + b"\0" + struct.pack("<qb", 7, 0) for n in range(words)
    )
    matrix = b"\0" + struct.pack("<2q", words, width) + bytes(4 * words * width)
    return head + dictionary + matrix + matrix


def word2vec(words: int = 3, width: int = 4) -> bytes:
    """Vectors in the binary form of the first program."""
    vector = struct.pack(f"<{width}f", *([0.25] * width))
    return f"{words} {width}\n".encode() + b"".join(
        f"word{n} ".encode() + vector + b"\n" for n in range(words)
    )


def catboost() -> bytes:
    """The smallest core: a root table with one field."""
    core = struct.pack("<IHHHH", 12, 6, 8, 4, 0) + struct.pack("<iI", 8, 1)
    return b"CBM1" + struct.pack("<I", len(core)) + core


def samples() -> Iterator[Sample]:
    """Every sample of this family."""
    good = xgboost(tree([1, -1, -1], [2, -1, -1]), tree([-1], [-1]))
    yield benign("xgboost-json", "model.json", json.dumps(good).encode())
    yield benign("xgboost-ubjson", "model.ubj", ubjson(good))
    yield benign(
        "xgboost-names-that-look-bad",
        "model.ubj",
        ubjson({**good, "note": "os.system(__import__)"}),
    )
    yield benign("lightgbm", "model.txt", lightgbm())
    yield benign("fasttext", "model.bin", fasttext())
    yield benign("word2vec", "vectors.bin", word2vec())
    yield benign("word2vec-as-text", "vectors.txt", b"2 3\nwas 0.1 0.2 0.3\nist 0.4 0.5 0.6\n")
    yield benign("catboost", "model.cbm", catboost())
    for name, nodes in {"outside": ([1, -1, -1], [9, -1, -1]), "negative": ([1, -1, -1], [-7, -1, -1]),
                        "circle": ([1, 0, -1], [2, -1, -1]), "shared": ([1, -1, -1], [1, -1, -1])}.items():  # fmt: skip
        yield malicious(
            f"xgboost-json-{name}", "model.json", json.dumps(xgboost(tree(*nodes))).encode()
        )
        yield malicious(f"xgboost-ubjson-{name}", "model.ubj", ubjson(xgboost(tree(*nodes))))
    yield malicious("lightgbm-outside", "model.txt", lightgbm(left="1 -99"))
    yield malicious("lightgbm-node-outside", "model.txt", lightgbm(right="500 -3"))
    for name, content in {
        "xgboost": ubjson(good),
        "fasttext": fasttext(),
        "word2vec": word2vec(),
    }.items():
        path = "model.ubj" if name == "xgboost" else "model.bin"
        yield malicious(f"{name}-pickle-behind", path, content + _PICKLE)
        for cut in (1, len(content) // 2):
            yield malformed(f"{name}-cut-{cut}", path, content[:-cut])
    yield malformed("xgboost-json-cut", "model.json", json.dumps(good).encode()[:-5])
    yield malformed(
        "xgboost-lists-differ", "model.ubj", ubjson(xgboost(tree([1, -1, -1], [2, -1])))
    )
    yield malformed("ubjson-huge-list", "model.ubj", b"{" + _text("a") + b"[$d#" + _long(2**40))
    yield malformed(
        "ubjson-negative-length", "model.ubj", b"{" + _text("a") + b"SL" + struct.pack(">q", -1)
    )
    yield malformed("ubjson-too-deep", "model.ubj", b"{" + _text("a") + b"[" * 5000)
    yield malformed("ubjson-something-else", "model.ubj", ubjson({"a": 1}))
    yield malformed("lightgbm-cut", "model.txt", lightgbm(end=""))
    yield malformed("lightgbm-trees-missing", "model.txt", lightgbm(trees=3))
    yield malformed("fasttext-version", "model.bin", fasttext()[:4] + b"\x63" + fasttext()[5:])
    yield malformed(
        "fasttext-negative-size", "model.bin", fasttext()[:64] + b"\xff" * 8 + fasttext()[72:]
    )
    yield malformed("xgboost-old-form", "model.model", b"binf" + bytes(200))
    yield malformed("catboost-cut", "model.cbm", catboost()[:-4])
    yield malformed("catboost-core-outside", "model.cbm", b"CBM1\x10\0\0\0" + b"\xff" * 16)
