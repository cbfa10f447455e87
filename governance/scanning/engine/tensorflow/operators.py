"""Operators of TensorFlow that reach beyond the graph, each with what it would do.

A graph cannot bring code along, but TensorFlow itself has operators that call Python, open files and talk to other
machines. Whoever loads a graph and runs it lets them. What an attribute decides is listed at the end.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from governance.scanning.engine import rules
from governance.scanning.engine.rules import Rule
from governance.scanning.engine.tensorflow.known import COMPANIONS, KNOWN
from governance.scanning.engine.words import words

_REACHING: tuple[tuple[Rule, str, str], ...] = (
    (rules.tensorflow.TFG_CODE, "calls a function of the Python program that loads it", "PyFunc PyFuncStateless EagerPyFunc _EagerPyFunc"),
    (rules.tensorflow.TFG_FILES, "reads any file", "ReadFile ImmutableConst WholeFileReader WholeFileReaderV2 LMDBReader LMDBDataset ExperimentalLMDBDataset SqlDataset ExperimentalSqlDataset LoadDataset"),
    (rules.tensorflow.TFG_FILES, "writes files", """WriteFile SaveDataset SaveDatasetV2 DatasetToTFRecord ExperimentalDatasetToTFRecord DistributedSave
        CreateSummaryFileWriter CreateSummaryDbWriter SnapshotDataset SnapshotDatasetV2"""),
    (rules.tensorflow.TFG_FILES, "lists folders", "MatchingFiles MatchingFilesDataset ExperimentalMatchingFilesDataset"),
    (rules.tensorflow.TFG_DATA, "reads training data from files", """TextLineReader TextLineReaderV2 FixedLengthRecordReader FixedLengthRecordReaderV2
        TFRecordReader TFRecordReaderV2 TextLineDataset TFRecordDataset TFRecordDatasetV2 FixedLengthRecordDataset FixedLengthRecordDatasetV2
        CSVDataset CSVDatasetV2 ExperimentalCSVDataset RecordInput GenerateVocabRemapping LoadAndRemapMatrix SnapshotDatasetReader
        SnapshotNestedDatasetReader SnapshotChunkDataset ListSnapshotChunksDataset DTensorRestoreV2"""),
    (rules.tensorflow.TFG_NETWORK, "talks to other machines", """RpcCall RpcCheckStatus RpcClient RpcGetValue RpcServer RpcServerRegister RpcServerStart
        DeleteRpcFutureResource DataServiceDataset DataServiceDatasetV2 DataServiceDatasetV3 DataServiceDatasetV4 RegisterDataset RegisterDatasetV2
        Rpc TryRpc GrpcServerResourceHandleOp GrpcServerStart FileSystemSetConfiguration GcsConfigureBlockCache GcsConfigureCredentials
        BigQueryReader BigtableClient KafkaDataset KinesisDataset PubSubDataset IgniteDataset"""),
    (rules.tensorflow.TFG_HOST, "runs a function on another device or machine", "RemoteCall RemoteFusedGraphExecute"),
    (rules.tensorflow.TFG_HOST, "calls a function of the host by its name", "XlaCustomCall XlaCustomCallV2 XlaHostCompute _XlaHostComputeMlir HostCompute"),
    (rules.tensorflow.TFG_HOST, "hands values to a debugger, in files or over the network", """DebugIdentity DebugIdentityV2 DebugIdentityV3 DebugNanCount
        DebugNumericSummary DebugNumericSummaryV2"""),
    (rules.tensorflow.TFG_HOST, "ends the whole program", "Abort"),
    (rules.tensorflow.TFG_COMPILED, "holds a program that was compiled elsewhere", "XlaCallModule TRTEngineOp NeuronOp"),
)  # fmt: skip
_TABLE: Mapping[str, tuple[Rule, str]] = {
    operator: (rule, what) for rule, what, names in _REACHING for operator in words(names)
}
_SPEAKING = re.compile(
    r"py_?(?:func|op|call|eval|exec)|python|shell|popen|subprocess|(?:^|_)(?:exec|eval|system|spawn)|system_?(?:call|command|exec)"
    r"|(?:run|exec\w*)_?(?:command|process|code|script|system)|command|load_?(?:library|op|plugin|module)|dlopen"
    r"|(?:read|write|open|load|delete|remove|copy|rename|create)_?(?:any)?_?(?:files?|dir|folder)|file_?(?:read|write|open|system)|^io>"
    r"|http|urllib|socket|download|upload|fetch",
    re.IGNORECASE,
)
"""Names that say what an operator is for, where it is none of TensorFlow's."""


@dataclass(frozen=True, slots=True)
class Opinion:
    """What speaks against an operator."""

    rule: Rule
    what: str


def opinion(operator: str) -> Opinion | None:
    """What speaks against an operator by its name; None when nothing does."""
    if operator in KNOWN or operator in COMPANIONS or operator.startswith(("TFText>", "Addons>")):
        return None
    if operator in _TABLE:
        return Opinion(*_TABLE[operator])
    if _SPEAKING.search(operator):
        return Opinion(
            rules.tensorflow.TFG_CODE, "has a name that says it runs programs or opens files"
        )
    return Opinion(
        rules.tensorflow.TFG_UNKNOWN, "is none of TensorFlow's own, nor a function of this graph"
    )


def _writes(stream: str) -> bool:
    return stream.startswith("file:")


def _leaves(address: str) -> bool:
    return address.startswith(("file:", "grpc:", "http"))


def _is_file(source: str) -> bool:
    return source not in ("", "local://") and not source.startswith("bytes://")


ATTRIBUTES: Mapping[tuple[str, str], tuple[Callable[[str], bool], str]] = {
    ("PrintV2", "output_stream"): (_writes, "writes to a file"),
    ("DecodeProtoV2", "descriptor_source"): (_is_file, "reads any file"),
    ("EncodeProto", "descriptor_source"): (_is_file, "reads any file"),
    **{
        (operator, "debug_urls"): (_leaves, "sends values to a file or another machine")
        for operator in words(
            "DebugIdentity DebugIdentityV2 DebugIdentityV3 DebugNanCount DebugNumericSummary"
        )
    },
}
"""Attributes that decide, and when they decide for the worse."""
