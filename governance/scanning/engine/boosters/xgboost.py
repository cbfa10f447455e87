"""Models of XGBoost, after JSON or UBJSON was parsed: trees may only point into themselves."""

from __future__ import annotations

from governance.scanning.engine import rules
from governance.scanning.engine.report import Json
from governance.scanning.engine.subject import Subject

FORMAT = "xgboost"
_ROOT = 2**31 - 1


def is_model(value: Json) -> bool:
    """Whether a parsed value is such a model."""
    learner = value.get("learner") if isinstance(value, dict) else None
    return isinstance(learner, dict) and "gradient_booster" in learner


def judge(subject: Subject, value: Json) -> None:
    """Check every tree; a model of a linear booster has none."""
    subject.also(FORMAT)
    learner = value.get("learner") if isinstance(value, dict) else None
    booster = learner.get("gradient_booster") if isinstance(learner, dict) else None
    if isinstance(booster, dict) and isinstance(booster.get("gbtree"), dict):
        booster = booster["gbtree"]
    model = booster.get("model") if isinstance(booster, dict) else None
    if not isinstance(model, dict):
        subject.add(rules.boosters.BROKEN, "It has no model.")
        return
    trees = model.get("trees", [])
    if not isinstance(trees, list):
        subject.add(rules.boosters.BROKEN, "Its trees are no list.")
        return
    for number, tree in enumerate(trees):
        flaw = _flaw(tree)
        if flaw:
            subject.add(rules.boosters.INDEX, f"Tree {number}: {flaw}.")
            return
    subject.fact("trees", len(trees))


def _flaw(tree: Json) -> str:
    """What is wrong with a tree; empty when nothing is."""
    if not isinstance(tree, dict):
        return "it is no tree"
    left, right = _numbers(tree.get("left_children")), _numbers(tree.get("right_children"))
    parents = _numbers(tree.get("parents"))
    splits = _numbers(tree.get("split_indices"))
    if left is None or right is None or parents is None or splits is None:
        return "its nodes are no lists of numbers"
    if not len(left) == len(right) == len(parents) == len(splits) == _stated(tree):
        return "its lists have different lengths"
    return _flaw_of_nodes([child for child in (*left, *right) if child != -1], parents)


def _flaw_of_nodes(children: list[int], parents: list[int]) -> str:
    count = len(parents)
    if any(not 0 < child < count for child in children):
        return "a node points outside the tree"
    if len(set(children)) < len(children):
        return "two nodes point at the same one"
    if any(not (-1 <= parent < count or parent == _ROOT) for parent in parents):
        return "a node has a parent outside the tree"
    return ""


def _numbers(value: Json) -> list[int] | None:
    if not isinstance(value, list):
        return None
    found = [one for one in value if type(one) is int]
    return found if len(found) == len(value) else None


def _stated(tree: dict[str, Json]) -> int:
    """How many nodes the tree says that it has."""
    parameters = tree.get("tree_param")
    text = parameters.get("num_nodes") if isinstance(parameters, dict) else None
    return int(text) if isinstance(text, str) and text.isascii() and text.isdigit() else -1
