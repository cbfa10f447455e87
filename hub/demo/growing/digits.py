"""Reading handwritten digits of 8 × 8 points: a linear classifier, a small neural network, and eight-bit weights."""

from __future__ import annotations

import gzip
import math
import random
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from operator import mul
from pathlib import Path

from hub.demo.growing.tensors import Tensor

FILE = Path(__file__).resolve().parent.parent / "data" / "digits.csv.gz"
TRAINED_ON = 1347  # images; the 450 after them were written by other people and are for the test
BRIGHTEST = 16
CLASSES = 10
SEED = 1998

Row = list[float]


@dataclass(frozen=True, slots=True)
class Image:
    """64 points from 0 to 1, row by row, and the digit that was meant."""

    points: Row
    digit: int


@dataclass(frozen=True, slots=True)
class Layer:
    """A row of weights and a bias per output."""

    weights: list[Row]
    bias: Row

    def __call__(self, values: Sequence[float]) -> Row:
        """The outputs for some inputs."""
        return [
            sum(map(mul, row, values)) + bias
            for row, bias in zip(self.weights, self.bias, strict=True)
        ]


def images() -> tuple[list[Image], list[Image]]:
    """(to learn from, to be tested on), in the order of the file: the test's writers come last."""
    with gzip.open(FILE, "rt", encoding="ascii") as file:
        rows = [[int(value) for value in line.split(",")] for line in file]
    found = [Image([value / BRIGHTEST for value in row[:-1]], row[-1]) for row in rows]
    return found[:TRAINED_ON], found[TRAINED_ON:]


def answer(layers: Sequence[Layer], points: Sequence[float]) -> int:
    """The likeliest digit; between the layers, what is negative becomes zero."""
    values = list(points)
    for number, layer in enumerate(layers):
        values = layer(values if number == 0 else [max(0.0, value) for value in values])
    return values.index(max(values))


def right_of(layers: Sequence[Layer], tested: Sequence[Image]) -> list[tuple[int, int]]:
    """(right, asked) for each digit."""
    counts = [[0, 0] for _ in range(CLASSES)]
    for image in tested:
        counts[image.digit][0] += answer(layers, image.points) == image.digit
        counts[image.digit][1] += 1
    return [(right, asked) for right, asked in counts]


def learn_linear(examples: Sequence[Image], *, rounds: int, step: float) -> list[Layer]:
    """Softmax regression by stochastic gradient descent, beginning at zero."""
    layer = Layer([[0.0] * 64 for _ in range(CLASSES)], [0.0] * CLASSES)
    for image in _shuffled(examples, rounds):
        _nudge(layer, _slopes(layer(image.points), image.digit), image.points, step)
    return [layer]


def learn_network(
    examples: Sequence[Image], *, hidden: int, rounds: int, step: float
) -> list[Layer]:
    """One hidden layer, by stochastic gradient descent with back-propagation."""
    chance = random.Random(SEED)  # noqa: S311 - the same beginning every time is what it is for
    first = Layer(
        [[chance.gauss(0, 0.18) for _ in range(64)] for _ in range(hidden)], [0.0] * hidden
    )
    last = Layer(
        [[chance.gauss(0, 0.25) for _ in range(hidden)] for _ in range(CLASSES)], [0.0] * CLASSES
    )
    for image in _shuffled(examples, rounds):
        between = [max(0.0, value) for value in first(image.points)]
        slopes = _slopes(last(between), image.digit)
        back = [sum(map(mul, slopes, column)) for column in zip(*last.weights, strict=True)]
        _nudge(last, slopes, between, step)
        active = [slope if value > 0 else 0.0 for slope, value in zip(back, between, strict=True)]
        _nudge(first, active, image.points, step)
    return [first, last]


def _shuffled(examples: Sequence[Image], rounds: int) -> list[Image]:
    chance = random.Random(SEED)  # noqa: S311 - the same order every time is what it is for
    found: list[Image] = []
    for _ in range(rounds):
        order = list(examples)
        chance.shuffle(order)
        found += order
    return found


def _slopes(outputs: Row, digit: int) -> Row:
    """How the loss grows with each output: the probability given, less the one that would be right."""
    most = max(outputs)
    powers = [math.exp(value - most) for value in outputs]
    total = sum(powers)
    return [power / total - (place == digit) for place, power in enumerate(powers)]


def _nudge(layer: Layer, slopes: Row, inputs: Sequence[float], step: float) -> None:
    for place, slope in enumerate(slopes):
        if slope:
            change = step * slope
            layer.weights[place] = [
                weight - change * value
                for weight, value in zip(layer.weights[place], inputs, strict=True)
            ]
            layer.bias[place] -= change


@dataclass(frozen=True, slots=True)
class EightBits:
    """Whole numbers from −127 to 127 and what to multiply each row by."""

    weights: Tensor
    scale: Row
    bias: Row

    def restored(self) -> Layer:
        """The layer that these numbers stand for."""
        width = self.weights.shape[1]
        rows = [self.weights.values[n * width : (n + 1) * width] for n in range(len(self.scale))]
        weights = [[v * s for v in row] for row, s in zip(rows, self.scale, strict=True)]
        return Layer(weights, self.bias)


def in_eight_bits(layer: Layer) -> EightBits:
    """Round every weight to one of 255 steps of its own row."""
    scale = [max(map(abs, row)) / 127 or 1.0 for row in layer.weights]
    whole = array(
        "b", (round(v / s) for row, s in zip(layer.weights, scale, strict=True) for v in row)
    )
    return EightBits(Tensor(whole, (len(scale), len(layer.weights[0]))), scale, layer.bias)
