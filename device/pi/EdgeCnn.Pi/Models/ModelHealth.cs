using System;
using System.IO;
using System.Runtime.InteropServices;
using EdgeCnn.Device;
using EdgeCnn.Managed;
using EdgeCnn.Pi.Frames;
using EdgeCnn.Pi.Pipeline;

namespace EdgeCnn.Pi.Models;

/// <summary>What a model must pass before it meets a camera.</summary>
internal static class ModelHealth
{
    private const int Frames = 8, Width = 64, Height = 48;

    /// <summary>Checks a file: its size, its signature where one is required, its structure, and the test that it carries.</summary>
    /// <param name="model">The file's bytes.</param>
    /// <param name="source">What to call it.</param>
    /// <param name="maxBytes">Most bytes that it may have.</param>
    /// <param name="key">Key that must have signed it; null: nobody need have.</param>
    /// <exception cref="InvalidDataException">It does not pass.</exception>
    public static void Verify(byte[] model, string source, int maxBytes, PublicKey? key)
    {
        if (model.Length > maxBytes)
            throw TooLarge(source, model.Length, maxBytes);
        try
        {
            using EdgeModel opened = EdgeModel.Open(model, new ModelOptions { PublicKey = key });
            if (opened.Info.HasTest && opened.RunSelfTest() is { } different)
                throw new InvalidDataException($"{source}: operator {different} differs from what the file's test says; export it again");
        }
        catch (ModelException refused)
        {
            throw new InvalidDataException($"{source}: {ModelException.Describe(refused.Error)} (byte 0x{refused.Where:x})");
        }
        catch (SignatureException refused)
        {
            throw new InvalidDataException($"{source}: {SignatureException.Describe(refused.Error)}");
        }
    }

    /// <summary>Says that a file is too large.</summary>
    public static InvalidDataException TooLarge(string source, long bytes, int maxBytes) =>
        new(FormattableString.Invariant($"{source}: {bytes:n0} bytes are more than Model:MaxBytes allows ({maxBytes:n0})"));

    /// <summary>Lets a model classify frames of noise. It takes nothing from them.</summary>
    /// <returns>The same model, with nothing remembered.</returns>
    public static Engine Try(Engine engine)
    {
        var frame = new Frame();
        var noise = new Random(1);
        var reading = new Reading();
        for (int i = 0; i < Frames; i++)
        {
            noise.NextBytes(engine.SampleRate > 0
                ? MemoryMarshal.AsBytes(frame.BeginSound(engine.SampleRate, engine.Model.Inputs[0].SoundSamples))
                : frame.Begin(new FrameShape(PixelFormat.I420, Width, Height)));
            engine.Classify(frame, reading);
        }
        engine.Forget();
        return engine;
    }

    /// <summary>The id of a model file; empty when it is none.</summary>
    public static string Id(string path)
    {
        try
        {
            using EdgeModel model = EdgeModel.Open(path);
            return model.Info.ModelId;
        }
        catch (Exception damaged) when (damaged is ModelException or IOException)
        {
            return "";
        }
    }
}
