using System;
using EdgeCnn.Cli.Terminal;
using EdgeCnn.Trainer.Data;
using EdgeCnn.Trainer.Data.KnownSets;
using EdgeCnn.Trainer.Recipes;

namespace EdgeCnn.Cli.Training;

/// <summary>Loads a recipe's data and says what is downloaded for it.</summary>
internal static class DataLoading
{
    /// <summary>The data.</summary>
    public static DataSplit Load(Recipe recipe, string? folder, Session session) =>
        recipe.LoadRequested(new DataRequest(recipe.Classes, recipe.Input)
        {
            Folder = folder,
            Progress = new Downloads(session),
            Cancellation = session.Cancellation,
        });

    /// <summary>A line for every tenth of a file.</summary>
    private sealed class Downloads(Session session) : IProgress<DownloadProgress>
    {
        private const int Steps = 10;
        private string _address = "";
        private int _step;

        public void Report(DownloadProgress value)
        {
            int step = value.Total is > 0 and var total ? (int)(value.Bytes * Steps / total) : 0;
            if (value.Address == _address && step == _step)
                return;
            (_address, _step) = (value.Address, step);
            string share = value.Total is null ? "" : FormattableString.Invariant($", {step * 100 / Steps} % of {value.Total:n0} bytes");
            session.Messages.Profile.Out.Writer.WriteLine($"downloading {value.Address}{share}");
        }
    }
}
