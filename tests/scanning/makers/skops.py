"""Models of scikit-learn written by skops."""

from __future__ import annotations

import functools
import operator
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any


def _dump(folder: Path, kind: str, name: str, value: Any) -> None:
    import skops.io

    target = folder / kind / name
    target.mkdir(parents=True)
    skops.io.dump(value, target / "model.skops")


def models(folder: Path) -> None:
    """One model of each family, fitted."""
    import numpy
    from sklearn import (
        cluster,
        decomposition,
        ensemble,
        linear_model,
        naive_bayes,
        neighbors,
        neural_network,
        pipeline,
        preprocessing,
        svm,
    )
    from sklearn.feature_selection import SelectKBest, f_classif
    from sklearn.gaussian_process import GaussianProcessClassifier
    from sklearn.model_selection import GridSearchCV

    random = numpy.random.default_rng(0)
    x = random.random((60, 6))
    y = (x[:, 0] > 0.5).astype(int)
    logistic = linear_model.LogisticRegression
    made = {
        "pipeline": pipeline.make_pipeline(preprocessing.StandardScaler(), logistic()),
        "forest": ensemble.RandomForestClassifier(3),
        "boosting": ensemble.GradientBoostingClassifier(n_estimators=3),
        "histogram": ensemble.HistGradientBoostingClassifier(max_iter=3),
        "descent": linear_model.SGDClassifier(),
        "vectors": svm.SVC(),
        "neighbours": neighbors.KNeighborsClassifier(),
        "means": cluster.KMeans(2),
        "components": decomposition.PCA(2),
        "network": neural_network.MLPClassifier(max_iter=500),
        "bayes": naive_bayes.GaussianNB(),
        "process": GaussianProcessClassifier(),
        "selection": pipeline.make_pipeline(SelectKBest(f_classif, k=2), logistic()),
        "function": pipeline.make_pipeline(
            preprocessing.FunctionTransformer(numpy.log1p), logistic()
        ),
        "search": GridSearchCV(logistic(), {"C": [0.1, 1]}, cv=2),
        "voting": ensemble.VotingClassifier([("a", logistic()), ("b", naive_bayes.GaussianNB())]),
    }
    for name, model in made.items():
        _dump(folder, "benign", name, model.fit(x, y))


def data(folder: Path) -> None:
    """Everything that is no model."""
    import numpy

    random = [numpy.random.RandomState(0), numpy.random.default_rng(0)]
    arrays = [
        numpy.arange(3),
        numpy.ma.array([1, 2], mask=[0, 1]),
        numpy.array([{"a": 1}, "x"], dtype=object),
    ]
    value = {
        "a": 1,
        "b": [None, True, b"xx", *random, *arrays, slice(1, 2), (1, 2), {3}],
        "c": numpy.float32(3),
    }
    _dump(folder, "benign", "data", value)


def code(folder: Path) -> None:
    """Functions of the machine, and ways of reaching for more."""
    from sklearn.linear_model import LogisticRegression

    _dump(folder, "malicious", "function", os.system)
    _dump(folder, "malicious", "partial", functools.partial(os.system, "id"))
    _dump(folder, "malicious", "method-caller", operator.methodcaller("x"))
    _dump(folder, "malicious", "method", LogisticRegression().fit)


MAKERS: dict[str, Callable[[Path], None]] = {"models": models, "data": data, "code": code}
