using System;
using System.IO;
using System.Linq;
using EdgeCnn.Cli.Tests.Support;
using EdgeCnn.Managed;
using EdgeCnn.Trainer.Data;
using Xunit;

namespace EdgeCnn.Cli.Tests;

public sealed class ExportOnnxTests(TrainedModel trained) : IDisposable
{
    private readonly Scratch _scratch = new();

    /// <summary>There and back: the imported model gives the trained one's answers.</summary>
    [Fact]
    public void What_is_exported_can_be_imported_and_answers_the_same()
    {
        Dataset images = DrawnDigits.Draw(1, SmallRecipe.TrainingImages, 50);
        Directory.CreateDirectory(_scratch.At("examples"));
        byte[] header = NumpyHeader($"({images.Count}, 1, 28, 28)");
        float[] values = [.. images.Pixels.ToArray().Select(pixel => (pixel / 255f - 0.2f) / 0.25f)];
        _scratch.Write(Path.Combine("examples", "image.npy"), [.. header, .. values.SelectMany(BitConverter.GetBytes)]);

        Outcome exported = Tool.Run("export-onnx", trained.Float, "-o", _scratch.At("small.onnx"), "--json");
        Assert.True(exported.ExitCode == 0, exported.Error);
        Assert.Equal(new FileInfo(_scratch.At("small.onnx")).Length, exported.Json.GetProperty("fileBytes").GetInt32());
        Outcome imported = Tool.Run("import", _scratch.At("small.onnx"), "--calibrate", _scratch.At("examples"));
        Assert.True(imported.ExitCode == 0, imported.Error);

        using EdgeModel own = EdgeModel.Open(trained.Model), back = EdgeModel.Open(_scratch.At("small.ecnn"));
        int same = 0;
        for (int i = 0; i < images.Count; i++)
        {
            own.SetPixels(images.Image(i));
            own.Run();
            TensorInfo input = back.Inputs[0];
            Span<byte> bytes = back.Bytes(input);
            for (int k = 0; k < input.Elements; k++)
                bytes[k] = (byte)Math.Clamp((int)MathF.Round(values[i * input.Elements + k] / input.Scale) + input.ZeroPoint, -128, 127);
            back.Run();
            same += own.BestClass == back.BestClass ? 1 : 0;
        }
        Assert.InRange(same, 49, 50);
    }

    [Fact]
    public void The_folder_of_a_training_stands_for_its_float_network()
    {
        File.Copy(trained.Float, _scratch.At("model.ecfloat"));
        Outcome outcome = Tool.Run("export-onnx", _scratch.Folder);
        Assert.True(outcome.ExitCode == 0, outcome.Error);
        Assert.Equal(["model.ecfloat", "model.onnx"], _scratch.Entries);
        Assert.Contains(_scratch.At("model.onnx"), outcome.Output);
    }

    public void Dispose() => _scratch.Dispose();

    /// <summary>The header of a .npy file of single-precision numbers (numpy.org, "NPY format", version 1).</summary>
    private static byte[] NumpyHeader(string shape)
    {
        string text = $"{{'descr': '<f4', 'fortran_order': False, 'shape': {shape}, }}".PadRight(117) + "\n";
        return [0x93, .. "NUMPY"u8, 1, 0, .. BitConverter.GetBytes((ushort)text.Length), .. text.Select(c => (byte)c)];
    }
}
