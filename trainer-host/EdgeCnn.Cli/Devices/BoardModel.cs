using System.CommandLine;
using EdgeCnn.Cli.Terminal;
using EdgeCnn.Flash.Board;
using EdgeCnn.Managed;

namespace EdgeCnn.Cli.Devices;

/// <summary>The model file that a board is said to run: it tells what inputs and outputs mean, and what every operator must give.</summary>
internal static class BoardModel
{
    public static Option<string?> Option(bool required) => new("--model", "-m")
    {
        Description = "The model file (.ecnn) that the board runs",
        HelpName = "FILE",
        Required = required,
    };

    /// <summary>Throws unless the board runs this model.</summary>
    /// <exception cref="RefusedException">It runs another one, or none.</exception>
    public static void RequireRuns(BoardClient board, EdgeModel model, string path)
    {
        if (board.Info.ActiveSlot is not { } active)
            throw new RefusedException($"{board.Port}: the board runs no model; send one with '{CommandLine.ToolName} flash {path} --port {board.Port}'");
        if (board.Slot(active).ModelId is var runs && runs != model.Info.ModelId)
            throw new RefusedException(
                $"{board.Port}: the board runs model {runs}, {path} is {model.Info.ModelId}; name the right file, or send this one with '{CommandLine.ToolName} flash'");
    }

    /// <summary>Sends the model's inputs to the board.</summary>
    public static void SendInputs(BoardClient board, EdgeModel model)
    {
        for (int i = 0; i < model.Inputs.Count; i++) board.Input(i, model.Bytes(model.Inputs[i]));
    }
}
