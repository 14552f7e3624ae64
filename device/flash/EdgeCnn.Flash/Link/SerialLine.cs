using System;
using System.ComponentModel;
using System.Diagnostics;
using System.IO;

namespace EdgeCnn.Flash.Link;

/// <summary>
/// A line over a serial port of Linux or macOS: 115,200 baud, 8 data bits, no parity, one stop bit, no flow control, bytes as they are.
/// <c>stty</c>, which POSIX has, sets it up; the port is a file then, whose reads end after a tenth of a second.
/// </summary>
internal static class SerialLine
{
    private static readonly string[] s_settings =
        ["115200", "raw", "-echo", "cs8", "-parenb", "-cstopb", "-crtscts", "clocal", "cread", "min", "0", "time", "1"];

    /// <summary>Opens a port such as <c>/dev/ttyACM0</c>.</summary>
    public static Transport Open(string path)
    {
        if (OperatingSystem.IsWindows())
            throw new LineException(
                $"{path}: serial ports are opened on Linux and macOS; on Windows serve the port over TCP, and write tcp:HOST:PORT");
        if (!File.Exists(path))
            throw new LineException($"{path}: there is no such port; connect the board, or look with 'ls /dev/tty*'");
        try
        {
            // Opened first: macOS forgets the settings of a port that nobody has open.
            var stream = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
            try
            {
                SetUp(path);
                return new StreamLine(path, stream, isPolled: true);
            }
            catch
            {
                stream.Dispose();
                throw;
            }
        }
        catch (UnauthorizedAccessException failure)
        {
            throw new LineException(
                $"{path}: you may not open this port; join its group, usually with 'sudo usermod -a -G dialout $USER'", failure);
        }
        catch (IOException failure) when (failure is not LineException)
        {
            throw new LineException(
                $"{path}: {failure.Message.TrimEnd('.')}; end the program that uses the port, or connect the board again", failure);
        }
    }

    private static void SetUp(string path)
    {
        var start = new ProcessStartInfo("stty", [OperatingSystem.IsLinux() ? "-F" : "-f", path, .. s_settings])
        {
            RedirectStandardError = true,
        };
        try
        {
            using Process stty = Process.Start(start)!;
            string errors = stty.StandardError.ReadToEnd().Trim();
            stty.WaitForExit();
            if (stty.ExitCode != 0) throw new LineException($"{path}: is no serial port ({errors}); name the board's port");
        }
        catch (Win32Exception failure)
        {
            throw new LineException($"{path}: the program 'stty' is missing, which sets the port up; install coreutils", failure);
        }
    }
}
