"""One module per format, and the table that says which analyser reads which format.

To add a format:

1. Teach ``identify.py`` to recognise it by content, under a short name.
2. Write ``analysers/<name>.py`` with ``analyse(subject: Subject) -> None``. Read ranges, never the whole file; take every
   length and count in the file for a lie until it fits; spend ``subject.meter`` on whatever the file can make large.
   Report with ``subject.add(rule, detail)``; hand what lies inside to ``subject.examine_inside``. Returning without a finding
   means *safe*, so an analyser that cannot follow the bytes must say so.
3. Add its rules to ``rules/``, in a family of their own or under a new number; numbers are never reused.
4. Enter it in ``ANALYSERS`` below, and remove the name from ``refused.py`` when it was listed there.
5. Test both ways: an ordinary file made by the usual tool ends *safe*, and each trick that you know of does not.

Whatever is identified but has no analyser here goes to ``refused``, which ends *unscannable* or worse: never safe.
"""

from __future__ import annotations

from collections.abc import Callable

from governance.scanning.engine.analysers import (
    boosters,
    checkpoints,
    coreml,
    coreml_weights,
    gguf,
    hdf5,
    json_text,
    matlab,
    media,
    msgpack,
    npy,
    numbers,
    onnx,
    onnx_text,
    openvino,
    packed,
    pbtxt,
    pdf,
    pickles,
    plain_text,
    pmml,
    rdata,
    refused,
    safetensors,
    scripts,
    sentencepiece,
    tables,
    tars,
    tensorflow,
    tflite,
    web,
    zips,
)
from governance.scanning.engine.subject import Subject

ANALYSERS: dict[str, Callable[[Subject], None]] = {
    **matlab.ANALYSERS,
    **media.ANALYSERS,
    **boosters.ANALYSERS,
    **checkpoints.ANALYSERS,
    **packed.ANALYSERS,
    **tables.ANALYSERS,
    "sentencepiece": sentencepiece.analyse,
    "gguf": gguf.analyse,
    "html": web.html,
    "hdf5": hdf5.analyse,
    "coreml": coreml.analyse,
    "coreml-weights": coreml_weights.analyse,
    "fingerprint": tensorflow.analyse_fingerprint,
    "graph-def": tensorflow.analyse_graph_def,
    "json": json_text.analyse,
    "keras-metadata": tensorflow.analyse_keras_metadata,
    "meta-graph": tensorflow.analyse_meta_graph,
    "msgpack": msgpack.analyse,
    "numbers": numbers.analyse,
    "npy": npy.analyse,
    "openvino": openvino.analyse,
    "onnx": onnx.analyse,
    "onnx-text": onnx_text.analyse,
    "onnx-tensor": onnx.analyse_tensor,
    "pbtxt": pbtxt.analyse,
    "pdf": pdf.analyse,
    "pickle": pickles.analyse,
    "pmml": pmml.analyse,
    "rdata": rdata.analyse_workspace,
    "rds": rdata.analyse,
    "safetensors": safetensors.analyse,
    "saved-model": tensorflow.analyse_saved_model,
    "script": scripts.analyse,
    "svg": web.svg,
    "tar": tars.analyse,
    "text": plain_text.analyse,
    "tflite": tflite.analyse,
    "xml": web.xml,
    "zip": zips.analyse,
}


def analyse(subject: Subject, name: str) -> None:
    """Run the analyser of one format."""
    analyser = ANALYSERS.get(name)
    if analyser is None:
        refused.analyse(subject, name)
    else:
        analyser(subject)
