namespace EdgeCnn;

/// <summary>Section types of a model file (FORMAT.md, "Sections"). A file has at most one section of each type, in this order.</summary>
public static class SectionType
{
    /// <summary>Operator records in execution order.</summary>
    public const int Operators = 1;

    /// <summary>Tensor records.</summary>
    public const int Tensors = 2;

    /// <summary>What does not fit an operator record: lists of inputs, shapes, strides.</summary>
    public const int Params = 3;

    /// <summary>Names, labels and preprocessing of the model's inputs and outputs.</summary>
    public const int IO = 4;

    /// <summary>Bias, multipliers and shifts, one block per operator.</summary>
    public const int Requant = 5;

    /// <summary>Weights in execution order.</summary>
    public const int Weights = 6;

    /// <summary>Seed and expected hash of every operator's output.</summary>
    public const int Test = 7;

    /// <summary>What trains on a device, and how.</summary>
    public const int Learn = 8;

    /// <summary>Key/value pairs for hosts.</summary>
    public const int Meta = 9;

    /// <summary>Who signed the file.</summary>
    public const int Sign = 10;

    /// <summary>Whether this version knows the section type.</summary>
    public static bool IsKnown(int type) =>
        type >= Operators && type <= Sign;
}
