"""Custom operators of TensorFlow Lite: those in common use, and TensorFlow's own carried over."""

from __future__ import annotations

import re

from governance.scanning.engine import rules
from governance.scanning.engine.rules import Rule
from governance.scanning.engine.tensorflow import operators as tensorflow
from governance.scanning.engine.verdict import Verdict
from governance.scanning.engine.words import words

BUILTIN_LAST = 255
"""The last number in release 2.21 is 209; some room for those to come."""
CUSTOM = 32
_KNOWN = words("""
    TFLite_Detection_PostProcess AudioSpectrogram Mfcc MaxPoolingWithArgmax2D MaxUnpooling2D Convolution2DTransposeBias
    Landmarks2TransformMatrix TransformTensorBilinear TransformLandmarks Landmarks2TransformMatrixV2 NumericVerify
    RandomUniform RandomStandardNormal Multinomial RFFT2D Rfft2d Irfft2d Roll Atan2 Sign Cumsum SegmentSum UnsortedSegmentProd
    UnsortedSegmentMax UnsortedSegmentMin UnsortedSegmentSum HashTable HashTableFind HashTableImport HashTableSize
    TFSentencepieceTokenizeOp TFSentencepieceDetokenizeOp StridedSliceGrad NgramsOp StringNGrams RaggedTensorToTensor
    RaggedRange RaggedGather TFLite_FFT2D Conv3D Conv3DTranspose LocalResponseNorm ExtractFeatures Predict Normalize
    PoolingWithArgmax2D LayerNormLstm UnidirectionalSequenceGru AssignVariable ReadVariable VarHandle CallOnce SqueezeV2
    odml.update_kv_cache odml.update_external_kv_cache odml.scaled_dot_product_attention odml.rms_norm odml.group_norm
    odml.upsample_nearest2d odml.embedding_lookup GenAIExternalKVCache StablehloComposite Signal BroadcastGradientArgs
    ReduceWindow ComplexAbs Real Imag Bucketize DenseBincount SignalRfft SignalIrfft SignalFramer SignalOverlapAdd
    SignalWindow SignalPCAN SignalFilterBank SignalFilterBankLog SignalFilterBankSquareRoot SignalFilterBankSpectralSubtraction
    SignalEnergy SignalDelay SignalFftAutoScale SignalStacker CircularBuffer CIRCULAR_BUFFER AudioMicrofrontend""")
_LIBRARIES = re.compile(r"(?:tftext|TFText|tfl?_text|mediapipe|MediaPipe)[:>.][A-Za-z0-9_]+\Z")
_COMPILED = re.compile(r"edgetpu-custom-op|ethos-u|ETHOSU|vsi-npu|NeuronOp|DarwiNN|qnn|QNN|DISPATCH_OP|neuron", re.IGNORECASE)  # fmt: skip


def opinion(name: str) -> tuple[Rule, str] | None:
    """What speaks against a custom operator; None when nothing does."""
    if name in _KNOWN or _LIBRARIES.match(name):
        return None
    if _COMPILED.match(name):
        return rules.tflite.TFL_COMPILED, "is a program compiled for one kind of chip"
    is_flex = name.startswith("Flex")
    found = tensorflow.opinion(name.removeprefix("Flex") if is_flex else name)
    if is_flex and found is None:
        return None
    if found is not None and found.rule.verdict is Verdict.DANGEROUS:
        return rules.tflite.TFL_CODE, found.what
    return rules.tflite.TFL_OPERATOR, "is none of TensorFlow Lite's own" if not is_flex or found is None else found.what  # fmt: skip
