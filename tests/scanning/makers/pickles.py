"""Models and arrays as scikit-learn, joblib, NumPy, SciPy, XGBoost and LightGBM store them."""

from __future__ import annotations

import os
import pickle
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

COMPRESSIONS = ("zlib", "gzip", "bz2", "lzma", "xz", "lz4")


def make_numpy(folder: Path) -> None:
    """Arrays of every kind, alone, in archives and in pickles."""
    import numpy as np

    arrays = _arrays()
    for name, array in arrays.items():
        np.save(_place(folder / "benign" / f"npy-{name}" / "array.npy"), array)
    plain = {name: array for name, array in arrays.items() if name != "objects"}
    np.savez(_place(folder / "benign" / "npz" / "arrays.npz"), **plain)
    np.savez_compressed(_place(folder / "benign" / "npz-compressed" / "arrays.npz"), **plain)
    for protocol in range(6):
        _dump(arrays, folder / "benign" / f"arrays-protocol-{protocol}" / "data.pkl", protocol)
    generators = [
        np.random.RandomState(1),
        np.random.default_rng(2),
        np.random.Generator(np.random.Philox(3)),
        np.random.SFC64(4),
        np.random.SeedSequence(5),
    ]
    _dump(generators, folder / "benign" / "random-generators" / "rng.pkl")
    evil = np.array([_Runs()], dtype=object)
    np.save(_place(folder / "malicious" / "npy-objects" / "array.npy"), evil, allow_pickle=True)
    np.savez(_place(folder / "malicious" / "npz-objects" / "arrays.npz"), a=np.ones(2), b=evil)


def make_joblib(folder: Path) -> None:
    """joblib's own form, raw and by every compression."""
    import joblib

    content = {"arrays": _arrays(), "note": "a note"}
    joblib.dump(content, _place(folder / "benign" / "joblib" / "data.joblib"))
    for name in COMPRESSIONS:
        target = _place(folder / "benign" / f"joblib-{name}" / "data.joblib")
        joblib.dump(content, target, compress=(name, 3))
        attack = _place(folder / "malicious" / f"joblib-{name}" / "data.joblib")
        joblib.dump({"arrays": _arrays(), "x": _Runs()}, attack, compress=(name, 3))
    attack = _place(folder / "malicious" / "joblib" / "data.joblib")
    joblib.dump({"arrays": _arrays(), "x": _Runs()}, attack)


def make_scipy(folder: Path) -> None:
    """Sparse matrices and distributions."""
    import scipy.sparse
    import scipy.stats

    matrices = [
        scipy.sparse.random(5, 5, 0.3, format=kind) for kind in ("csr", "csc", "coo", "lil")
    ]
    _dump(matrices, folder / "benign" / "sparse" / "matrices.pkl")
    target = _place(folder / "benign" / "sparse-npz" / "matrix.npz")
    scipy.sparse.save_npz(target, matrices[0])
    frozen = [scipy.stats.norm(0, 1), scipy.stats.gamma(2), scipy.stats.randint(1, 9)]
    _dump(frozen, folder / "benign" / "distributions" / "distributions.pkl")


def make_sklearn(folder: Path) -> None:
    """Every estimator that can be fitted to a few rows of numbers, pickled and dumped by joblib."""
    import joblib
    from sklearn.utils import all_estimators

    made = 0
    for name, cls in all_estimators():
        model = _fitted(cls)
        if model is None:
            continue
        made += 1
        _dump(model, folder / "benign" / f"sklearn-{name}" / "model.pkl", made % 6)
        joblib.dump(model, _place(folder / "benign" / f"sklearn-{name}" / "model.joblib"))
    if made < 100:
        raise RuntimeError(f"only {made} estimators could be fitted")


def make_pipelines(folder: Path) -> None:
    """What people build of estimators: searches, pipelines, functions and scorers among their settings."""
    import numpy as np
    from scipy.stats import uniform
    from sklearn.compose import ColumnTransformer
    from sklearn.ensemble import RandomForestClassifier
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.metrics import f1_score, make_scorer
    from sklearn.model_selection import GridSearchCV, RandomizedSearchCV
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import FunctionTransformer, StandardScaler

    rows, classes = _rows()
    forest = RandomForestClassifier(n_estimators=3, random_state=0)
    columns = ColumnTransformer(
        [("log", FunctionTransformer(np.log1p), [0]), ("rest", StandardScaler(), [1, 2])]
    )
    models = {
        "pipeline": make_pipeline(columns, forest).fit(rows, classes),
        "grid": GridSearchCV(
            LogisticRegression(), {"C": [1, 2]}, cv=2, scoring=make_scorer(f1_score)
        ).fit(rows, classes),
        "randomised": RandomizedSearchCV(
            LogisticRegression(), {"C": uniform(0.1, 1)}, n_iter=2, cv=2
        ).fit(rows, classes),
        "text": make_pipeline(TfidfVectorizer(), LogisticRegression()).fit(
            ["a bad cat", "good dog"] * 4, [0, 1] * 4
        ),
    }
    for name, model in models.items():
        _dump(model, folder / "benign" / f"sklearn-{name}" / "model.pkl")
    models["grid"].hidden = _Runs()
    _dump(models["grid"], folder / "malicious" / "sklearn-grid" / "model.pkl")


def make_pandas(folder: Path) -> None:
    """Tables with a column of every kind, and what else pandas pickles."""
    import pandas as pd

    columns = {
        "numbers": [1.5, None],
        "text": ["x", "y"],
        "dates": pd.to_datetime(["2026-01-01", "2026-01-02"]),
        "kinds": pd.Categorical(["u", "v"]),
        "whole": pd.array([1, None], dtype="Int64"),
        "times": pd.to_timedelta([1, 2]),
        "months": pd.period_range("2026", periods=2, freq="M"),
        "few": pd.arrays.SparseArray([0, 1]),
        "spans": pd.interval_range(0, 2),
    }
    table = pd.DataFrame(columns)
    for protocol in range(6):
        target = _place(folder / "benign" / f"pandas-protocol-{protocol}" / "table.pkl")
        table.to_pickle(target, protocol=protocol)
    for compression in ("gzip", "bz2", "xz", "zip", "tar"):
        target = _place(folder / "benign" / f"pandas-{compression}" / f"table.pkl.{compression}")
        table.to_pickle(target, compression=compression)
    others = {
        "series": table["numbers"],
        "rows": table.set_index(["numbers", "text"]),
        "zone": pd.date_range("2026", periods=2, tz="Europe/Berlin"),
        "moment": pd.Timestamp("2026-01-01", tz="UTC"),
        "offset": pd.offsets.MonthEnd(2),
    }
    for name, value in others.items():
        _dump(value, folder / "benign" / f"pandas-{name}" / "value.pkl")


def make_xgboost(folder: Path) -> None:
    """The models of XGBoost in the form of scikit-learn's, and a bare one."""
    import xgboost

    rows, classes = _rows()
    model = xgboost.XGBClassifier(n_estimators=2, n_jobs=1).fit(rows, classes)
    _dump(model, folder / "benign" / "xgboost" / "model.pkl")
    _dump(model.get_booster(), folder / "benign" / "xgboost-booster" / "model.pkl")


def make_lightgbm(folder: Path) -> None:
    """The models of LightGBM in the form of scikit-learn's, and a bare one."""
    import lightgbm

    rows, classes = _rows()
    model = lightgbm.LGBMClassifier(n_estimators=2, n_jobs=1, verbose=-1).fit(rows, classes)
    _dump(model, folder / "benign" / "lightgbm" / "model.pkl")
    _dump(model.booster_, folder / "benign" / "lightgbm-booster" / "model.pkl")


def make_cloudpickle(folder: Path) -> None:
    """Functions by value, which is program text in all but name."""
    import cloudpickle

    target = _place(folder / "malicious" / "cloudpickle" / "model.pkl")
    target.write_bytes(cloudpickle.dumps(lambda: 1))


class _Runs:
    """Pickles as a call of a shell."""

    def __reduce__(self) -> Any:
        return os.system, ("id",)


def _arrays() -> dict[str, Any]:
    import numpy as np

    return {
        "floats": np.arange(20.0).reshape(4, 5),
        "columns": np.asfortranarray(np.ones((3, 4), dtype="f4")),
        "text": np.array(["ab", "cde"]),
        "bytes": np.array([b"a", b"bcd"]),
        "dates": np.array(["2026-01-02"], dtype="M8[D]"),
        "booleans": np.array([True, False]),
        "complex": np.array([1 + 2j]),
        "records": np.zeros(2, dtype=[("x", "f4"), ("y", "i8", (2,))]),
        "big-endian": np.arange(3, dtype=">i4"),
        "empty": np.empty((0, 3)),
        "scalar": np.array(1.5),
        "objects": np.array([{"a": 1}, None, "text"], dtype=object),
    }


def _rows() -> tuple[Any, Any]:
    import numpy as np

    random = np.random.RandomState(0)
    rows = random.rand(24, 3)
    return rows, (rows[:, 0] > rows[:, 1]).astype(int)


def _fitted(cls: Any) -> Any:
    """A small fitted model; None where this estimator asks for something else."""
    import inspect

    from sklearn.linear_model import LogisticRegression, Ridge

    rows, classes = _rows()
    parameters = inspect.signature(cls.__init__).parameters
    inner = Ridge() if "Regr" in cls.__name__ else LogisticRegression()
    needed = {"estimator": inner, "estimators": [("a", inner)], "param_grid": {"C": [1]}, "transformers": [("a", "passthrough", [0])], "steps": [("a", inner)]}  # fmt: skip
    settings = {
        name: value
        for name, value in needed.items()
        if name in parameters and parameters[name].default is inspect.Parameter.empty
    }
    for name in ("n_estimators", "max_iter"):
        if name in parameters and isinstance(parameters[name].default, int):
            settings[name] = 3
    for target in (classes, rows[:, :2]):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                return cls(**settings).fit(rows, target)
            except Exception:  # noqa: BLE001 - an estimator may refuse such data in any way
                continue
    return None


def _place(target: Path) -> Path:
    target.parent.mkdir(parents=True, exist_ok=True)
    return target


def _dump(value: Any, target: Path, protocol: int = 4) -> None:
    _place(target).write_bytes(pickle.dumps(value, protocol))


MAKERS: dict[str, Callable[[Path], None]] = {
    "numpy": make_numpy,
    "joblib": make_joblib,
    "scipy": make_scipy,
    "sklearn": make_sklearn,
    "pipelines": make_pipelines,
    "pandas": make_pandas,
    "xgboost": make_xgboost,
    "lightgbm": make_lightgbm,
    "cloudpickle": make_cloudpickle,
}
