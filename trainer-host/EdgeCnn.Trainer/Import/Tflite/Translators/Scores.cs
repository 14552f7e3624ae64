using System;
using EdgeCnn.Trainer.Export;
using EdgeCnn.Trainer.Quantization;

namespace EdgeCnn.Trainer.Import.Tflite.Translators;

/// <summary>Operators that turn scores into probabilities.</summary>
internal static class Scores
{
    /// <summary>SOFTMAX: option beta.</summary>
    [Translates(TfliteOperator.Softmax)]
    public static void Softmax(Translation t)
    {
        if (t.Output().Quantization != QuantizationParameters.Probability) throw t.Refuse("the output must have scale 1/256 and zero point −128");
        try
        {
            t.Add(EdgeCnn.Softmax.Code, [t.Input(0)], t.Output(), OwnFields.Softmax((double)t.Options.Single(0) * t.Input(0).Quantization.Scale));
        }
        catch (ExportException refused)
        {
            throw t.Refuse(refused.Message);
        }
    }
}
