using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;
using System.IO;
using System.Threading;

namespace EdgeCnn.Pi.Frames;

/// <summary>A program whose standard output is a stream of frames.</summary>
internal sealed class ChildProgram : IDisposable
{
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(1);
    private readonly Process _process;
    private readonly string _name;
    private readonly ManualResetEventSlim _saidAll = new();
    private volatile string _complaint = "";

    /// <summary>Starts it.</summary>
    /// <exception cref="IOException">It is not installed.</exception>
    public ChildProgram(string name, IEnumerable<string> arguments)
    {
        _name = name;
        try
        {
            _process = Process.Start(new ProcessStartInfo(name, arguments)
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
        }
        catch (Win32Exception)
        {
            throw new IOException($"{name} is not installed");
        }
        // What is read is known by its end: no more words will come.
        _process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is null) _saidAll.Set();
            else if (line.Data.Length > 0) _complaint = line.Data;
        };
        _process.BeginErrorReadLine();
        _process.StandardInput.Close();
        Output = _process.StandardOutput.BaseStream;
    }

    /// <summary>Its standard output.</summary>
    public Stream Output { get; }

    /// <summary>Its number, for the log and for tests that end it.</summary>
    public int Id => _process.Id;

    /// <summary>Waits for the end of a program whose output has ended.</summary>
    /// <exception cref="IOException">It did not end well: its last words.</exception>
    public void RequireGoodEnd()
    {
        _process.WaitForExit();
        _saidAll.Wait(LastWords);
        if (_process.ExitCode != 0)
            throw new IOException($"{_name} ended with {_process.ExitCode}: {(_complaint.Length > 0 ? _complaint : "it gives no reason")}");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (Exception gone) when (gone is InvalidOperationException or Win32Exception)
        {
            // It has ended by itself.
        }
    }
}
