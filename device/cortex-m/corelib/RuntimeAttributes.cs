namespace System.Runtime;

/// <summary>Gives a static method a symbol that assembly code can call: no transition, plain calling convention.</summary>
public sealed class RuntimeExportAttribute(string symbol) : Attribute
{
    /// <summary>The symbol's name.</summary>
    public string Symbol { get; } = symbol;
}

/// <summary>Binds an <c>extern</c> method to an assembly routine: a plain call, about 15 instructions with arguments.</summary>
/// <remarks>Import routines only: ilc takes the symbol for code, so data would be read with the Thumb bit set.</remarks>
public sealed class RuntimeImportAttribute(string library, string symbol) : Attribute
{
    /// <summary><c>"*"</c>: wherever the linker finds it.</summary>
    public string Library { get; } = library;

    /// <summary>The symbol's name.</summary>
    public string Symbol { get; } = symbol;
}
