namespace EdgeCnn.Flash.Board;

/// <summary>Names of operators by their codes.</summary>
public static class OperatorNames
{
    /// <summary>What an operator is called; a number where this runtime does not know it.</summary>
    public static string Of(int code) => OperatorTable.Name(code);
}
