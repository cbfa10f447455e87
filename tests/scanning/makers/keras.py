"""Models written by Keras, with torch behind it: archives, H5 files, weights and descriptions."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any


def _keras() -> Any:
    os.environ["KERAS_BACKEND"] = "torch"
    import keras

    return keras


def _save(folder: Path, kind: str, name: str, model: Any) -> None:
    target = folder / kind / name
    target.mkdir(parents=True)
    model.save(target / "model.keras")
    model.save(target / "model.h5")
    if kind == "benign":
        model.save_weights(target / "model.weights.h5")
        (target / "model.json").write_text(model.to_json())


def pictures(folder: Path) -> None:
    """Layers for pictures, operations, a schedule, and a trained optimizer."""
    keras = _keras()
    import numpy

    layers = keras.layers
    start = keras.Input((16, 16, 3))
    x = layers.RandomFlip("horizontal")(layers.Rescaling(1 / 255)(start))
    x = layers.Conv2D(4, 3, activation="relu", kernel_regularizer="l2", padding="same")(x)
    y = layers.SeparableConv2D(4, 3, padding="same")(layers.BatchNormalization()(x))
    x = layers.MaxPooling2D()(layers.Add()([x, y]))
    x = layers.DepthwiseConv2D(3)(layers.Conv2DTranspose(3, 2, strides=2)(x))
    x = layers.Dropout(0.2)(layers.GlobalAveragePooling2D()(layers.UpSampling2D()(x)))
    x = layers.Dense(
        4, activation=keras.activations.gelu, kernel_constraint=keras.constraints.MaxNorm(2)
    )(x)
    x = keras.ops.concatenate([keras.ops.relu(x) + 1.0, x], axis=-1)
    model = keras.Model(start, layers.Dense(2, activation="softmax")(x))
    schedule = keras.optimizers.schedules.CosineDecay(1e-3, 10)
    model.compile(
        optimizer=keras.optimizers.AdamW(schedule),
        loss=keras.losses.CategoricalCrossentropy(label_smoothing=0.1),
        metrics=["accuracy", keras.metrics.AUC()],
    )
    model.fit(numpy.zeros((2, 16, 16, 3)), numpy.zeros((2, 2)), verbose=0)
    _save(folder, "benign", "pictures", model)


def sequences(folder: Path) -> None:
    """Recurrent layers and their wrappers, in a row."""
    keras = _keras()
    layers = keras.layers
    model = keras.Sequential(
        [
            keras.Input((5,)),
            layers.Embedding(10, 4, mask_zero=True),
            layers.Bidirectional(layers.LSTM(3, return_sequences=True)),
            layers.TimeDistributed(layers.Dense(2)),
            layers.GRU(3, return_sequences=True),
            layers.RNN([layers.LSTMCell(2), layers.GRUCell(2)], return_sequences=True),
            layers.Conv1D(2, 2),
            layers.LayerNormalization(),
            layers.Flatten(),
            layers.Dense(1, activation="sigmoid"),
        ]
    )
    model.compile("rmsprop", "binary_crossentropy", metrics=["mae"])
    _save(folder, "benign", "sequences", model)


def attention(folder: Path) -> None:
    """Two outputs, a model inside a model, attention."""
    keras = _keras()
    layers = keras.layers
    start = keras.Input((6, 8))
    x = layers.LayerNormalization()(layers.MultiHeadAttention(2, 4)(start, start) + start)
    x = layers.Reshape((48,))(layers.Permute((2, 1))(layers.Attention()([x, x])))
    x = layers.LeakyReLU()(layers.PReLU()(x))
    inner = keras.Sequential([layers.Dense(2), layers.ELU()], name="inner")
    model = keras.Model(start, {"a": layers.Dense(2, name="a")(x), "b": inner(layers.Dense(3)(x))})
    model.compile("sgd", loss={"a": "mse", "b": "huber"}, loss_weights={"a": 1.0, "b": 0.5})
    _save(folder, "benign", "attention", model)


def code(folder: Path) -> None:
    """A lambda, and a layer of somebody's own."""
    keras = _keras()
    start = keras.Input((3,))
    _save(
        folder,
        "malicious",
        "lambda",
        keras.Model(start, keras.layers.Lambda(lambda x: x * 2)(start)),
    )

    base: Any = keras.layers.Layer

    @keras.saving.register_keras_serializable("mine")
    class Own(base):  # type: ignore[misc]
        """A layer that no library brings."""

        def call(self, x: Any) -> Any:
            """Hand on what came in."""
            return x

    _save(folder, "malicious", "own-layer", keras.Model(start, Own()(start)))


MAKERS: dict[str, Callable[[Path], None]] = {
    "pictures": pictures,
    "sequences": sequences,
    "attention": attention,
    "code": code,
}
