"""The messages of Core ML models, after the definitions of coremltools 9.

Layers and classical models that are nothing but numbers stand as bytes: nobody looks into them here. What may hold other
models, programs, names of files or of classes is described.
"""

from __future__ import annotations

from governance.scanning.engine.protobuf.schema import schema

COREML = schema(
    """
Model: 1 specificationVersion int, 2 description ModelDescription, 10 isUpdatable int, 200 pipelineClassifier PipelineClassifier, 201 pipelineRegressor PipelineRegressor, 202 pipeline Pipeline, 300 glmRegressor bytes, 301 supportVectorRegressor bytes, 302 treeEnsembleRegressor bytes, 303 neuralNetworkRegressor NeuralNetworkRegressor, 304 bayesianProbitRegressor bytes, 400 glmClassifier bytes, 401 supportVectorClassifier bytes, 402 treeEnsembleClassifier bytes, 403 neuralNetworkClassifier NeuralNetworkClassifier, 404 kNearestNeighborsClassifier KNearestNeighborsClassifier, 500 neuralNetwork NeuralNetwork, 501 itemSimilarityRecommender bytes, 502 mlProgram Program, 555 customModel CustomModel, 556 linkedModel LinkedModel, 560 classConfidenceThresholding bytes, 600 oneHotEncoder bytes, 601 imputer bytes, 602 featureVectorizer bytes, 603 dictVectorizer bytes, 604 scaler bytes, 606 categoricalMapping bytes, 607 normalizer bytes, 609 arrayFeatureExtractor bytes, 610 nonMaximumSuppression bytes, 900 identity bytes, 2000 textClassifier TextClassifier, 2001 wordTagger WordTagger, 2002 visionFeaturePrint VisionFeaturePrint, 2003 soundAnalysisPreprocessing SoundAnalysisPreprocessing, 2004 gazetteer Gazetteer, 2005 wordEmbedding WordEmbedding, 2006 audioFeaturePrint AudioFeaturePrint, 3000 serializedModel SerializedModel
ModelDescription: 1 input FeatureDescription*, 10 output FeatureDescription*, 11 predictedFeatureName text, 12 predictedProbabilitiesName text, 13 state FeatureDescription*, 20 functions FunctionDescription*, 21 defaultFunctionName text, 50 trainingInput FeatureDescription*, 100 metadata Metadata
PipelineClassifier: 1 pipeline Pipeline
PipelineRegressor: 1 pipeline Pipeline
Pipeline: 1 models Model*, 2 names text*
NeuralNetworkRegressor: 1 layers NeuralNetworkLayer*, 2 preprocessing bytes*, 5 arrayInputShapeMapping int, 6 imageInputShapeMapping int, 10 updateParams bytes
NeuralNetworkClassifier: 1 layers NeuralNetworkLayer*, 2 preprocessing bytes*, 5 arrayInputShapeMapping int, 6 imageInputShapeMapping int, 10 updateParams bytes, 100 stringClassLabels bytes, 101 int64ClassLabels bytes, 200 labelProbabilityLayerName text
KNearestNeighborsClassifier: 1 nearestNeighborsIndex bytes, 3 numberOfNeighbors bytes, 100 stringClassLabels bytes, 101 int64ClassLabels bytes, 110 defaultStringLabel text, 111 defaultInt64Label int, 200 uniformWeighting bytes, 210 inverseDistanceWeighting bytes
NeuralNetwork: 1 layers NeuralNetworkLayer*, 2 preprocessing bytes*, 5 arrayInputShapeMapping int, 6 imageInputShapeMapping int, 10 updateParams bytes
Program: 1 version int, 2 functions Program.FunctionsEntry*, 3 docString text, 4 attributes Program.AttributesEntry*
CustomModel: 10 className text, 30 parameters CustomModel.ParametersEntry*, 40 description text
LinkedModel: 1 linkedModelFile LinkedModelFile
TextClassifier: 1 revision int, 10 language text, 100 modelParameterData bytes, 200 stringClassLabels bytes
WordTagger: 1 revision int, 10 language text, 20 tokensOutputFeatureName text, 21 tokenTagsOutputFeatureName text, 22 tokenLocationsOutputFeatureName text, 23 tokenLengthsOutputFeatureName text, 100 modelParameterData bytes, 200 stringTags bytes
VisionFeaturePrint: 20 scene VisionFeaturePrint.Scene, 21 objects VisionFeaturePrint.Objects
SoundAnalysisPreprocessing: 20 vggish SoundAnalysisPreprocessing.Vggish
Gazetteer: 1 revision int, 10 language text, 100 modelParameterData bytes, 200 stringClassLabels bytes
WordEmbedding: 1 revision int, 10 language text, 100 modelParameterData bytes
AudioFeaturePrint: 20 sound AudioFeaturePrint.Sound
SerializedModel: 1 identifier text, 2 model bytes
FeatureDescription: 1 name text, 2 shortDescription text, 3 type bytes
FunctionDescription: 1 name text, 2 input FeatureDescription*, 3 output FeatureDescription*, 4 predictedFeatureName text, 5 predictedProbabilitiesName text, 6 state FeatureDescription*
Metadata: 1 shortDescription text, 2 versionString text, 3 author text, 4 license text, 100 userDefined Metadata.UserDefinedEntry*
NeuralNetworkLayer: 1 name text, 2 input text*, 3 output text*, 4 inputTensor bytes*, 5 outputTensor bytes*, 10 isUpdatable int, 100 convolution bytes, 120 pooling bytes, 130 activation bytes, 140 innerProduct bytes, 150 embedding bytes, 160 batchnorm bytes, 165 mvn bytes, 170 l2normalize bytes, 175 softmax bytes, 180 lrn bytes, 190 crop bytes, 200 padding bytes, 210 upsample bytes, 211 resizeBilinear bytes, 212 cropResize bytes, 220 unary bytes, 230 add bytes, 231 multiply bytes, 240 average bytes, 245 scale bytes, 250 bias bytes, 260 max bytes, 261 min bytes, 270 dot bytes, 280 reduce bytes, 290 loadConstant bytes, 300 reshape bytes, 301 flatten bytes, 310 permute bytes, 320 concat bytes, 330 split bytes, 340 sequenceRepeat bytes, 345 reorganizeData bytes, 350 slice bytes, 400 simpleRecurrent bytes, 410 gru bytes, 420 uniDirectionalLSTM bytes, 430 biDirectionalLSTM bytes, 500 custom CustomLayerParams, 600 copy bytes, 605 branch BranchLayerParams, 615 loop LoopLayerParams, 620 loopBreak bytes, 625 loopContinue bytes, 635 rangeStatic bytes, 640 rangeDynamic bytes, 660 clip bytes, 665 ceil bytes, 670 floor bytes, 680 sign bytes, 685 round bytes, 700 exp2 bytes, 710 sin bytes, 715 cos bytes, 720 tan bytes, 730 asin bytes, 735 acos bytes, 740 atan bytes, 750 sinh bytes, 755 cosh bytes, 760 tanh bytes, 770 asinh bytes, 775 acosh bytes, 780 atanh bytes, 790 erf bytes, 795 gelu bytes, 815 equal bytes, 820 notEqual bytes, 825 lessThan bytes, 827 lessEqual bytes, 830 greaterThan bytes, 832 greaterEqual bytes, 840 logicalOr bytes, 845 logicalXor bytes, 850 logicalNot bytes, 855 logicalAnd bytes, 865 modBroadcastable bytes, 870 minBroadcastable bytes, 875 maxBroadcastable bytes, 880 addBroadcastable bytes, 885 powBroadcastable bytes, 890 divideBroadcastable bytes, 895 floorDivBroadcastable bytes, 900 multiplyBroadcastable bytes, 905 subtractBroadcastable bytes, 920 tile bytes, 925 stack bytes, 930 gather bytes, 935 scatter bytes, 940 gatherND bytes, 945 scatterND bytes, 950 softmaxND bytes, 952 gatherAlongAxis bytes, 954 scatterAlongAxis bytes, 960 reverse bytes, 965 reverseSeq bytes, 975 splitND bytes, 980 concatND bytes, 985 transpose bytes, 995 sliceStatic bytes, 1000 sliceDynamic bytes, 1005 slidingWindows bytes, 1015 topK bytes, 1020 argMin bytes, 1025 argMax bytes, 1040 embeddingND bytes, 1045 batchedMatmul bytes, 1065 getShape bytes, 1070 loadConstantND bytes, 1080 fillLike bytes, 1085 fillStatic bytes, 1090 fillDynamic bytes, 1100 broadcastToLike bytes, 1105 broadcastToStatic bytes, 1110 broadcastToDynamic bytes, 1120 squeeze bytes, 1125 expandDims bytes, 1130 flattenTo2D bytes, 1135 reshapeLike bytes, 1140 reshapeStatic bytes, 1145 reshapeDynamic bytes, 1150 rankPreservingReshape bytes, 1155 constantPad bytes, 1170 randomNormalLike bytes, 1175 randomNormalStatic bytes, 1180 randomNormalDynamic bytes, 1190 randomUniformLike bytes, 1195 randomUniformStatic bytes, 1200 randomUniformDynamic bytes, 1210 randomBernoulliLike bytes, 1215 randomBernoulliStatic bytes, 1220 randomBernoulliDynamic bytes, 1230 categoricalDistribution bytes, 1250 reduceL1 bytes, 1255 reduceL2 bytes, 1260 reduceMax bytes, 1265 reduceMin bytes, 1270 reduceSum bytes, 1275 reduceProd bytes, 1280 reduceMean bytes, 1285 reduceLogSum bytes, 1290 reduceSumSquare bytes, 1295 reduceLogSumExp bytes, 1313 whereNonZero bytes, 1315 matrixBandPart bytes, 1320 lowerTriangular bytes, 1325 upperTriangular bytes, 1330 whereBroadcastable bytes, 1350 layerNormalization bytes, 1400 NonMaximumSuppression bytes, 1450 oneHot bytes, 1455 cumSum bytes, 1460 clampedReLU bytes, 1461 argSort bytes, 1465 pooling3d bytes, 1466 globalPooling3d bytes, 1470 sliceBySize bytes, 1471 convolution3d bytes
Program.FunctionsEntry: 1 key text, 2 value Function
Program.AttributesEntry: 1 key text, 2 value Value
CustomModel.ParametersEntry: 1 key text, 2 value CustomModel.CustomModelParamValue
LinkedModelFile: 1 linkedModelFileName StringParameter, 2 linkedModelSearchPath StringParameter
VisionFeaturePrint.Scene: 1 version int
VisionFeaturePrint.Objects: 1 version int, 100 output text*
SoundAnalysisPreprocessing.Vggish:
AudioFeaturePrint.Sound: 1 version int
Metadata.UserDefinedEntry: 1 key text, 2 value text
CustomLayerParams: 10 className text, 20 weights bytes*, 30 parameters CustomLayerParams.ParametersEntry*, 40 description text
BranchLayerParams: 1 ifBranch NeuralNetwork, 2 elseBranch NeuralNetwork
LoopLayerParams: 1 maxLoopIterations int, 2 conditionVar text, 3 conditionNetwork NeuralNetwork, 4 bodyNetwork NeuralNetwork
Function: 1 inputs NamedValueType*, 2 opset text, 3 block_specializations Function.BlockSpecializationsEntry*, 4 attributes Function.AttributesEntry*
Value: 1 docString text, 2 type ValueType, 3 immediateValue Value.ImmediateValue, 5 blobFileValue Value.BlobFileValue
CustomModel.CustomModelParamValue: 10 doubleValue f64, 20 stringValue text, 30 intValue int, 40 longValue int, 50 boolValue int, 60 bytesValue bytes
StringParameter: 1 defaultValue text
CustomLayerParams.ParametersEntry: 1 key text, 2 value CustomLayerParams.CustomLayerParamValue
NamedValueType: 1 name text, 2 type ValueType
Function.BlockSpecializationsEntry: 1 key text, 2 value Block
Function.AttributesEntry: 1 key text, 2 value Value
ValueType: 1 tensorType TensorType, 2 listType ListType, 3 tupleType TupleType, 4 dictionaryType DictionaryType, 5 stateType StateType
Value.ImmediateValue: 1 tensor TensorValue, 2 tuple TupleValue, 3 list ListValue, 4 dictionary DictionaryValue
Value.BlobFileValue: 1 fileName text, 2 offset int
CustomLayerParams.CustomLayerParamValue: 10 doubleValue f64, 20 stringValue text, 30 intValue int, 40 longValue int, 50 boolValue int
Block: 1 inputs NamedValueType*, 2 outputs text*, 3 operations Operation*, 4 attributes Block.AttributesEntry*
TensorType: 1 dataType int, 2 rank int, 3 dimensions Dimension*, 4 attributes TensorType.AttributesEntry*
ListType: 1 type ValueType, 2 length Dimension
TupleType: 1 types ValueType*
DictionaryType: 1 keyType ValueType, 2 valueType ValueType
StateType: 1 wrappedType ValueType
TensorValue: 1 floats TensorValue.RepeatedFloats, 2 ints TensorValue.RepeatedInts, 3 bools TensorValue.RepeatedBools, 4 strings TensorValue.RepeatedStrings, 5 longInts TensorValue.RepeatedLongInts, 6 doubles TensorValue.RepeatedDoubles, 7 bytes TensorValue.RepeatedBytes
TupleValue: 1 values Value*
ListValue: 1 values Value*
DictionaryValue: 1 values DictionaryValue.KeyValuePair*
Operation: 1 type text, 2 inputs Operation.InputsEntry*, 3 outputs NamedValueType*, 4 blocks Block*, 5 attributes Operation.AttributesEntry*
Block.AttributesEntry: 1 key text, 2 value Value
Dimension: 1 constant Dimension.ConstantDimension, 2 unknown Dimension.UnknownDimension
TensorType.AttributesEntry: 1 key text, 2 value Value
TensorValue.RepeatedFloats: 1 values f32*
TensorValue.RepeatedInts: 1 values int*
TensorValue.RepeatedBools: 1 values int*
TensorValue.RepeatedStrings: 1 values text*
TensorValue.RepeatedLongInts: 1 values int*
TensorValue.RepeatedDoubles: 1 values f64*
TensorValue.RepeatedBytes: 1 values bytes
DictionaryValue.KeyValuePair: 1 key Value, 2 value Value
Operation.InputsEntry: 1 key text, 2 value Argument
Operation.AttributesEntry: 1 key text, 2 value Value
Dimension.ConstantDimension: 1 size int
Dimension.UnknownDimension: 1 variadic int
Argument: 1 arguments Argument.Binding*
Argument.Binding: 1 name text, 2 value Value
""",
    detached=frozenset({"Model", "NeuralNetworkLayer", "Operation", "Block", "Value"}),
)
