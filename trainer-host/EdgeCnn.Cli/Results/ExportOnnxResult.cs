namespace EdgeCnn.Cli.Results;

/// <summary>A float network that was written as ONNX.</summary>
/// <param name="FileBytes">Size of the file.</param>
/// <param name="Parameters">Values that training changes.</param>
/// <param name="OnnxPath">Where the file is.</param>
internal sealed record ExportOnnxResult(int FileBytes, int Parameters, string OnnxPath);
