using System;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using EdgeCnn.Pi.Settings;

namespace EdgeCnn.Pi.Outputs;

/// <summary>
/// Publishes messages through the program mosquitto_pub of the Mosquitto project, which stays connected and takes a message from each line.
/// The broker keeps the last one for those who come later. When the program ends it is started again for the next message.
/// </summary>
internal sealed class MqttSender(MqttSettings settings) : ISender
{
    private const string Program = "mosquitto_pub", OptionsVariable = "XDG_CONFIG_HOME";
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Connecting = TimeSpan.FromMilliseconds(500);
    private static readonly byte[] End = "\n"u8.ToArray();
    private Process? _process;
    private volatile string _complaint = "";

    /// <inheritdoc/>
    public string Name => $"MQTT {settings.Host}:{settings.Port} {settings.Topic}";

    /// <inheritdoc/>
    public async Task<string?> Send(byte[] message, CancellationToken stop)
    {
        try
        {
            if (_process is null or { HasExited: true }) await Start(stop);
            Stream input = _process!.StandardInput.BaseStream;
            await input.WriteAsync(message, stop);
            await input.WriteAsync(End, stop);
            await input.FlushAsync(stop);
            return null;
        }
        catch (IOException)
        {
            // The pipe is broken: the program has ended.
            return _complaint.Length > 0 ? _complaint : $"{Program} has ended";
        }
        catch (Win32Exception)
        {
            return $"{Program} is not installed (Debian: apt install mosquitto-clients)";
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_process is null) return;
        try
        {
            _process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It has ended; what was not sent is lost.
        }
        if (!_process.WaitForExit(LastWords)) _process.Kill();
        _process.Dispose();
    }

    private async Task Start(CancellationToken stop)
    {
        _process?.Dispose();
        var start = new ProcessStartInfo(
            Program,
            ["-l", "-q", "1", "-r", "-h", settings.Host, "-p", settings.Port.ToString(CultureInfo.InvariantCulture), "-t", settings.Topic])
        {
            RedirectStandardInput = true,
            RedirectStandardError = true,
        };
        // The password stays out of the list of processes.
        if (settings.Options.Length > 0) start.Environment[OptionsVariable] = settings.Options;
        _process = Process.Start(start)!;
        _process.ErrorDataReceived += (_, line) => _complaint = string.IsNullOrWhiteSpace(line.Data) ? _complaint : line.Data;
        _process.BeginErrorReadLine();
        // A broker that is not there or refuses ends the program at once; a message to it would be lost unnoticed.
        await Task.Delay(Connecting, stop);
        if (!_process.HasExited) return;
        // Until its last words are read.
        await _process.WaitForExitAsync(stop);
        throw new IOException();
    }
}
