"""Names that Keras itself brings, of version 3.15 and of those before it. Everything else is somebody's own code.

A class stands here when making it from its configuration reads nothing but that configuration. A function stands here
when it only computes with tensors.
"""

from __future__ import annotations

from governance.scanning.engine.words import words

CLASSES = words("""
    AUC AWQConfig AWQDTypePolicy AbsMaxQuantizer Accuracy Activation ActivityRegularization Adadelta
    Adafactor Adagrad Adam AdamExperimental AdamW Adamax AdaptiveAveragePooling1D
    AdaptiveAveragePooling2D AdaptiveAveragePooling3D AdaptiveMaxPooling1D AdaptiveMaxPooling2D
    AdaptiveMaxPooling3D Add AdditiveAttention AlphaDropout Attention AugMix AutoContrast Average
    AveragePooling1D AveragePooling2D AveragePooling3D AvgPool1D AvgPool2D AvgPool3D BatchNormalization
    BatchNormalizationV1 BatchNormalizationV2 Bidirectional BinaryAccuracy BinaryCrossentropy
    BinaryFocalCrossentropy BinaryIoU CTC CategoricalAccuracy CategoricalCrossentropy
    CategoricalFocalCrossentropy CategoricalGeneralizedCrossEntropy CategoricalHinge CategoryEncoding
    CenterCrop Circle CompileLoss CompileMetrics CompositeTensor Concatenate ConcordanceCorrelation
    Constant Constraint ContrastLimitedAdaptiveHistogramEqualization Conv1D Conv1DTranspose Conv2D
    Conv2DTranspose Conv3D Conv3DTranspose ConvLSTM1D ConvLSTM2D ConvLSTM2DCell ConvLSTM3D ConvRNN2D
    Convolution1D Convolution1DTranspose Convolution2D Convolution2DTranspose Convolution3D
    Convolution3DTranspose CosineDecay CosineDecayRestarts CosineSimilarity Cropping1D Cropping2D
    Cropping3D CuDNNGRU CuDNNLSTM CutMix DTypePolicy DTypePolicyMap DefaultDenseQuantizeConfig Dense
    DenseFeatures DepthwiseConv1D DepthwiseConv2D Dice Discretization Dot Dropout DynamicLossScale ELU
    EinsumDense Embedding Equalization ExperimentalRandomFourierFeatures ExponentialDecay F1Score
    FBetaScore FalseNegatives FalsePositives FixedLossScale Flatten Float8QuantizationConfig
    FloatDTypePolicy Ftrl Functional GPTQConfig GPTQDTypePolicy GRU GRUCell GaussianDropout
    GaussianNoise GlobalAveragePooling1D GlobalAveragePooling2D GlobalAveragePooling3D GlobalAvgPool1D
    GlobalAvgPool2D GlobalAvgPool3D GlobalMaxPool1D GlobalMaxPool2D GlobalMaxPool3D GlobalMaxPooling1D
    GlobalMaxPooling2D GlobalMaxPooling3D GlorotNormal GlorotUniform GroupNormalization
    GroupQueryAttention HashedCrossing Hashing HeNormal HeUniform Hinge Huber Identity
    IdentityInitializer Initializer InputLayer InputSpec Int4DTypePolicy Int4QuantizationConfig
    Int8QuantizationConfig IntegerLookup InverseTimeDecay IoU KLD KLDivergence KerasTensor L1 L1L2 L2
    LSTM LSTMCell Lamb Layer LayerNormalization LayerNormalizationV1 LeakyReLU LearningRateSchedule
    LecunNormal LecunUniform LinearModel Lion ListWrapper LocallyConnected1D LocallyConnected2D LogCosh
    LogCoshError Loss LossFunctionWrapper LossScaleOptimizer LossScaleOptimizerV1 LossScaleOptimizerV3
    LossesContainer MAE MAPE MSE MSLE Masking MaxNorm MaxNumBoundingBoxes MaxPool1D MaxPool2D MaxPool3D
    MaxPooling1D MaxPooling2D MaxPooling3D Maximum Mean MeanAbsoluteError MeanAbsolutePercentageError
    MeanIoU MeanMetricWrapper MeanRelativeError MeanSquaredError MeanSquaredLogarithmicError MeanTensor
    MelSpectrogram Metric MetricsContainer MetricsList MinMaxNorm Minimum MixUp Model MovingMean
    MultiHeadAttention MultiOptimizer Multiply Muon Nadam Network NonCastingFloatDTypePolicy NonNeg
    Normalization OneHotIoU OneHotMeanIoU Ones Optimizer OptimizerMap Orthogonal OrthogonalInitializer
    OrthogonalRegularizer PReLU PearsonCorrelation PeepholeLSTMCell Permute PiecewiseConstantDecay
    Pipeline Poisson Policy PolicyV1 PolynomialDecay Precision PrecisionAtRecall PruneLowMagnitude
    QuantizationConfig Quantize QuantizeAnnotate QuantizeLayer QuantizeWrapper QuantizeWrapperV2
    QuantizedDTypePolicy QuantizedFloat8DTypePolicy Quantizer R2Score RMSNormalization RMSprop
    RMSpropExperimental RNN RadialConstraint RandAugment RandomBrightness RandomColorDegeneration
    RandomColorJitter RandomContrast RandomCrop RandomElasticTransform RandomErasing RandomFlip
    RandomFourierFeatures RandomGaussianBlur RandomGrayscale RandomHeight RandomHue RandomInvert
    RandomNormal RandomPerspective RandomPosterization RandomRotation RandomSaturation RandomSharpness
    RandomShear RandomTranslation RandomUniform RandomWidth RandomZoom ReLU Recall RecallAtPrecision
    Regularizer RepeatVector Rescaling Reshape Resizing ReversibleEmbedding RootMeanSquaredError SGD
    STFT STFTInitializer STFTSpectrogram ScheduleFreeAdamW SeedGenerator SensitivityAtSpecificity
    SeparableConv1D SeparableConv2D SeparableConvolution1D SeparableConvolution2D Sequential SimpleRNN
    SimpleRNNCell SlicingOpLambda Softmax Solarization SparseCategoricalAccuracy
    SparseCategoricalCrossentropy SparseTopKCategoricalAccuracy SpatialDropout1D SpatialDropout2D
    SpatialDropout3D SpecificityAtSensitivity SpectralNormalization SquaredHinge StackedRNNCells
    StringLookup Subtract Sum SumOverBatchSize SumOverBatchSizeMetricWrapper SyncBatchNormalization
    TFOptimizer TensorShape TextVectorization ThresholdedReLU TimeDistributed TopKCategoricalAccuracy
    TrueNegatives TruePositives TruncatedNormal Tversky UnitNorm UnitNormalization UpSampling1D
    UpSampling2D UpSampling3D VarianceScaling WideDeepModel Wrapper ZeroPadding1D ZeroPadding2D
    ZeroPadding3D Zeros
""")
"""Layers, models, optimizers, losses, metrics, initializers, regularizers, constraints and data types."""

FUNCTIONS = words("""
    BCE KLD MAE MAPE MSE MSLE acc accuracy bce binary_accuracy binary_crossentropy
    binary_focal_crossentropy categorical_accuracy categorical_crossentropy
    categorical_focal_crossentropy categorical_generalized_cross_entropy categorical_hinge ce celu
    circle concordance_correlation constant cosine cosine_proximity cosine_similarity crossentropy ctc
    dice elu exponential gelu glorot_normal glorot_uniform glu hard_shrink hard_sigmoid hard_silu
    hard_swish hard_tanh he_normal he_uniform hinge huber identity kl_divergence kld
    kullback_leibler_divergence l1 l1_l2 l2 leaky_relu lecun_normal lecun_uniform linear log_cosh
    log_sigmoid log_softmax logcosh mae mape max_norm mean_absolute_error mean_absolute_percentage_error
    mean_squared_error mean_squared_logarithmic_error min_max_norm mish mse msle non_neg normal one ones
    orthogonal orthogonal_regularizer pearson_correlation poisson random_normal random_uniform relu
    relu6 selu sigmoid silu soft_shrink softmax softplus softsign sparse_categorical_accuracy
    sparse_categorical_crossentropy sparse_plus sparse_sigmoid sparse_top_k_categorical_accuracy
    sparsemax squared_hinge squareplus stft swish tanh tanh_shrink threshold top_k_categorical_accuracy
    truncated_normal tversky uniform unit_norm variance_scaling zero zeros
""")
"""Activations, losses and metrics, which a configuration names without their module."""

OPERATIONS = words("""
    abs absolute adaptive_average_pool adaptive_max_pool add affine_transform all allclose amax amin
    angle any append arange arccos arccosh arcsin arcsinh arctan arctan2 arctanh argmax argmin
    argpartition argsort array array_split associative_scan average average_pool bartlett
    batch_normalization beta binary_crossentropy bincount binomial bitwise_and bitwise_invert
    bitwise_left_shift bitwise_not bitwise_or bitwise_right_shift bitwise_xor blackman broadcast_to cast
    categorical categorical_crossentropy cbrt cdist ceil celu cholesky cholesky_inverse clip concatenate
    cond conj conjugate conv conv_transpose convert_to_tensor copy corrcoef correlate cos cosh
    count_nonzero crop_images cross ctc_decode ctc_loss cumprod cumsum deg2rad depth_to_space
    depthwise_conv det diag diagflat diagonal diff digitize divide divide_no_nan dot
    dot_product_attention dropout dsplit dstack dtype eig eigh einsum elastic_transform elu empty
    empty_like equal erf erfc erfinv exp exp2 expand_dims expm1 extract_patches extract_patches_3d
    extract_sequences eye fabs fft fft2 flip fliplr flipud floor floor_divide fmax fmin fmod fold
    fori_loop full full_like gamma gaussian_blur gcd gelu geomspace get_item glu greater greater_equal
    hamming hanning hard_shrink hard_sigmoid hard_silu hard_swish hard_tanh heaviside histogram hsplit
    hstack hsv_to_rgb hypot i0 identity ifft2 imag in_top_k inner inv irfft is_tensor isclose isfinite
    isin isinf isnan isneginf isposinf isreal istft jvp kaiser kron layer_normalization lcm ldexp
    leaky_relu left_shift less less_equal linspace log log10 log1p log2 log_sigmoid log_softmax
    logaddexp logaddexp2 logdet logical_and logical_not logical_or logical_xor logspace logsumexp lstsq
    lu_factor map map_coordinates matmul matrix_rank max max_pool maximum mean median meshgrid min
    minimum mod moments moveaxis multi_hot multiply nan_to_num nanargmax nanargmin nancumprod nancumsum
    nanmax nanmean nanmedian nanmin nanpercentile nanprod nanquantile nanstd nansum nanvar ndim negative
    nextafter nonzero norm normal normalize not_equal one_hot ones ones_like outer pad pad_images
    percentile perspective_transform pinv polar power prod psnr ptp qr quantile rad2deg randint ravel
    real rearrange reciprocal relu relu6 repeat reshape resize rfft rgb_to_grayscale rgb_to_hsv
    right_shift rms_normalization roll rot90 round rsqrt saturate_cast scale_and_translate scan scatter
    scatter_update searchsorted segment_max segment_min segment_prod segment_sum select selu
    separable_conv shape shuffle sigmoid sign signbit silu sin sinc sinh size slice slice_update slogdet
    sobel_edges soft_shrink softmax softplus softsign solve solve_triangular sort space_to_depth
    sparse_categorical_crossentropy sparse_plus sparse_sigmoid sparsemax split sqrt square squareplus
    squeeze ssim stack std stft stop_gradient subtract sum svd swapaxes swish switch take
    take_along_axis tan tanh tanh_shrink tensordot threshold tile top_k trace transpose trapezoid tri
    tril triu true_divide trunc truncated_normal unfold uniform unique unravel_index unstack vander var
    vdot vectorized_map view view_as_complex view_as_real vsplit vstack where while_loop zeros
    zeros_like
""")
"""Of keras.ops and keras.random."""

OPERATION_CLASSES = words("""
    Abs Absolute AdaptiveAveragePool AdaptiveMaxPool Add AffineTransform All AllClose Amax Amin Angle
    Any Append Arange Arccos Arccosh Arcsin Arcsinh Arctan Arctan2 Arctanh Argmax Argmin Argpartition
    Argsort Array ArraySplit AssociativeScan Average AveragePool BatchNorm BinaryCrossentropy Bincount
    BitwiseAnd BitwiseInvert BitwiseLeftShift BitwiseNot BitwiseOr BitwiseRightShift BitwiseXor
    BroadcastTo CDist CTCDecode CTCLoss Cast CategoricalCrossentropy Cbrt Ceil Celu Cholesky
    CholeskyInverse Clip Concatenate Cond Conj Conjugate Conv ConvTranspose ConvertToTensor Copy
    Corrcoef Correlate Cos Cosh CountNonzero CropImages Cross Cumprod Cumsum Deg2rad DepthToSpace
    DepthwiseConv Det Diag Diagflat Diagonal Diff Digitize Divide DivideNoNan Dot DotProductAttention
    Dsplit Dstack Eig Eigh Einsum ElasticTransform Elu EmptyLike Equal Erf Erfc Erfinv Exp Exp2
    ExpandDims Expm1 ExtractPatches ExtractSequences FFT FFT2 Fabs Flip Fliplr Flipud Floor FloorDivide
    Fmax Fmin Fmod Fold ForiLoop Full FullLike GaussianBlur Gcd Gelu Geomspace GetItem Glu Greater
    GreaterEqual HSVToRGB HardShrink HardSigmoid HardSilu HardTanh Heaviside Histogram Hsplit Hstack
    Hypot I0 IFFT2 IRFFT ISTFT Imag InTopK Inner Inv IsIn Isclose Isfinite Isinf Isnan Isneginf Isposinf
    Isreal JVP Kron LayerNorm Lcm Ldexp LeakyRelu LeftShift Less LessEqual Linspace Log Log10 Log1p Log2
    LogSigmoid LogSoftmax Logaddexp Logaddexp2 Logdet LogicalAnd LogicalNot LogicalOr LogicalXor
    Logspace Logsumexp Lstsq LuFactor Map MapCoordinates Matmul MatrixRank Max MaxPool Maximum Mean
    Median Meshgrid Min Minimum Mod Moments Moveaxis MultiHot Multiply NanToNum Nanargmax Nanargmin
    Nancumprod Nancumsum Nanmax Nanmean Nanmedian Nanmin Nanpercentile Nanprod Nanquantile Nanstd Nansum
    Nanvar Ndim Negative Nextafter Nonzero Norm Normalize NotEqual OneHot OnesLike Outer PSNR Pad
    PadImages Percentile PerspectiveTransform Pinv Polar Power Prod Ptp Qr Quantile RFFT RGBToGrayscale
    RGBToHSV RMSNorm Rad2deg Ravel Real Rearrange Reciprocal Relu Relu6 Repeat Reshape Resize RightShift
    Roll Rot90 Round Rsqrt SSIM STFT SVD SaturateCast ScaleAndTranslate Scan Scatter ScatterUpdate
    SearchSorted SegmentMax SegmentMin SegmentProd SegmentReduction SegmentSum Select Selu SeparableConv
    Sigmoid Sign Signbit Silu Sin Sinc Sinh Size Slice SliceUpdate Slogdet SobelEdges SoftShrink Softmax
    Softplus Softsign Solve SolveTriangular Sort SpaceToDepth SparseCategoricalCrossentropy SparsePlus
    SparseSigmoid Sparsemax Split Sqrt Square Squareplus Squeeze Stack Std StopGradient Subtract Sum
    Swapaxes Switch Take TakeAlongAxis Tan Tanh TanhShrink Tensordot Threshold Tile TopK Trace Transpose
    Trapezoid Tril Triu TrueDivide Trunc Unfold Unique UnravelIndex Unstack Vander Var Vdot
    VectorizedMap View ViewAsComplex ViewAsReal Vsplit Vstack Where WhileLoop ZerosLike
""")
"""What operations become when a functional model is written down."""
