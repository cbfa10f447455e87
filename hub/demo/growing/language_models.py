"""The language identifiers as folders of files."""

from __future__ import annotations

from functools import cache

from hub.demo.growing.cards import Counts, card, language_table, percent, size, total
from hub.demo.growing.declaration import HELD_OUT, PIECE, Sentence, pieces, sentences
from hub.demo.growing.languages import Identifier, count_languages, hits, tune
from hub.demo.growing.tensors import as_safetensors, matrix

Files = dict[str, bytes]

FIRST = ("am", "ar", "en", "fr", "ha", "hi", "pt", "so", "sw", "yo", "zh", "zu")
SECOND = tuple(sorted((*FIRST, "es", "ig", "lg", "rw", "sn", "ti", "wo")))
EAST_AFRICA = ("am", "en", "fr", "lg", "rw", "so", "sw", "ti")
NAME = "savanna-languages/which-language"
FIRST_SMOOTHING, SECOND_SMOOTHING = 0.5, 0.05
STEP, MARGIN = 0.02, 3


@cache
def first() -> Identifier:
    """1.0.0: runs of three letters."""
    return _as_saved(count_languages(FIRST, sizes=(3,), buckets=1024, smoothing=FIRST_SMOOTHING))


@cache
def second() -> Identifier:
    """2.0.0: more languages, runs of one to three letters."""
    return _as_saved(
        count_languages(SECOND, sizes=(1, 2, 3), buckets=8192, smoothing=SECOND_SMOOTHING)
    )


@cache
def east_africa() -> Identifier:
    """2.0.0 cut down to a region and trained on."""
    return _as_saved(
        tune(second().only(EAST_AFRICA), lessons(), rounds=5, step=STEP, margin=MARGIN)
    )


def lessons() -> list[Sentence]:
    """The short pieces that the East African model goes on learning from."""
    return [
        piece
        for language in EAST_AFRICA
        for length in (10, 20, 35)
        for piece in pieces(sentences(language, held_out=False), length)
    ]


def _as_saved(model: Identifier) -> Identifier:
    """The model with its weights rounded to what a file holds, so that the test is a test of the file."""
    width = model.buckets
    values = matrix(model.rows).values
    rows = [list(values[n * width : (n + 1) * width]) for n in range(len(model.rows))]
    return Identifier(
        model.languages, model.sizes, model.buckets, [[float(v) for v in r] for r in rows]
    )


def version_1(hub: str) -> Files:
    """The files of 1.0.0."""
    about = {"smoothing": FIRST_SMOOTHING}
    return _folder(first(), "which-language-1", hub=hub, name=NAME, version="1.0.0", **about)


def version_2(hub: str) -> Files:
    """The files of 2.0.0."""
    _, old = _measured(first())
    news = {
        "smoothing": SECOND_SMOOTHING,
        "old_buckets": f"{first().buckets:,}",
        "old_count": len(first().languages),
        "old_percent": percent(*total(old)),
    }
    return _folder(second(), "which-language-2", hub=hub, name=NAME, version="2.0.0", **news)


def regional(hub: str) -> Files:
    """The files of the East African model."""
    _, before = _measured(second().only(EAST_AFRICA))
    base_right, asked = total(before)
    about = {
        "base": NAME,
        "base_size": size(_weights(second())),
        "base_right": f"{base_right:,}",
        "base_percent": percent(base_right, asked),
        "examples_count": f"{len(lessons()):,}",
        "step": STEP,
        "margin": MARGIN,
    }
    return _folder(
        east_africa(),
        "which-language-east-africa",
        hub=hub,
        name=f"{NAME}-east-africa",
        version="1.0.0",
        **about,
    )


def draft(hub: str) -> Files:
    """The files of somebody's private attempt."""
    model = _as_saved(count_languages(("en", "so", "sw"), sizes=(2,), buckets=256, smoothing=1.0))
    return {"README.md": card("draft", {"hub": hub}), "model.safetensors": _weights(model)}


def _weights(model: Identifier) -> bytes:
    about = {
        "languages": " ".join(model.languages),
        "sizes": " ".join(map(str, model.sizes)),
        "buckets": str(model.buckets),
        "features": "crc32 of runs of letters, modulo buckets",
    }
    return as_safetensors({"weights": matrix(model.rows)}, about)


def _tested_on(model: Identifier) -> tuple[list[Sentence], list[Sentence]]:
    whole = [each for code in model.languages for each in sentences(code, held_out=True)]
    return whole, list(pieces(whole))


def _measured(model: Identifier) -> tuple[Counts, Counts]:
    whole, parts = _tested_on(model)
    return hits(model, whole), hits(model, parts)


def _folder(
    model: Identifier, template: str, *, hub: str, name: str, version: str, **more: object
) -> Files:
    whole, parts = _tested_on(model)
    by_sentence, by_piece = hits(model, whole), hits(model, parts)
    (right, asked), (right_pieces, asked_pieces) = total(by_sentence), total(by_piece)
    weights = _weights(model)
    facts: dict[str, object] = {
        "hub": hub,
        "model": name,
        "version": version,
        "codes": ", ".join(model.languages),
        "count": len(model.languages),
        "size": size(weights),
        "buckets": f"{model.buckets:,}",
        "piece": PIECE,
        "held_out": _listed([str(article) for article in sorted(HELD_OUT)]),
        "characters": f"{_learned_from(model):,}",
        "right": right,
        "asked": asked,
        "sentence_accuracy": f"{right / asked:.4f}",
        "sentence_percent": percent(right, asked),
        "right_pieces": f"{right_pieces:,}",
        "asked_pieces": f"{asked_pieces:,}",
        "piece_accuracy": f"{right_pieces / asked_pieces:.4f}",
        "piece_percent": percent(right_pieces, asked_pieces),
        "wrong_every": round(asked_pieces / (asked_pieces - right_pieces)),
        "table": language_table(by_sentence, by_piece),
    }
    return {
        "README.md": card(template, facts | more),
        "model.safetensors": weights,
        "test/sentences.tsv": _as_table(whole),
        "test/pieces.tsv": _as_table(parts),
    }


def _learned_from(model: Identifier) -> int:
    """Characters per language, to the nearest hundred."""
    letters = sum(
        len(each.text) for code in model.languages for each in sentences(code, held_out=False)
    )
    return int(round(letters / len(model.languages), -2))


def _as_table(rows: list[Sentence]) -> bytes:
    return "".join(f"{row.language}\t{row.text}\n" for row in rows).encode()


def _listed(words: list[str]) -> str:
    return f"{', '.join(words[:-1])} and {words[-1]}"
