using System;
using System.Collections.Generic;

namespace EdgeCnn.Trainer.Import;

/// <summary>A foreign model that can't be imported: everything that stands against it, each with place and reason.</summary>
public sealed class ImportException : Exception
{
    /// <summary>One reason.</summary>
    public ImportException(string message)
        : this([message])
    {
    }

    /// <summary>All reasons.</summary>
    public ImportException(IReadOnlyList<string> reasons)
        : base(string.Join(Environment.NewLine, reasons)) => Reasons = reasons;

    /// <summary>What stands against the import, in the order of the file.</summary>
    public IReadOnlyList<string> Reasons { get; }
}
