namespace EdgeCnn.Trainer.Export.Onnx;

/// <summary>A tensor of the network in an ONNX graph.</summary>
/// <param name="Name">What the graph calls it.</param>
/// <param name="Shape">Its shape in the network.</param>
/// <param name="IsFlat">Whether it is N×C there and not N×C×H×W.</param>
internal readonly record struct OnnxPlace(string Name, Shape Shape, bool IsFlat)
{
    /// <summary>Its dimensions there, without the batch.</summary>
    public int[] Dimensions => IsFlat ? [Shape.Length] : [Shape.Channels, Shape.Height, Shape.Width];
}
