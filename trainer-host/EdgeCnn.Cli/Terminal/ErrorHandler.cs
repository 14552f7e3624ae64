using System;
using System.IO;
using EdgeCnn.Flash.Board;
using EdgeCnn.Managed;
using EdgeCnn.Trainer.Export;
using EdgeCnn.Trainer.Import;
using EdgeCnn.Trainer.Recipes;
using EdgeCnn.Trainer.Training;
using Spectre.Console;

namespace EdgeCnn.Cli.Terminal;

/// <summary>The one place where failures become a line on standard error and an exit code.</summary>
internal static class ErrorHandler
{
    /// <summary>Done.</summary>
    public const int Done = 0;

    /// <summary>An input was refused, or a check failed.</summary>
    public const int Refused = 1;

    /// <summary>The command line makes no sense.</summary>
    public const int WrongUsage = 2;

    private const string TraceVariable = "EDGECNN_TRACE";

    /// <summary>Prints the failure.</summary>
    /// <returns>Its exit code.</returns>
    public static int Report(Session session, Exception failure)
    {
        if (failure is ImportException import) session.WriteErrors(import.Reasons);
        else session.WriteError(Describe(failure).ReplaceLineEndings(" "));
        if (Environment.GetEnvironmentVariable(TraceVariable) == "1")
            session.Messages.WriteLine(failure.ToString());
        return failure is UsageException ? WrongUsage : Refused;
    }

    private static string Describe(Exception failure) => failure switch
    {
        RefusedException or UsageException or ModelException or SignatureException or DeltaException or RecipeException or ExportException
            or TrainingException or DeviceException or InvalidDataException or IOException => failure.Message,
        UnauthorizedAccessException => $"{failure.Message} Check the permissions, or choose another place.",
        OutOfMemoryException or OverflowException =>
            "This needs more memory than there is. Use a smaller network, batch or data set.",
        _ => $"This is a mistake in {CommandLine.ToolName}: {failure.GetType().Name}: {failure.Message} ({TraceVariable}=1 shows where.)",
    };
}
