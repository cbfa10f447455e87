"""The operators of ONNX, and those that reach beyond arithmetic.

An operator of the standard that is not listed, or one of a domain that is not known, comes from a library that somebody has
to load: what it does cannot be told from the model. Functions that the model itself defines are no such operators.
"""

from __future__ import annotations

import re
from enum import Enum

from governance.scanning.engine.words import words

_STANDARD = words("""
    Abs Acos Acosh Add AffineGrid And ArgMax ArgMin Asin Asinh Atan Atanh Attention AveragePool BatchNormalization Bernoulli BitCast
    BitShift BitwiseAnd BitwiseNot BitwiseOr BitwiseXor BlackmanWindow Cast CastLike CausalConvWithState Ceil Celu CenterCropPad Clip
    Col2Im Compress Concat ConcatFromSequence Constant ConstantOfShape Conv ConvInteger ConvTranspose Cos Cosh CumProd CumSum DFT
    DeformConv DepthToSpace DequantizeLinear Det Div Dropout DynamicQuantizeLinear Einsum Elu Equal Erf Exp Expand EyeLike Flatten
    FlexAttention Floor GRU Gather GatherElements GatherND Gelu Gemm GlobalAveragePool GlobalLpPool GlobalMaxPool Greater GreaterOrEqual
    GridSample GroupNormalization HammingWindow HannWindow HardSigmoid HardSwish Hardmax Identity If ImageDecoder
    InstanceNormalization IsInf IsNaN LRN LSTM LayerNormalization LeakyRelu Less LessOrEqual LinearAttention Log LogSoftmax Loop
    LpNormalization LpPool MatMul MatMulInteger Max MaxPool MaxRoiPool MaxUnpool Mean MeanVarianceNormalization MelWeightMatrix Min
    Mish Mod Mul Multinomial Neg NegativeLogLikelihoodLoss NonMaxSuppression NonZero Not OneHot Optional OptionalGetElement
    OptionalHasElement Or PRelu Pad Pow QLinearConv QLinearMatMul QuantizeLinear RMSNormalization RNN RandomNormal
    RandomNormalLike RandomUniform RandomUniformLike Range Reciprocal ReduceL1 ReduceL2 ReduceLogSum ReduceLogSumExp ReduceMax
    ReduceMean ReduceMin ReduceProd ReduceSum ReduceSumSquare RegexFullMatch Relu Reshape Resize ReverseSequence RoiAlign
    RotaryEmbedding Round STFT Scan Scatter ScatterElements ScatterND Selu SequenceAt SequenceConstruct SequenceEmpty SequenceErase
    SequenceInsert SequenceLength SequenceMap Shape Shrink Sigmoid Sign Sin Sinh Size Slice Softmax SoftmaxCrossEntropyLoss Softplus
    Softsign SpaceToDepth Split SplitToSequence Sqrt Squeeze StringConcat StringNormalizer StringSplit Sub Sum SwiGLU Swish Tan Tanh
    TensorScatter TfIdfVectorizer ThresholdedRelu Tile TopK Transpose Trilu Unique Unsqueeze Upsample Where Xor
    Affine ConstantFill Crop DynamicSlice GRUUnit GivenTensorFill ImageScaler ParametricSoftplus Scale ScaledTanh
    SimplifiedLayerNormalization SkipLayerNormalization SkipSimplifiedLayerNormalization FastGelu BiasGelu EmbedLayerNormalization
    FusedMatMul MemcpyFromHost MemcpyToHost""")
"""With the experimental ones of the first years, and those that converters leave in the standard domain by custom."""

_ML = words("""
    ArrayFeatureExtractor Binarizer CastMap CategoryMapper DictVectorizer FeatureVectorizer Imputer LabelEncoder LinearClassifier
    LinearRegressor Normalizer OneHotEncoder SVMClassifier SVMRegressor Scaler TreeEnsemble TreeEnsembleClassifier
    TreeEnsembleRegressor ZipMap""")

_EXTENSIONS = words("""
    AudioDecoder BasicTokenizer BertTokenizer BertTokenizerDecoder BlingFireSentenceBreaker BpeDecoder CLIPTokenizer DecodeImage
    DrawBoundingBoxes EncodeImage GPT2Tokenizer GaussianBlur HfBertTokenizer HfJsonTokenizer Inverse MaskedFill
    NegPos RaggedTensorToDense RaggedTensorToSparse RobertaTokenizer SegmentExtraction SegmentSum SentencepieceDecoder
    SentencepieceTokenizer StftNorm StringConcat StringECMARegexReplace StringECMARegexSplitWithOffsets StringEqual StringHash
    StringHashFast StringJoin StringLength StringLower StringMapping StringPadding StringRaggedTensorToDense StringRegexReplace
    StringRegexSplitWithOffsets StringSlice StringSplit StringStrip StringToVector StringUpper TrieDetokenizer TrieTokenizer
    VectorToString WordpieceTokenizer""")

_KNOWN = {
    "": _STANDARD,
    "ai.onnx": _STANDARD,
    "ai.onnx.ml": _ML,
    "ai.onnx.preview": words("FlexAttention Gradient GraphCall"),
    "ai.onnx.preview.training": words("Adagrad Adam Gradient GraphCall Momentum"),
    "ai.onnx.training": words("Adagrad Adam Gradient GraphCall Momentum"),
    "ai.onnx.contrib": _EXTENSIONS,
    "com.microsoft.extensions": _EXTENSIONS,
}
_RUNTIME = frozenset({"com.microsoft", "com.microsoft.nchwc", "com.ms.internal.nhwc", "com.microsoft.experimental"})  # fmt: skip
"""The runtime's own: too many and too changing to list, and all built into it."""
_REACHING = words("PythonOp PythonOpGrad TritonOp ExternOp ATen TensorRTEngine OpenVINOEngine SNPE")
"""Of the runtime's own, those that call what somebody registered or another program's model."""
_CODE = re.compile(
    r"py_?(?:op|func|call|eval|exec)|python|(?:^|_|[a-z])(?:Shell|System|Popen|Subprocess|Exec(?!ut)|Eval(?!u)|Spawn)(?:$|_|[A-Z])"
    r"|(?:shell|system|command|process)_?(?:exec|call|run|command)|(?:load|open)_?(?:lib|library|dll|shared)|dlopen"
    r"|(?:read|write|open|load|delete|remove)_?files?|file_?(?:read|write|open)|(?:http|url|socket|download|fetch)"
    r"|^(?:system|shell|exec|eval|popen|spawn|command|runcommand|customcode|script|loadmodule|importmodule)$",
    re.IGNORECASE,
)
_NETWORK = words("AzureAudioToText AzureTextToText AzureTritonInvoker OpenAIAudioToText")


class Reach(Enum):
    """What is known of an operator."""

    KNOWN = "known"
    UNKNOWN = "unknown"
    COMPILED = "compiled"
    CODE = "code"


def reach(domain: str, operator: str) -> Reach:
    """How far an operator reaches, by its full name."""
    is_code = _CODE.search(operator) or operator in _NETWORK or domain.lower().startswith("pyop")
    if is_code and operator not in _KNOWN.get(domain, ()):
        return Reach.CODE
    if domain in _RUNTIME:
        if operator == "EPContext":
            return Reach.COMPILED
        return Reach.UNKNOWN if operator in _REACHING else Reach.KNOWN
    return Reach.KNOWN if operator in _KNOWN.get(domain, ()) else Reach.UNKNOWN
