"""``python -m hub.demo.growing FOLDER --hub URL``: train every demonstration model and write its files.

A process of its own, without Django and as polite as the system allows: the hub is answering people meanwhile.
"""

from __future__ import annotations

import argparse
import os
import shutil
from collections.abc import Callable
from pathlib import Path

from hub.demo.growing import bait, digit_models, language_models, name_models

Files = dict[str, bytes]

# By the name of the folder; quick ones first, so that scanning has something to do early.
MODELS: dict[str, Callable[[str], Files]] = {
    "which-language-1": language_models.version_1,
    "blocked": bait.blocked,
    "tree-names-bigram": name_models.pairs,
    "swahili-like-words": name_models.swahili,
    "draft": language_models.draft,
    "handwritten-digits-1": digit_models.version_1,
    "handwritten-digits-8bit": digit_models.eight_bits,
    "which-language-2": language_models.version_2,
    "which-language-east-africa": language_models.regional,
    "tree-names": name_models.three_letters,
    "handwritten-digits-2": digit_models.version_2,
}
LOWEST = 15  # of 19


def grow(name: str, folder: Path, *, hub: str) -> Path:
    """Write the files of one model below ``folder``, whole or not at all; what is there already is left alone."""
    place = folder / name
    if place.is_dir():
        return place
    draft = folder / f"{name}.draft"
    shutil.rmtree(draft, ignore_errors=True)
    for path, content in MODELS[name](hub).items():
        (draft / path).parent.mkdir(parents=True, exist_ok=True)
        (draft / path).write_bytes(content)
    return draft.rename(place)


def main() -> None:
    """Grow all of them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--hub", required=True, help="the address that the cards name")
    given = parser.parse_args()
    os.nice(LOWEST)
    for name in MODELS:
        grow(name, given.folder, hub=given.hub)


if __name__ == "__main__":
    main()
