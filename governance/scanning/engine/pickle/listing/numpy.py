"""What NumPy needs for arrays, scalars, types and random generators, in versions 1 and 2."""

from __future__ import annotations

from governance.scanning.engine.pickle.listing.names import in_each, names

_SCALARS = (
    "bool bool_ byte bytes_ cdouble clongdouble complex128 complex256 complex64 csingle datetime64 double "
    "float128 float16 float32 float64 float96 half int16 int32 int64 int8 intc intp long longdouble "
    "longlong short single str_ timedelta64 ubyte uint uint16 uint32 uint64 uint8 uintc uintp "
    "ulong ulonglong ushort void"
)
_UFUNCS = (
    "abs absolute add arccos arccosh arcsin arcsinh arctan arctan2 arctanh argmax argmin array average cbrt ceil clip cos cosh "
    "cumsum deg2rad degrees divide dot equal exp exp2 expm1 fabs floor greater hypot isfinite isinf isnan less log log10 "
    "log1p log2 logical_and logical_not logical_or max maximum mean median min minimum multiply nan_to_num nanmax nanmean "
    "nanmedian nanmin nanstd nansum negative percentile power prod quantile rad2deg radians reciprocal rint round sign sin "
    "sinh sqrt square squeeze std subtract sum tan tanh true_divide var where"
)
"""Pure functions of arrays that transformers keep among their settings."""
NUMPY = (
    names("numpy", _UFUNCS)
    | names("numpy", f"{_SCALARS} dtype ndarray matrix")
    | names(
        "numpy.dtypes",
        "BoolDType Float16DType Float32DType Float64DType Int8DType Int16DType Int32DType "
        "Int64DType UInt8DType UInt16DType UInt32DType UInt64DType StrDType BytesDType ObjectDType "
        "StringDType DateTime64DType TimeDelta64DType VoidDType Complex64DType Complex128DType",
    )
    | names("numpy.core.multiarray", "_reconstruct scalar")
    | names("numpy._core.multiarray", "_reconstruct scalar")
    | names("numpy.core.numeric", "_frombuffer")
    | names("numpy._core.numeric", "_frombuffer")
    | names("numpy.ma", "MaskedArray")
    | names("numpy.ma.core", "MaskedArray _mareconstruct")
    | names("numpy.random._pickle", "__bit_generator_ctor __generator_ctor __randomstate_ctor")
    | names("numpy.core._internal", "_reconstruct")
    | in_each("numpy.matrixlib numpy.matrixlib.defmatrix", "matrix")
    | names("numpy.random", "__RandomState_ctor")
    | names("numpy.random.bit_generator", "SeedSequence __pyx_unpickle_SeedSequence")
    | names("numpy.random._bit_generator", "SeedSequence __pyx_unpickle_SeedSequence")
    | names("numpy.random._mt19937", "MT19937")
    | names("numpy.random._pcg64", "PCG64 PCG64DXSM")
    | names("numpy.random._philox", "Philox")
    | names("numpy.random._sfc64", "SFC64")
    | names("numpy", "chararray poly1d recarray record")
    | in_each("numpy.char numpy.core.defchararray numpy._core.defchararray", "chararray")
    | names("numpy.rec", "recarray record")
    | in_each("numpy.core.records numpy._core.records", "recarray record")
    | names("numpy.ma.core", "MaskedConstant")
    | names("numpy._core._internal", "_convert_to_stringdtype_kwargs")
)
