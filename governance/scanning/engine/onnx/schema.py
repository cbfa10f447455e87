"""The messages of an ONNX model, after onnx-ml.proto of release 1.23 (IR version 14)."""

from __future__ import annotations

from governance.scanning.engine.protobuf.schema import schema

ONNX = schema(
    """
Model: 1 ir_version int, 2 producer_name text, 3 producer_version text, 4 domain text, 5 model_version int, 6 doc_string text, 7 graph Graph, 8 opset_import OperatorSetId*, 14 metadata_props Entry*, 20 training_info TrainingInfo*, 25 functions Function*, 26 configuration DeviceConfiguration*
Graph: 1 node Node*, 2 name text, 5 initializer Tensor*, 10 doc_string text, 11 input ValueInfo*, 12 output ValueInfo*, 13 value_info ValueInfo*, 14 quantization_annotation TensorAnnotation*, 15 sparse_initializer SparseTensor*, 16 metadata_props Entry*
OperatorSetId: 1 domain text, 2 version int
Entry: 1 key text, 2 value text
TrainingInfo: 1 initialization Graph, 2 algorithm Graph, 3 initialization_binding Entry*, 4 update_binding Entry*
Function: 1 name text, 4 input text*, 5 output text*, 6 attribute text*, 7 node Node*, 8 doc_string text, 9 opset_import OperatorSetId*, 10 domain text, 11 attribute_proto Attribute*, 12 value_info ValueInfo*, 13 overload text, 14 metadata_props Entry*
DeviceConfiguration: 1 name text, 2 num_devices int, 3 device text*
Node: 1 input text*, 2 output text*, 3 name text, 4 op_type text, 5 attribute Attribute*, 6 doc_string text, 7 domain text, 8 overload text, 9 metadata_props Entry*, 10 device_configurations NodeDeviceConfiguration*
Tensor: 1 dims int*, 2 data_type int, 3 segment Segment, 4 float_data f32*, 5 int32_data int*, 6 string_data bytes*, 7 int64_data int*, 8 name text, 9 raw_data bytes, 10 double_data f64*, 11 uint64_data int*, 12 doc_string text, 13 external_data Entry*, 14 data_location int, 16 metadata_props Entry*
ValueInfo: 1 name text, 2 type Type, 3 doc_string text, 4 metadata_props Entry*
TensorAnnotation: 1 tensor_name text, 2 quant_parameter_tensor_names Entry*
SparseTensor: 1 values Tensor, 2 indices Tensor, 3 dims int*
Attribute: 1 name text, 2 f f32, 3 i int, 4 s bytes, 5 t Tensor, 6 g Graph, 7 floats f32*, 8 ints int*, 9 strings bytes*, 10 tensors Tensor*, 11 graphs Graph*, 13 doc_string text, 14 tp Type, 15 type_protos Type*, 20 type int, 21 ref_attr_name text, 22 sparse_tensor SparseTensor, 23 sparse_tensors SparseTensor*
NodeDeviceConfiguration: 1 configuration_id text, 2 sharding_spec ShardingSpec*, 3 pipeline_stage int
Segment: 1 begin int, 2 end int
Type: 1 tensor_type TypeTensor, 4 sequence_type Sequence, 5 map_type MapType, 6 denotation text, 7 opaque_type Opaque, 8 sparse_tensor_type TypeSparseTensor, 9 optional_type OptionalType
ShardingSpec: 1 tensor_name text, 2 device int*, 3 index_to_device_group_map IntIntListEntry*, 4 sharded_dim ShardedDim*
TypeTensor: 1 elem_type int, 2 shape TensorShape
Sequence: 1 elem_type Type
MapType: 1 key_type int, 2 value_type Type
Opaque: 1 domain text, 2 name text
TypeSparseTensor: 1 elem_type int, 2 shape TensorShape
OptionalType: 1 elem_type Type
IntIntListEntry: 1 key int, 2 value int*
ShardedDim: 1 axis int, 2 simple_sharding SimpleShardedDim*
TensorShape: 1 dim Dimension*
SimpleShardedDim: 1 dim_value int, 2 dim_param text, 3 num_shards int
Dimension: 1 dim_value int, 2 dim_param text, 3 denotation text
""",
    detached=frozenset(
        {"Node", "Tensor", "Graph", "Function", "ValueInfo", "TrainingInfo", "SparseTensor"}
    ),
)
