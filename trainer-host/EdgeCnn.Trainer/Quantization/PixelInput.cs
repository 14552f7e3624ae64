using System.Collections.Generic;
using System.Linq;
using EdgeCnn.Trainer.Data;
using EdgeCnn.Trainer.Export;

namespace EdgeCnn.Trainer.Quantization;

/// <summary>The input of a model that takes pixels: int8, a step for each of a pixel's 256 values.</summary>
internal static class PixelInput
{
    /// <summary>Covers exactly what pixels 0 … 255 become.</summary>
    public static QuantizationParameters Quantization(Normalization normalization)
    {
        IEnumerable<double> whites = normalization.Scale.Zip(normalization.Offset, (scale, offset) => 255 * scale + offset);
        double[] ends = [.. normalization.Offset, .. whites];
        return QuantizationParameters.Covering(ends.Min(), ends.Max());
    }

    /// <summary>Adds the tensor and its description.</summary>
    public static void Add(IntegerModel model, Shape image, Normalization normalization)
    {
        QuantizationParameters input = Quantization(normalization);
        model.Tensors.Add(new IntegerTensor(OperatorForm.ImageDimensions(image), input));
        PixelScaling? pixels = image.Channels > IORecord.MaxChannels
            ? null
            : PixelScaling.Of(normalization.Scale, normalization.Offset, input);
        model.Inputs.Add(new InputDescription("image", OrderOf(image.Channels), pixels));
    }

    private static int OrderOf(int channels) => channels switch { 1 => ChannelOrder.Gray, 3 => ChannelOrder.Rgb, _ => ChannelOrder.None };
}
