using System;
using System.Threading;

namespace EdgeCnn.Trainer.Data.Augmentations;

/// <summary>
/// Changes the images of the next mini-batch on a thread of its own while the present one trains. Whoever needs them before all are done
/// takes part in the rest. Allocates nothing after it is made.
/// </summary>
internal sealed class AugmentationAhead : IDisposable
{
    private readonly Augmenter _augmenter;
    private readonly int _length;
    private readonly int[] _samples;
    private readonly SemaphoreSlim _start = new(0), _done = new(0);
    private readonly Thread _thread;
    private byte[] _present, _next;
    private Dataset? _data;
    private int _epoch, _count, _claimed;
    private bool _isRunning;

    /// <summary>Takes memory for two mini-batches and starts the thread.</summary>
    /// <param name="augmenter">What changes the images.</param>
    /// <param name="length">Bytes of an image.</param>
    /// <param name="batch">Images of the largest mini-batch.</param>
    public AugmentationAhead(Augmenter augmenter, int length, int batch)
    {
        (_augmenter, _length, _samples) = (augmenter, length, new int[batch]);
        (_present, _next) = (new byte[batch * length], new byte[batch * length]);
        _thread = new Thread(Serve) { IsBackground = true, Name = "EdgeCnn augmentation" };
        _thread.Start();
    }

    /// <summary>Begins with the images of the next mini-batch.</summary>
    public void Begin(Dataset data, ReadOnlySpan<int> samples, int epoch)
    {
        Finish();
        Describe(data, samples, epoch);
        _isRunning = true;
        _start.Release();
    }

    /// <summary>Makes a mini-batch the present one: what was begun, if it is that, or changed now.</summary>
    public void Take(Dataset data, ReadOnlySpan<int> samples, int epoch)
    {
        if (!_isRunning || data != _data || epoch != _epoch || !samples.SequenceEqual(_samples.AsSpan(0, _count)))
        {
            Finish();
            Describe(data, samples, epoch);
        }
        Work();
        Finish();
        _count = 0;
        (_present, _next) = (_next, _present);
    }

    /// <summary>An image of the present mini-batch.</summary>
    public ReadOnlySpan<byte> Image(int position) => _present.AsSpan(position * _length, _length);

    /// <summary>Ends the thread.</summary>
    public void Dispose()
    {
        Finish();
        _data = null;
        _start.Release();
        _thread.Join();
        _start.Dispose();
        _done.Dispose();
    }

    private void Describe(Dataset data, ReadOnlySpan<int> samples, int epoch)
    {
        samples.CopyTo(_samples);
        (_data, _epoch, _count, _claimed) = (data, epoch, samples.Length, 0);
    }

    /// <summary>Waits until the thread rests.</summary>
    private void Finish()
    {
        if (_isRunning) _done.Wait();
        _isRunning = false;
    }

    private void Serve()
    {
        while (true)
        {
            _start.Wait();
            if (_data is null) return;
            Work();
            _done.Release();
        }
    }

    private void Work()
    {
        int i;
        while ((i = Interlocked.Increment(ref _claimed) - 1) < _count)
            _augmenter.Apply(_data!.Image(_samples[i]), _epoch, _samples[i], _next.AsSpan(i * _length, _length));
    }
}
