using System;
using System.Collections.Concurrent;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace EdgeCnn.Trainer.Data.Pictures;

/// <summary>
/// A decoder at work: packed pictures go in on the caller's thread, decoded ones come out on a thread of the lane's own, in the same order.
/// </summary>
internal sealed class PictureLane : IDisposable
{
    private readonly Ffmpeg _decoder;
    private readonly BlockingCollection<(string Path, int Slot, PictureHeader Header)> _expected = [];
    private readonly Action<int, Picture> _deliver;
    private readonly Task _reading;

    /// <summary>Starts the decoder.</summary>
    /// <param name="format">What it decodes.</param>
    /// <param name="deliver">Receives every picture and its slot.</param>
    /// <param name="program">The decoder's program.</param>
    public PictureLane(PictureFormat format, Action<int, Picture> deliver, string program)
    {
        _deliver = deliver;
        _decoder = new Ffmpeg(format, program);
        _reading = Task.Factory.StartNew(Read, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>Hands a picture over.</summary>
    public void Add(string path, int slot, PictureHeader header, byte[] content)
    {
        _expected.Add((path, slot, header));
        try
        {
            _decoder.Write(content);
        }
        catch (IOException)
        {
            Finish();   // the decoder has ended: the reason is with the picture that it ended at
        }
    }

    /// <summary>Waits until all pictures are delivered.</summary>
    /// <exception cref="InvalidDataException">One is damaged; the message names it.</exception>
    public void Finish()
    {
        _expected.CompleteAdding();
        try
        {
            _decoder.EndInput();
        }
        catch (IOException)
        {
            // The same: Read() tells.
        }

        _reading.GetAwaiter().GetResult();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _expected.CompleteAdding();
        _decoder.Dispose();
        ((IAsyncResult)_reading).AsyncWaitHandle.WaitOne();
        _expected.Dispose();
    }

    private void Read()
    {
        foreach (var (path, slot, header) in _expected.GetConsumingEnumerable())
        {
            var pixels = new byte[header.Width * header.Height * 3];
            try
            {
                _decoder.Read(pixels);
            }
            catch (PictureException damaged)
            {
                throw new InvalidDataException($"{path}: {damaged.Message}", damaged);
            }

            _deliver(slot, new Picture(header.Width, header.Height, 3, pixels));
        }
    }
}
