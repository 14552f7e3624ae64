using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Numerics;
using System.Text;
using System.Text.Json;
using EdgeCnn.Trainer.Data;
using EdgeCnn.Trainer.Data.Augmentations;
using EdgeCnn.Trainer.Layers;
using EdgeCnn.Trainer.Losses;
using EdgeCnn.Trainer.Optimizers;
using EdgeCnn.Trainer.Quantization;
using EdgeCnn.Trainer.Schedules;
using EdgeCnn.Trainer.Training;

namespace EdgeCnn.Trainer.Recipes;

/// <summary>What makes the network's scores of its last layer's output.</summary>
public enum OutputKind
{
    /// <summary>The output as it is.</summary>
    Linear,

    /// <summary>Softmax: scores are probabilities. While training it is part of the loss.</summary>
    Softmax,
}

/// <summary>
/// Everything that decides what a training makes: data, network, loss, optimizer and seed, as a JSON text with comments and trailing commas
/// allowed. A recipe that was read is valid: all its layers fit together.
/// </summary>
public sealed class Recipe
{
    private static readonly string[] Members =
    [
        "name", "data", "input", "normalization", "augmentation", "classes", "network", "output", "loss", "optimizer", "schedule",
        "batch", "epochs", "seed", "stopAtLoss", "stop", "validationShare", "regularization", "quantization", "gate",
    ];

    private const int MostNameBytes = 255;
    private readonly RecipeNode _root;

    private Recipe(string text, RecipeNode root)
    {
        (Text, _root) = (text, root);
        root.AllowOnly(Members);
        Name = root["name"].Text;
        if (!IsName(Name))
            throw root["name"].Refuse($"'{Beginning(Name)}' is not allowed; use 1 to {MostNameBytes} bytes of printable text");
        Data = KindReader.Read<DataSource>(root["data"]);
        Input = KindReader.ReadShape(root["input"]);
        Normalization = ReadNormalization(root.Find("normalization"), Input.Channels);
        Classes = ReadClasses(root["classes"]);
        Output = ReadOutput(root.Find("output"));
        Batch = root.Find("batch")?.IntegerFrom(1) ?? 64;
        Epochs = root.Find("epochs")?.IntegerFrom(1) ?? 5;
        Seed = root.Find("seed")?.Natural ?? 1;
        StopAtLoss = root.Find("stopAtLoss")?.NumberFrom(0);
        ValidationShare = root.Find("validationShare") is { } share
            ? root.Checked(() => Split.Share(share.Number, "validationShare"))
            : null;
        Regularization = root.Find("regularization") is { } penalties
            ? KindReader.ReadSettings<Regularization>(penalties)
            : new Regularization();
        Quantization = root.Find("quantization") is { } quantization
            ? KindReader.ReadSettings<QuantizationRecipe>(quantization)
            : new QuantizationRecipe();
        Gate = root.Find("gate") is { } gate ? KindReader.ReadSettings<AccuracyGate>(gate) : null;
        CreateLoss<float>();
        CreateOptimizer<float>();
        CreateSchedule();
        CreateStopRules();
        CreateAugmenter();
        var network = CreateNetwork<float>();
        if (network.Output.Length != Classes.Count)
            throw root["network"].Refuse(
                $"the last layer gives {network.Output.Length} values for {Classes.Count} classes; make them equal");
    }

    /// <summary>Name of the model.</summary>
    public string Name { get; }

    /// <summary>The JSON text.</summary>
    public string Text { get; }

    /// <summary>Where images come from.</summary>
    public DataSource Data { get; }

    /// <summary>Shape of one image.</summary>
    public Shape Input { get; }

    /// <summary>From pixels to the network's input.</summary>
    public Normalization Normalization { get; }

    /// <summary>Names of the classes, in the order of the outputs.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>What makes scores of the outputs.</summary>
    public OutputKind Output { get; }

    /// <summary>Samples in a mini-batch.</summary>
    public int Batch { get; }

    /// <summary>Passes over the training data.</summary>
    public int Epochs { get; }

    /// <summary>What weights and order are drawn from.</summary>
    public ulong Seed { get; }

    /// <summary>Training ends when an epoch's mean loss is at or below this; null: after all epochs.</summary>
    public double? StopAtLoss { get; }

    /// <summary>Share of every class of the training data that is kept for validation; null: none.</summary>
    public double? ValidationShare { get; }

    /// <summary>Penalties on the weights.</summary>
    public Regularization Regularization { get; }

    /// <summary>How the float network becomes integers.</summary>
    public QuantizationRecipe Quantization { get; private set; }

    /// <summary>What the model may lose by becoming integers; null: anything.</summary>
    public AccuracyGate? Gate { get; private set; }

    /// <summary>The same recipe for its second model, with weights of 4 bits; null when there is none.</summary>
    public Recipe? Int4
    {
        get
        {
            if (Quantization.Int4 is not { } int4)
                return null;
            var second = (Recipe)MemberwiseClone();
            (second.Quantization, second.Gate) = (Quantization.With(int4), int4.Gate);
            return second;
        }
    }

    /// <summary>Reads a recipe from a file.</summary>
    /// <exception cref="RecipeException">Something in it is refused; the message has the file's name and the path to it.</exception>
    /// <exception cref="IOException">The file can't be read.</exception>
    public static Recipe Load(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return Parse(File.ReadAllText(path, Encoding.UTF8), Path.GetFileName(path));
    }

    /// <summary>Reads a recipe from its text.</summary>
    /// <param name="text">The JSON text.</param>
    /// <param name="source">What messages call it.</param>
    /// <exception cref="RecipeException">Something in it is refused.</exception>
    public static Recipe Parse(string text, string source = "recipe.json")
    {
        var options = new JsonDocumentOptions
        {
            CommentHandling = JsonCommentHandling.Skip,
            AllowTrailingCommas = true,
            AllowDuplicateProperties = false,
        };
        try
        {
            using var document = JsonDocument.Parse(text, options);
            var root = new RecipeNode(document.RootElement.Clone(), "");
            root.Find("name");
            return new Recipe(text, root);
        }
        catch (JsonException error)
        {
            var line = error.LineNumber is { } number ? $"line {number + 1}: " : "";
            throw new RecipeException($"{source}: {line}{error.Message.Split(" LineNumber:")[0]}", error);
        }
        catch (RecipeException refused)
        {
            throw new RecipeException($"{source}: {refused.Message.TrimStart(':', ' ')}", refused);
        }
    }

    /// <summary>A fresh network with weights drawn from <paramref name="seed"/>, the recipe's own when absent.</summary>
    public Network<T> CreateNetwork<T>(ulong? seed = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var network = new Network<T>(Input, CreateLayers<T>());
        network.Initialize(seed ?? Seed);
        return network;
    }

    /// <summary>A network of its own with the parameters of another one of this recipe.</summary>
    public Network<T> CreateCopy<T>(Network<T> original)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(original);
        var copy = new Network<T>(Input, CreateLayers<T>());
        foreach (var (from, to) in original.Parameters.Zip(copy.Parameters))
            from.Values.CopyTo(to.Values);
        copy.WeightsChanged();
        return copy;
    }

    /// <summary>The network's layers, fresh, before they are a network: others can be put between them.</summary>
    public NetworkBuilder<T> CreateLayers<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => NetworkReader<T>.Read(_root["network"]);

    /// <summary>The loss.</summary>
    public Loss<T> CreateLoss<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => KindReader.Read<Loss<T>>(_root["loss"]);

    /// <summary>A fresh optimizer.</summary>
    public Optimizer<T> CreateOptimizer<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => KindReader.Read<Optimizer<T>>(_root["optimizer"]);

    /// <summary>The schedule of learning rates.</summary>
    public Schedule CreateSchedule() => KindReader.Read<Schedule>(_root["schedule"]);

    /// <summary>Fresh rules that may end the training early.</summary>
    public IReadOnlyList<StopRule> CreateStopRules() =>
        [.. _root.Find("stop") is { } rules ? rules.Items.Select(KindReader.Read<StopRule>) : []];

    /// <summary>What changes the training images, drawn from <paramref name="seed"/>, the recipe's own when absent.</summary>
    public Augmenter CreateAugmenter(ulong? seed = null) => _root.Find("augmentation") is { } list
        ? new Augmenter(list.Items.Select(KindReader.Read<Augmentation>), Input, seed ?? Seed)
        : new Augmenter([], Input, 0);

    /// <summary>Loads training and test images and checks that they are what the network reads.</summary>
    /// <param name="folder">Folder or archive of the files, for sources that read some.</param>
    /// <exception cref="RecipeException">The data don't fit the recipe.</exception>
    /// <exception cref="InvalidDataException">A file is damaged.</exception>
    /// <exception cref="IOException">A file is missing or can't be read.</exception>
    public DataSplit LoadData(string? folder) => LoadRequested(new DataRequest(Classes, Input) { Folder = folder });

    /// <summary>The same with all that a request can say, which is made of this recipe's <see cref="Classes"/> and
    /// <see cref="Input"/>.</summary>
    public DataSplit LoadRequested(DataRequest request)
    {
        var data = Data.Load(request);
        if (data.Train.Shape != Input)
            throw new RecipeException($"input: the recipe says {Input}, the images are {data.Train.Shape}; change one of them");
        if (ValidationShare is not { } share)
            return data;
        var (train, validation) = Split.ByClass(data.Train.Labels, share, Seed);
        return validation.Length > 0
            ? new DataSplit(data.Train.Select(train), data.Test) { Validation = data.Train.Select(validation) }
            : throw new RecipeException("validationShare: no class has two training images, one of them to validate with");
    }

    private static Normalization ReadNormalization(RecipeNode? node, int channels)
    {
        if (node is not { } given)
            return Normalization.UnitRange(channels);
        given.AllowOnly("mean", "deviation");
        var (mean, deviation) = (given["mean"].Items, given["deviation"].Items);
        if (mean.Count != channels || deviation.Count != channels)
            throw given.Refuse($"mean and deviation need one number per channel, {channels}");
        foreach (var width in deviation)
        {
            if (width.Number <= 0)
                throw width.Refuse("use a number above 0");
        }

        return new Normalization(mean.Select(value => value.Number), deviation.Select(value => value.Number));
    }

    private static IReadOnlyList<string> ReadClasses(RecipeNode node)
    {
        var names = node.Type == JsonValueKind.Number
            ? Dataset.NumberedClasses(node.IntegerFrom(1))
            : [.. node.Items.Select(item => item.Text)];
        if (names.Count is < 1 or > 256)
            throw node.Refuse("use 1 to 256 classes");
        if (names.FirstOrDefault(name => !IsName(name)) is { } refused)
            throw node.Refuse($"'{Beginning(refused)}' is not allowed; use 1 to {MostNameBytes} bytes of printable text");
        return names.Distinct(StringComparer.Ordinal).Count() == names.Count ? names : throw node.Refuse("two classes have the same name");
    }

    /// <summary>A name as files and pages can hold it.</summary>
    private static bool IsName(string name) =>
        name.Length > 0 && Encoding.UTF8.GetByteCount(name) <= MostNameBytes && !name.Any(char.IsControl);

    private static string Beginning(string name) => name.Length <= 20 ? name : name[..20] + "…";

    private static OutputKind ReadOutput(RecipeNode? node) => node is null
        ? OutputKind.Linear
        : node.Value.Text switch
        {
            "linear" => OutputKind.Linear,
            "softmax" => OutputKind.Softmax,
            var other => throw node.Value.Refuse($"'{other}' is not known; use \"softmax\" or \"linear\""),
        };
}
