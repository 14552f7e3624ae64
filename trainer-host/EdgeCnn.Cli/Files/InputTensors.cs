using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;
using EdgeCnn.Cli.Terminal;
using EdgeCnn.Managed;
using EdgeCnn.Trainer;
using EdgeCnn.Trainer.Data;

namespace EdgeCnn.Cli.Files;

/// <summary>A file with values for one input of a model, for one run or several.</summary>
/// <param name="Path">The file.</param>
/// <param name="Count">For how many runs.</param>
/// <param name="Fill">Puts the values of a run, counted from 0, into the model.</param>
internal sealed record InputTensors(string Path, int Count, Action<EdgeModel, int> Fill)
{
    private const string RawExtension = ".bin";

    /// <summary>The --input option.</summary>
    public static Option<string[]> Option(bool required) => new("--input", "-i")
    {
        Description = "A raw tensor (.bin), picture, sound or IDX file; repeat it in the model's order when there are several inputs",
        HelpName = "FILE",
        Required = required,
    };

    /// <summary>Reads a file for each of the model's inputs.</summary>
    /// <exception cref="UsageException">There are more or fewer.</exception>
    /// <exception cref="RefusedException">They are not for the same number of runs, or one is not as <see cref="Read"/> wants it.</exception>
    public static IReadOnlyList<InputTensors> ReadAll(string[] paths, Option<string[]> option, EdgeModel model)
    {
        Require(paths, option, model.Inputs, "input");
        InputTensors[] files = [.. paths.Select((path, i) => Read(path, model.Inputs[i], i))];
        return files.FirstOrDefault(file => file.Count != files[0].Count) is not { } other
            ? files
            : throw new RefusedException(
                $"{other.Path}: holds {other.Count} tensors, but {files[0].Path} holds {files[0].Count}; give as many for every input");
    }

    /// <summary>Throws unless there is a file for each tensor.</summary>
    /// <exception cref="UsageException">There are more or fewer.</exception>
    public static void Require(string[] given, Option<string[]> option, IReadOnlyList<TensorInfo> tensors, string what)
    {
        if (given.Length != tensors.Count)
            throw new UsageException(
                $"The model has {tensors.Count} {what}(s) ({string.Join(", ", tensors.Select(tensor => tensor.Name))}), "
                + $"{option.Name} was given {given.Length} time(s); give it once for each.");
    }

    /// <summary>
    /// Reads a file: <c>.bin</c> holds tensors one behind the other, row-major NHWC; a picture, a sound, or the images of an IDX file,
    /// plain or <c>.gz</c>, go through the model's own preprocessing.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="input">The model's input.</param>
    /// <param name="index">Which input it is.</param>
    /// <exception cref="RefusedException">The file is missing or not of the input's size.</exception>
    /// <exception cref="InvalidDataException">It is of another kind than its name says, or damaged.</exception>
    public static InputTensors Read(string path, TensorInfo input, int index)
    {
        InputPath.OfFile(path, "input: a raw tensor (.bin), a picture, a sound (.wav) or an IDX file");
        return path.EndsWith(RawExtension, StringComparison.OrdinalIgnoreCase) ? ReadRaw(path, input)
            : SampleFile.IsSound(path) ? ReadSound(path, input, index)
            : SampleFile.IsPicture(path) ? ReadPicture(path, input, index)
            : ReadImages(path, input, index);
    }

    private static InputTensors ReadSound(string path, TensorInfo input, int index)
    {
        if (input.SoundSamples == 0)
            throw new RefusedException($"{path}: input '{input.Name}' takes no sound; '{CommandLine.ToolName} inspect' says what it takes");
        short[] samples = SampleFile.Sound(path, input.SoundRate, input.SoundSamples);
        return new InputTensors(path, 1, (model, _) => model.SetSound(samples, index));
    }

    private static InputTensors ReadPicture(string path, TensorInfo input, int index)
    {
        CheckPixels(path, input);
        if (input.Shape.Count != 4 || input.Shape[3] is not (1 or 3))
            throw new RefusedException($"{path}: input '{input.Name}' is {Text(input)}, which no picture is; give an IDX file");
        byte[] pixels = SampleFile.Picture(path, new Shape(input.Shape[1], input.Shape[2], input.Shape[3]));
        return new InputTensors(path, 1, (model, _) => model.SetPixels(pixels, index));
    }

    private static InputTensors ReadRaw(string path, TensorInfo input)
    {
        if (new FileInfo(path).Length is var length && length > Array.MaxLength)
            throw new RefusedException($"{path}: {length} bytes are more than can be read at once ({Array.MaxLength}); split the file");
        byte[] bytes = File.ReadAllBytes(path);
        int size = input.ByteCount;
        if (bytes.Length == 0 || bytes.Length % size != 0)
            throw new RefusedException(
                $"{path}: {bytes.Length} bytes are not a whole number of tensors; "
                + $"input '{input.Name}' is {Text(input)} {input.TypeName}, {size} bytes each");
        return new InputTensors(path, bytes.Length / size, (model, run) =>
            bytes.AsSpan(run * size, size).CopyTo(model.Bytes(input)));
    }

    private static InputTensors ReadImages(string path, TensorInfo input, int index)
    {
        CheckPixels(path, input);
        Dataset images = Idx.ReadImages(path);
        if (!input.Shape.Skip(1).SequenceEqual([images.Shape.Height, images.Shape.Width, images.Shape.Channels]))
            throw new RefusedException($"{path}: the images are {images.Shape}, input '{input.Name}' is {Text(input)}; resize them");
        return new InputTensors(path, images.Count, (model, run) => model.SetPixels(images.Image(run), index));
    }

    private static void CheckPixels(string path, TensorInfo input)
    {
        if (!input.HasPreprocessing)
            throw new RefusedException(
                $"{path}: input '{input.Name}' takes no pixels; give the raw tensor {Text(input)} as a {RawExtension} file");
    }

    private static string Text(TensorInfo input) => string.Join('×', input.Shape);
}
