"""What there is to see: every model of the demonstration and what people do with it.

Each function tells the story of one model as far as it can be told now, and answers whether it has come to its end.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from hub.demo.cast import HOUSES
from hub.demo.planting import lines
from hub.demo.planting.releases import fetched, proposed, released, released_unreviewed, reviewed
from hub.demo.planting.soil import (
    Harvest,
    acting,
    committed,
    discussed,
    founded,
    is_scanned,
    repo_called,
)
from models_catalog.repos.actions import change_settings, withdraw_repo
from models_catalog.repos.models import Gating, Repo, Visibility

SAVANNA, HARBOUR, SEEDLING = (house.name for house in HOUSES)
LANGUAGE, EAST = f"{SAVANNA}/which-language", f"{SAVANNA}/which-language-east-africa"
DIGITS, SMALL = f"{HARBOUR}/handwritten-digits", f"{HARBOUR}/handwritten-digits-8bit"
TREES, PAIRS = f"{SEEDLING}/tree-names", f"{SEEDLING}/tree-names-bigram"

Story = Callable[[Harvest], bool]


def advance(folder: Path) -> bool:
    """Tell every story on; whether all of them are told."""
    for house in HOUSES:
        founded(house)
    harvest = Harvest(folder)
    told = [story(harvest) for story in STORIES]  # all of them: one that waits holds up no other
    return all(told)


def _which_language(harvest: Harvest) -> bool:
    repo = repo_called(LANGUAGE, by="tesfaye")
    if not released(repo, lines.LANGUAGE_1, harvest.files_of("which-language-1")):
        return False
    if not released(repo, lines.LANGUAGE_2, harvest.files_of("which-language-2")):
        return False
    discussed(_again(repo), *lines.LANGUAGE_TALK)
    fetched(repo, by="noor", expected=harvest.files_of("which-language-2"))
    return True


def _east_africa(harvest: Harvest) -> bool:
    repo = repo_called(EAST, by="tesfaye")
    if repo.gating == Gating.NONE:
        change_settings(
            repo,
            visibility=Visibility.PUBLIC,
            gating=Gating.TERMS,
            gating_terms=lines.EAST_TERMS,
            actor=acting("amina"),
        )
    return released(repo, lines.EAST_1, harvest.files_of("which-language-east-africa"))


def _draft(harvest: Harvest) -> bool:
    repo = repo_called("amina/which-language-draft", by="amina", visibility=Visibility.PRIVATE)
    message = "Three languages to begin with"
    return committed(repo, harvest.files_of("draft"), message=message, by="amina") is not None


def _digits(harvest: Harvest) -> bool:
    repo = repo_called(DIGITS, by="jonas")
    if not released(repo, lines.DIGITS_1, harvest.files_of("handwritten-digits-1")):
        return False
    fetched(repo, by="noor", expected=harvest.files_of("handwritten-digits-1"))
    discussed(_again(repo), *lines.DIGITS_TALK)
    change = proposed(repo, lines.DIGITS_2, harvest.files_of("handwritten-digits-2"))
    if change is None:
        return False
    reviewed(change, lines.DIGITS_2)
    return True


def _digits_in_eight_bits(harvest: Harvest) -> bool:
    repo = repo_called(SMALL, by="jonas")
    if not released(repo, lines.SMALL_1, harvest.files_of("handwritten-digits-8bit")):
        return False
    fetched(repo, by="noor", expected=harvest.files_of("handwritten-digits-8bit"))
    return True


def _trees(harvest: Harvest) -> bool:
    repo, old = repo_called(TREES, by="noor"), repo_called(PAIRS, by="noor")
    for each, model in ((old, "tree-names-bigram"), (repo, "tree-names")):
        folder = harvest.files_of(model)
        message = "What the class made"
        if not released_unreviewed(each, folder, label="1.0.0", message=message, by="noor"):
            return False
    if not old.is_withdrawn:
        withdraw_repo(old, reason=lines.PAIRS_GONE, successor=repo, actor=acting("ines"))
    discussed(repo, *lines.TREES_TALK)
    fetched(repo, by="mei", expected=harvest.files_of("tree-names"))
    return True


def _swahili(harvest: Harvest) -> bool:
    repo = repo_called("tesfaye/swahili-like-words", by="tesfaye")
    folder = harvest.files_of("swahili-like-words")
    revision = committed(repo, folder, message="A by-product", by="tesfaye")
    return revision is not None and is_scanned(revision)


def _blocked(harvest: Harvest) -> bool:
    repo = repo_called(f"{SEEDLING}/leaf-weights", by="noor")
    revision = committed(
        repo, harvest.files_of("blocked"), message="Weights as a pickle", by="noor"
    )
    if revision is None or not is_scanned(revision):
        return False
    discussed(repo, *lines.BLOCKED_TALK)
    return True


def _again(repo: Repo) -> Repo:
    """The row as it is now: a release has changed it."""
    return Repo.objects.select_related("namespace").get(pk=repo.pk)


STORIES: tuple[Story, ...] = (
    _which_language,
    _blocked,
    _digits,
    _digits_in_eight_bits,
    _trees,
    _east_africa,
    _swahili,
    _draft,
)
