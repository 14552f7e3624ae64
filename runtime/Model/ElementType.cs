namespace EdgeCnn;

/// <summary>Element types of tensors.</summary>
public static class ElementType
{
    /// <summary>Signed 8-bit integer.</summary>
    public const int Int8 = 1;

    /// <summary>Bytes of one element; 0 for a type this version does not know.</summary>
    public static int Bytes(int type) => type == Int8 ? 1 : 0;
}
