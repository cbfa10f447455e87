"""Trees written by XGBoost and LightGBM."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any


def _folder(folder: Path, name: str) -> Path:
    target = folder / "benign" / name
    target.mkdir(parents=True)
    return target


def xgboost(folder: Path) -> None:
    """Each booster, in both forms."""
    import numpy
    import xgboost as library

    x = numpy.random.default_rng(0).random((100, 4))
    y = (x[:, 0] > 0.5).astype(int)
    kinds = {
        "trees": ({"max_depth": 3, "objective": "binary:logistic"}, y),
        "linear": ({"booster": "gblinear"}, y),
        "dart": (
            {"booster": "dart", "num_class": 3, "objective": "multi:softprob"},
            numpy.arange(100) % 3,
        ),
    }
    for name, (parameters, labels) in kinds.items():
        model = library.train(parameters, library.DMatrix(x, labels), 3)
        target = _folder(folder, name)
        model.save_model(target / "model.json")
        model.save_model(target / "model.ubj")


def lightgbm(folder: Path) -> None:
    """Ordinary trees, trees with linear leaves, and categories."""
    import lightgbm as library
    import numpy

    random = numpy.random.default_rng(0)
    x = numpy.column_stack([random.random((100, 4)), random.integers(0, 5, 100)])
    y = (x[:, 0] > 0.5).astype(int)
    kinds: dict[str, dict[str, Any]] = {
        "trees": {},
        "linear": {"linear_tree": True},
        "dart": {"boosting": "dart"},
    }
    common = {"verbose": -1, "min_data_in_leaf": 2}
    for name, more in kinds.items():
        categories = [] if name == "linear" else [4]
        data = library.Dataset(x, y, categorical_feature=categories)
        library.train({**common, **more}, data, 3).save_model(_folder(folder, name) / "model.txt")


MAKERS: dict[str, Callable[[Path], None]] = {"xgboost": xgboost, "lightgbm": lightgbm}
