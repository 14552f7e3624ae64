using System;

namespace EdgeCnn.Trainer.Recipes;

/// <summary>A recipe, or data that a recipe names, was refused. The message says where, what, and what to do instead.</summary>
public sealed class RecipeException : Exception
{
    /// <summary>A refusal with its one-line message.</summary>
    public RecipeException(string message)
        : base(message)
    {
    }

    /// <summary>A refusal caused by another error.</summary>
    public RecipeException(string message, Exception cause)
        : base(message, cause)
    {
    }
}
