"""What tables, trainers and configurations call while they are loaded; the source of each was read."""

from __future__ import annotations

from governance.scanning.engine.pickle.listing.names import in_each, names

_PANDAS = (
    names("pandas._libs.internals", "BlockPlacement _unpickle_block")
    | names("pandas._libs.arrays", "__pyx_unpickle_NDArrayBacked")
    | names("pandas._libs.tslibs.nattype", "_nat_unpickle __nat_unpickle")
    | names("pandas._libs.tslibs.timedeltas", "_timedelta_unpickle")
    | names("pandas._libs.tslibs.timestamps", "_unpickle_timestamp")
    | names("pandas._libs.missing", "NAType")
    | names("pandas.core.frame", "DataFrame")
    | names("pandas.core.series", "Series")
    | names("pandas.core.internals.managers", "BlockManager SingleBlockManager")
    | names("pandas.core.internals.blocks", "new_block")
    | names("pandas.core.indexes.base", "Index _new_Index")
    | names("pandas.core.indexes.range", "RangeIndex")
    | names("pandas.core.indexes.multi", "MultiIndex")
    | names("pandas.core.indexes.category", "CategoricalIndex")
    | names("pandas.core.indexes.interval", "IntervalIndex")
    | names("pandas.core.indexes.timedeltas", "TimedeltaIndex")
    | names("pandas.core.indexes.datetimes", "DatetimeIndex _new_DatetimeIndex")
    | names("pandas.core.indexes.period", "PeriodIndex _new_PeriodIndex")
    | names("pandas.core.indexes.numeric", "Float64Index Int64Index UInt64Index")
    | names("pandas.indexes.base", "Index _new_Index")
    | names("pandas.core.arrays.categorical", "Categorical")
    | names("pandas.core.arrays.boolean", "BooleanArray BooleanDtype")
    | names("pandas.core.arrays.datetimes", "DatetimeArray")
    | names("pandas.core.arrays.timedeltas", "TimedeltaArray")
    | names("pandas.core.arrays.period", "PeriodArray")
    | names("pandas.core.arrays.interval", "IntervalArray")
    | names("pandas.core.arrays.sparse.array", "SparseArray")
    | names("pandas.core.arrays.string_", "StringArray StringDtype")
    | names("pandas.core.arrays.string_arrow", "ArrowStringArray")
    | names("pandas.core.arrays.arrow.array", "ArrowExtensionArray")
    | in_each(
        "pandas.core.arrays.integer pandas.core.arrays.floating",
        "FloatingArray Float32Dtype Float64Dtype IntegerArray Int8Dtype Int16Dtype Int32Dtype Int64Dtype "
        "UInt8Dtype UInt16Dtype UInt32Dtype UInt64Dtype",
    )
    | names(
        "pandas.core.dtypes.dtypes",
        "CategoricalDtype DatetimeTZDtype IntervalDtype PeriodDtype SparseDtype",
    )
    | names("pandas.core.flags", "Flags")
    | names(
        "pandas",
        "BooleanDtype Categorical CategoricalDtype CategoricalIndex DataFrame DatetimeIndex DatetimeTZDtype Float32Dtype "
        "Float64Dtype Index Int16Dtype Int32Dtype Int64Dtype Int8Dtype Interval IntervalDtype IntervalIndex MultiIndex NA "
        "NaT Period PeriodDtype PeriodIndex RangeIndex Series SparseDtype StringDtype Timedelta TimedeltaIndex Timestamp "
        "UInt16Dtype UInt32Dtype UInt64Dtype UInt8Dtype",
    )
    | names(
        "pandas.arrays",
        "ArrowExtensionArray ArrowStringArray BooleanArray Categorical DatetimeArray FloatingArray IntegerArray "
        "IntervalArray NumpyExtensionArray PandasArray PeriodArray SparseArray StringArray TimedeltaArray",
    )
    | names("pandas._libs.interval", "Interval")
    | names("pandas._libs.sparse", "BlockIndex IntIndex")
    | names(
        "pandas._libs.tslibs.offsets",
        "BDay BMonthBegin BMonthEnd BYearBegin BYearEnd BusinessDay BusinessMonthBegin BusinessMonthEnd DateOffset Day Hour "
        "Micro Milli Minute MonthBegin MonthEnd Nano QuarterBegin QuarterEnd Second Week YearBegin YearEnd",
    )
    | names("pandas._libs.tslibs.period", "Period")
    | names("pandas.core.indexes.frozen", "FrozenList")
    | names("pyarrow.lib", "_restore_array py_buffer type_for_alias")
    | names("pytz", "UTC _UTC _p")
    | names("zoneinfo", "ZoneInfo ZoneInfo._unpickle")
)

_ENUMS = (
    in_each(
        "transformers.trainer_utils transformers.training_args",
        "EvaluationStrategy FSDPOption HubStrategy IntervalStrategy OptimizerNames ParallelMode "
        "SaveStrategy SchedulerType ShardedDDPOption",
    )
    | names("transformers.debug_utils", "DebugOption")
    | names("transformers.utils.generic", "ExplicitEnum PaddingStrategy TensorType")
    | in_each(
        "accelerate.utils.dataclasses accelerate.state",
        "ComputeEnvironment DistributedType DynamoBackend FP8BackendType LoggerType "
        "PrecisionType RNGType",
    )
    | names("peft.utils.peft_types", "PeftType TaskType")
    | names("torch.nn.attention", "SDPBackend")
)
"""Kinds of choices; a member is stored as a call of its class with the value."""

_SETTINGS = (
    in_each(
        "lightning.fabric.utilities.data lightning.pytorch.utilities.parsing pytorch_lightning.utilities.parsing "
        "lightning_fabric.utilities.data",
        "AttributeDict",
    )
    | names("omegaconf.base", "ContainerMetadata Metadata")
    | names("omegaconf.dictconfig", "DictConfig")
    | names("omegaconf.listconfig", "ListConfig")
    | names(
        "omegaconf.nodes",
        "AnyNode BooleanNode BytesNode EnumNode FloatNode IntegerNode PathNode StringNode",
    )
    | names("easydict", "EasyDict")
    | names("addict.addict", "Dict")
)

NAMED_METHODS = names("zoneinfo", "ZoneInfo._unpickle")
"""Methods that old protocols look up on their class before they call them."""
OTHERS = _PANDAS | _ENUMS | _SETTINGS
ENUMS = _ENUMS
