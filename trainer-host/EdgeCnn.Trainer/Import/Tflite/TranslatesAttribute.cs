using System;

namespace EdgeCnn.Trainer.Import.Tflite;

/// <summary>
/// Marks a static method <c>void M(Translation t)</c> as the one that turns a builtin operator into operators of the runtime. The
/// importer finds it by itself.
/// </summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class TranslatesAttribute(TfliteOperator code) : Attribute
{
    /// <summary>The operator.</summary>
    public TfliteOperator Code { get; } = code;

    /// <summary>Positions of inputs that the result depends on only through the output's shape (such as the new shape of a reshape).</summary>
    public int[] ShapeInputs { get; init; } = [];
}
