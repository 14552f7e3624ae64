using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using EdgeCnn.Pi.Settings;
using Microsoft.Extensions.Logging;

namespace EdgeCnn.Pi.Models;

/// <summary>
/// A folder whose model files are installed. A file is taken when it did not change between two looks, and gets the ending
/// <c>.installed</c> or <c>.refused</c>.
/// </summary>
internal sealed class Inbox : IDisposable
{
    private readonly string _folder;
    private readonly ModelSettings _settings;
    private readonly ModelKeeper _keeper;
    private readonly ILogger _log;
    private readonly CancellationTokenSource _stop = new();
    private readonly Dictionary<string, (long, DateTime)> _seen = [];
    private readonly Task _looking;

    /// <summary>Begins to look.</summary>
    /// <param name="settings">Which folder.</param>
    /// <param name="keeper">Installs the models.</param>
    /// <param name="pause">From one look to the next.</param>
    /// <param name="log">Learns what was installed, and what not and why.</param>
    public Inbox(ModelSettings settings, ModelKeeper keeper, TimeSpan pause, ILogger log)
    {
        (_folder, _settings, _keeper, _log) = (settings.Inbox, settings, keeper, log);
        Directory.CreateDirectory(_folder);
        _looking = Task.Run(() => Look(pause));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stop.Cancel();
        _looking.Wait();
        _stop.Dispose();
    }

    private async Task Look(TimeSpan pause)
    {
        using var timer = new PeriodicTimer(pause);
        try
        {
            do
            {
                foreach (FileInfo file in new DirectoryInfo(_folder).GetFiles("*.ecnn")) await Consider(file);
            }
            while (await timer.WaitForNextTickAsync(_stop.Token));
        }
        catch (OperationCanceledException)
        {
            // The program ends.
        }
        catch (IOException gone)
        {
            _log.Warn($"{_folder}: {gone.Message}; models in it are no longer noticed");
        }
    }

    private async Task Consider(FileInfo file)
    {
        (long, DateTime) now = (file.Length, file.LastWriteTimeUtc);
        bool isSame = _seen.TryGetValue(file.FullName, out (long, DateTime) before) && before == now;
        _seen[file.FullName] = now;
        if (!isSame) return;
        string ending = ".installed";
        try
        {
            if (file.Length > _settings.MaxBytes)
                throw ModelHealth.TooLarge(file.Name, file.Length, _settings.MaxBytes);
            await _keeper.Install(await File.ReadAllBytesAsync(file.FullName), file.Name);
        }
        catch (Exception refused) when (refused is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            ending = ".refused";
            _log.Warn(refused.Message);
        }
        _seen.Remove(file.FullName);
        File.Move(file.FullName, file.FullName + ending, overwrite: true);
    }
}
