"""Models that are JSON: what a parsed file describes, and its judge."""

from __future__ import annotations

from governance.scanning.engine import zarr
from governance.scanning.engine.boosters import xgboost
from governance.scanning.engine.keras import config
from governance.scanning.engine.report import Json
from governance.scanning.engine.subject import Subject

_WRAPPERS = ("modelTopology", "model_config", "training_config")
"""Keys under which other files keep the description of a Keras model."""


def judge(subject: Subject, value: Json) -> None:
    """Judge a JSON value if it is a model that is known here."""
    if not isinstance(value, dict):
        return
    if config.is_description(value):
        subject.also("keras-json")
        config.judge(subject, value, "")
        return
    if zarr.is_description(value):
        zarr.judge(subject, value)
    if xgboost.is_model(value):
        xgboost.judge(subject, value)
    for key in _WRAPPERS:
        inner = value.get(key)
        if isinstance(inner, dict) and ("class_name" in inner or "model_config" in inner):
            subject.also("keras-json")
            config.judge(subject, inner, key)
