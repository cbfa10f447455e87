"""OpenVINO models and other formats of one maker: graphs in XML, weights beside them, compiled engines."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from tests.scanning.sample import Expected, Sample, benign, malformed, malicious
from tests.scanning.wire import message

NUMBERS = struct.pack("<16f", *(0.02 * index - 0.15 for index in range(16)))
LAYER = """<layer id="0" name="x" type="Parameter" version="opset1"><data shape="1,4" element_type="f32"/>
<output><port id="0" precision="FP32"><dim>1</dim><dim>4</dim></port></output></layer>
<layer id="1" name="w" type="Const" version="opset1"><data element_type="f32" shape="4,4" offset="0" size="64"/></layer>"""


def net(*layers: str, before: str = "") -> bytes:
    body = "".join(layers)
    edges = '<edges><edge from-layer="0" from-port="0" to-layer="1" to-port="0"/></edges>'
    return f'<?xml version="1.0"?>\n{before}<net name="net" version="11"><layers>{LAYER}{body}</layers>{edges}</net>\n'.encode()


def samples() -> Iterator[Sample]:
    """Every sample of this family."""
    yield benign("graph", "model.xml", net())
    yield Sample("graph-and-weights", Expected.BENIGN, {"model.xml": net(), "model.bin": NUMBERS})
    yield benign(
        "later-set", "model.xml", net('<layer id="2" name="s" type="Softmax" version="opset8"/>')
    )
    own = '<layer id="2" name="e" type="Evil" version="extension"/>'
    yield malicious("own-operator", "model.xml", net(own))
    yield malicious(
        "own-set", "model.xml", net('<layer id="2" name="e" type="Relu" version="evil_ops"/>')
    )
    yield malicious(
        "names-a-library",
        "model.xml",
        net('<layer id="2" name="e" type="X" version="opset1"><data library="/tmp/x.so"/></layer>'),
    )
    entity = '<!DOCTYPE net [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    yield malicious("entity", "model.xml", net("<layer>&x;</layer>", before=entity))
    yield malformed("cut", "model.xml", net()[:-30])
    yield malformed("crossed", "model.xml", net("<a><b></a></b>"))
    bomb = '<!DOCTYPE net [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;">]>'
    yield malformed("bomb", "model.xml", net("<layer>&c;</layer>", before=bomb))
    yield malformed("compiled-by-tensorrt", "model.engine", b"ptrt" + bytes(range(200)))
    block = message((1, 0), (2, 2**32 - 1), (3, message((1, "x"))), (4, message((3, "relu"))))
    yield malformed("paddle", "inference.pdmodel", message((1, block), (4, message((1, 0)))))
