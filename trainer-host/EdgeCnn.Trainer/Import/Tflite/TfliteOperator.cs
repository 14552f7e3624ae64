namespace EdgeCnn.Trainer.Import.Tflite;

/// <summary>Builtin operators of the TensorFlow Lite schema, by number; those that this project has a word about.</summary>
public enum TfliteOperator
{
#pragma warning disable CS1591 // The names are the schema's and speak for themselves.
    Add = 0, AveragePool2D = 1, Concatenation = 2, Conv2D = 3, DepthwiseConv2D = 4, DepthToSpace = 5, Dequantize = 6,
    FullyConnected = 9, L2Normalization = 11, Logistic = 14, MaxPool2D = 17, Mul = 18, Relu = 19, ReluN1To1 = 20, Relu6 = 21,
    Reshape = 22, ResizeBilinear = 23, Softmax = 25, SpaceToDepth = 26, Tanh = 28, Pad = 34, Transpose = 39, Mean = 40, Sub = 41,
    Squeeze = 43, StridedSlice = 45, Split = 49, LogSoftmax = 50, Cast = 53, Prelu = 54, Maximum = 55, ArgMax = 56, Minimum = 57,
    PadV2 = 60, Slice = 65, TransposeConv = 67, ExpandDims = 70, Sum = 74, Shape = 77, ArgMin = 79, ReduceMax = 82, Pack = 83,
    Unpack = 88, ReduceMin = 89, ResizeNearestNeighbor = 97, LeakyRelu = 98, SquaredDifference = 99, MirrorPad = 100, SplitV = 102,
    Elu = 111, Quantize = 114, HardSwish = 117, BatchMatMul = 126, Conv3D = 132,
#pragma warning restore CS1591
}
