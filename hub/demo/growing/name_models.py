"""The generators of words as folders of files."""

from __future__ import annotations

import math
import random
from dataclasses import dataclass
from functools import cache

from hub.demo.growing.cards import card
from hub.demo.growing.names import LETTERS, Follower, count_followers, swahili_words, tree_names
from hub.demo.growing.tensors import as_safetensors

Files = dict[str, bytes]

TREES = "seedling-workshop/tree-names"
SWAHILI = "tesfaye/swahili-like-words"
TREE_SYMBOLS, WORD_SYMBOLS = f". {LETTERS}", f".{LETTERS}"
MANY = 200
SEED = 25


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the example code of a card gets the model from."""

    hub: str
    name: str
    version: str = "1.0.0"


@cache
def trees(context: int) -> Follower:
    """Names of trees, from the letters before."""
    return count_followers(tree_names()[0], context=context, symbols=TREE_SYMBOLS)


def three_letters(hub: str) -> Files:
    """The files of the model that looks back at three letters."""
    learned, held_out = tree_names()
    made = _made_up(trees(3), MANY)
    about: dict[str, object] = {
        "known": sum(name in {*learned, *held_out} for name in made),
        "bits_1": f"{trees(1).bits(held_out):.4f}",
        "bits_2": f"{trees(2).bits(held_out):.4f}",
    }
    return _folder(trees(3), "tree-names", (learned, held_out), _Place(hub, TREES), **about)


def pairs(hub: str) -> Files:
    """The files of the one before it, that looks back at one."""
    return _folder(trees(1), "tree-names-bigram", tree_names(), _Place(hub, f"{TREES}-bigram"))


def swahili(hub: str) -> Files:
    """The files of words that sound like Swahili."""
    words = swahili_words()
    model = count_followers(words[0], context=2, symbols=WORD_SYMBOLS)
    return _folder(model, "swahili-like-words", words, _Place(hub, SWAHILI, version="main"))


def _made_up(model: Follower, number: int) -> list[str]:
    """Words from dice that fall the same way every time."""
    dice = random.Random(SEED)  # noqa: S311 - for show, and the same for everybody
    return [_word(model, dice) for _ in range(number)]


def _word(model: Follower, dice: random.Random) -> str:
    text = "." * model.context
    while not text.endswith(".") or len(text) == model.context:
        text += dice.choices(model.symbols, model.after(text))[0]
    return text.strip(".")


def _folder(
    model: Follower,
    template: str,
    words: tuple[list[str], list[str]],
    place: _Place,
    **more: object,
) -> Files:
    learned, held_out = words
    known = {*learned, *held_out}
    shown = [word for word in _made_up(model, MANY) if 4 <= len(word) <= 20 and word not in known]
    facts: dict[str, object] = {
        "hub": place.hub,
        "model": place.name,
        "version": place.version,
        "seed": SEED,
        "first": shown[0],
        "second": shown[1],
        "third": shown[2],
        "trained": len(learned),
        "held_out": len(held_out),
        "total": len(learned) + len(held_out),
        "bits": f"{model.bits(held_out):.4f}",
        "symbols": len(model.symbols),
        "dice_bits": f"{math.log2(len(model.symbols)):.2f}",
    }
    about = {"symbols": model.symbols, "context": str(model.context)}
    return {
        "README.md": card(template, facts | more),
        "model.safetensors": as_safetensors({"chances": model.tensor()}, about),
        "test/words.txt": "".join(f"{word}\n" for word in held_out).encode(),
    }
