using System;
using System.IO;
using System.Linq;
using EdgeCnn.Cli.Files;
using EdgeCnn.Cli.Terminal;
using EdgeCnn.Managed;
using EdgeCnn.Trainer;
using EdgeCnn.Trainer.Data;
using EdgeCnn.Trainer.Training;

namespace EdgeCnn.Cli.Training;

/// <summary>Samples for a model file, which says what its classes are called and how large its input is.</summary>
internal static class LearningData
{
    /// <summary>The samples of a folder, or of the recipe in the float network's file beside the model.</summary>
    /// <exception cref="RefusedException">There are none, or they are not the model's.</exception>
    public static DataSplit Load(string modelPath, EdgeModel model, string? folder, Session session)
    {
        TensorInfo input = model.Inputs[0];
        if (!input.HasPreprocessing || input.Shape.Count != 4)
            throw new RefusedException($"{modelPath}: its input '{input.Name}' takes no pixels, so that there are no samples for it");
        var shape = new Shape(input.Shape[1], input.Shape[2], input.Shape[3]);
        string network = FloatNetwork.Beside(modelPath);
        if (File.Exists(network))
            return Checked(DataLoading.Load(NetworkSerializer.Load(network).Recipe, folder, session), shape, modelPath);
        if (folder is null)
            throw new RefusedException($"{modelPath}: there is no {network} whose recipe says where samples are; name them with --data FOLDER");
        int classes = model.Outputs[0].Elements;
        var request = new DataRequest(model.Outputs[0].Labels.Count == classes ? model.Outputs[0].Labels : Dataset.NumberedClasses(classes), shape)
        {
            Folder = folder,
            Cancellation = session.Cancellation,
        };
        return Checked(FoundData.Load(request), shape, folder);
    }

    private static DataSplit Checked(DataSplit data, Shape shape, string source) => data.Train.Shape == shape
        ? data
        : throw new RefusedException($"{source}: the samples are {data.Train.Shape}, the model's input is {shape}; resize them");
}
