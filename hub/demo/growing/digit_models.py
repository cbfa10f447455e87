"""The digit classifiers as folders of files."""

from __future__ import annotations

from functools import cache

from hub.demo.growing.cards import card, digit_table, percent
from hub.demo.growing.digits import (
    BRIGHTEST,
    TRAINED_ON,
    Image,
    Layer,
    images,
    in_eight_bits,
    learn_linear,
    learn_network,
    right_of,
)
from hub.demo.growing.tensors import Tensor, as_safetensors, matrix, vector

Files = dict[str, bytes]

NAME = "harbour-records/handwritten-digits"
ROUNDS, STEP, HIDDEN = 15, 0.05, 32
WORDS = "zero one two three four five six seven eight nine".split()  # noqa: SIM905 - reads best as words


@cache
def linear() -> Layer:
    """1.0.0: softmax regression."""
    return _as_saved(learn_linear(images()[0], rounds=ROUNDS, step=STEP)[0])


@cache
def network() -> tuple[Layer, Layer]:
    """2.0.0: one hidden layer."""
    first, last = learn_network(images()[0], hidden=HIDDEN, rounds=ROUNDS, step=STEP)
    return _as_saved(first), _as_saved(last)


def _as_saved(layer: Layer) -> Layer:
    """The layer with its numbers rounded to what a file holds."""
    rows = [list(map(float, vector(row).values)) for row in layer.weights]
    return Layer(rows, list(map(float, vector(layer.bias).values)))


def version_1(hub: str) -> Files:
    """The files of 1.0.0."""
    weights = as_safetensors(_tensors(linear()), {"reads": "8 x 8 points from 0 to 1, row by row"})
    return _folder("handwritten-digits-1", [linear()], weights, hub=hub, name=NAME, version="1.0.0")


def version_2(hub: str) -> Files:
    """The files of 2.0.0, whose card somebody wrote in a hurry."""
    first, last = network()
    tensors = {**_tensors(first, "first."), **_tensors(last, "last.")}
    weights = as_safetensors(tensors, {"reads": "8 x 8 points from 0 to 1, row by row"})
    news = {"hidden": HIDDEN, "old_percent": _percent([linear()])}
    return _folder(
        "handwritten-digits-2", [first, last], weights, hub=hub, name=NAME, version="2.0.0", **news
    )


def eight_bits(hub: str) -> Files:
    """The files of the quantised model."""
    small = in_eight_bits(linear())
    scale = [float(value) for value in vector(small.scale).values]
    tensors = {"weights": small.weights, "scale": vector(scale), "bias": vector(small.bias)}
    weights = as_safetensors(tensors, {"reads": "8 x 8 points from 0 to 1, row by row"})
    base = right_of([linear()], images()[1])
    about = {
        "base": NAME,
        "base_right": sum(right for right, _ in base),
        "base_percent": _percent([linear()]),
    }
    return _folder(
        "handwritten-digits-8bit",
        [small.restored()],
        weights,
        hub=hub,
        name=f"{NAME}-8bit",
        version="1.0.0",
        **about,
    )


def _tensors(layer: Layer, before: str = "") -> dict[str, Tensor]:
    return {f"{before}weights": matrix(layer.weights), f"{before}bias": vector(layer.bias)}


def _percent(layers: list[Layer]) -> str:
    counts = right_of(layers, images()[1])
    return percent(sum(right for right, _ in counts), sum(asked for _, asked in counts))


def _folder(
    template: str,
    layers: list[Layer],
    weights: bytes,
    *,
    hub: str,
    name: str,
    version: str,
    **more: object,
) -> Files:
    tested = images()[1]
    counts = right_of(layers, tested)
    right, asked = sum(each for each, _ in counts), sum(each for _, each in counts)
    weakest = min(range(len(counts)), key=lambda digit: counts[digit][0] / counts[digit][1])
    facts: dict[str, object] = {
        "hub": hub,
        "model": name,
        "version": version,
        "right": right,
        "asked": asked,
        "accuracy": f"{right / asked:.4f}",
        "percent": percent(right, asked),
        "wrong_every": round(asked / (asked - right)),
        "trained": f"{TRAINED_ON:,}",
        "weakest": WORDS[weakest],
        "table": digit_table(counts),
    }
    return {
        "README.md": card(template, facts | more),
        "model.safetensors": weights,
        "test/digits.csv": "".join(map(_line, tested)).encode(),
    }


def _line(image: Image) -> str:
    points = (str(round(point * BRIGHTEST)) for point in image.points)
    return f"{','.join(points)},{image.digit}\n"
