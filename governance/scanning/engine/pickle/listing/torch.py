"""What torch needs to put tensors, parameters and modules together again."""

from __future__ import annotations

from governance.scanning.engine.pickle.listing.names import names

_STORAGES = (
    "BFloat16Storage BoolStorage ByteStorage CharStorage ComplexDoubleStorage ComplexFloatStorage "
    "DoubleStorage FloatStorage HalfStorage IntStorage LongStorage ShortStorage"
)
_QUANTIZED = "QInt32Storage QInt8Storage QUInt2x4Storage QUInt4x2Storage QUInt8Storage"
_TENSORS = (
    "BFloat16Tensor BoolTensor ByteTensor CharTensor ComplexDoubleTensor ComplexFloatTensor "
    "DoubleTensor FloatTensor HalfTensor IntTensor LongTensor ShortTensor"
)
_DTYPES = (
    "bfloat16 bits16 bits1x8 bits2x4 bits4x2 bits8 bool complex128 complex32 complex64 float16 float32 "
    "float4_e2m1fn_x2 float64 float8_e4m3fn float8_e4m3fnuz float8_e5m2 float8_e5m2fnuz float8_e8m0fnu "
    "int1 int2 int3 int4 int5 int6 int7 int8 int16 int32 int64 qint32 qint8 quint2x4 quint4x2 quint8 "
    "uint1 uint2 uint3 uint4 uint5 uint6 uint7 uint8 uint16 uint32 uint64 "
    "double float half int long short cdouble cfloat"
)
_SCHEMES = (
    "per_channel_affine per_channel_affine_float_qparams per_channel_symmetric per_tensor_affine "
    "per_tensor_symmetric strided sparse_coo sparse_csr sparse_csc sparse_bsr sparse_bsc "
    "contiguous_format channels_last channels_last_3d preserve_format"
)
_ACTIVATIONS = (
    "adaptive_avg_pool1d adaptive_avg_pool2d adaptive_avg_pool3d adaptive_max_pool2d avg_pool1d avg_pool2d binary_cross_entropy "
    "binary_cross_entropy_with_logits celu cross_entropy dropout elu elu_ gelu glu hardsigmoid hardswish hardtanh "
    "interpolate l1_loss layer_norm leaky_relu leaky_relu_ log_softmax logsigmoid max_pool1d max_pool2d mish mse_loss nll_loss "
    "normalize pad prelu relu relu6 relu_ rms_norm rrelu selu sigmoid silu smooth_l1_loss softmax softmin softplus "
    "softshrink softsign tanh tanhshrink threshold"
)
"""Pure functions of tensors that modules keep among their settings."""
TORCH = (
    names("torch.nn.functional", _ACTIVATIONS)
    | names(
        "torch._C._nn",
        "avg_pool2d elu_ gelu hardswish log_sigmoid mish relu6 silu softplus softshrink",
    )
    | names("torch.utils.hooks", "RemovableHandle")
    | names("torch.nn.backends.thnn", "_get_thnn_function_backend")
    | names("torch.nn._reduction", "get_enum")
    | names("torch", f"{_STORAGES} {_QUANTIZED} {_TENSORS} {_DTYPES} {_SCHEMES} Size Tensor device")
    | names("torch.cuda", f"{_STORAGES} {_TENSORS}")
    | names("torch.sparse", _TENSORS)
    | names("torch.cuda.sparse", _TENSORS)
    | names("torch.storage", "TypedStorage UntypedStorage _TypedStorage _UntypedStorage")
    | names("torch.nn.parameter", "Buffer Parameter UninitializedBuffer UninitializedParameter")
    | names("torch.serialization", "_get_layout")
    | names(
        "torch.jit._pickle",
        "build_boollist build_doublelist build_intlist build_tensorlist restore_type_tag",
    )
    | names("torch._tensor", "Tensor _rebuild_from_type _rebuild_from_type_v2")
    | names("torch.tensor", "Tensor _rebuild_from_type")
    | names(
        "torch._utils",
        "_rebuild_device_tensor_from_cpu_tensor _rebuild_device_tensor_from_numpy "
        "_rebuild_meta_tensor_no_storage _rebuild_nested_tensor _rebuild_parameter "
        "_rebuild_parameter_with_state _rebuild_qtensor _rebuild_sparse_csr_tensor "
        "_rebuild_sparse_tensor _rebuild_tensor _rebuild_tensor_v2 _rebuild_tensor_v3 "
        "_rebuild_wrapper_subclass _rebuild_xla_tensor",
    )
)
