using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using EdgeCnn.Trainer.Export;

namespace EdgeCnn.Trainer.Import.Tflite;

/// <summary>
/// Turns a quantized TensorFlow Lite model into an integer model with the same answers, bit for bit, as TensorFlow Lite Micro's
/// reference kernels.
/// </summary>
public static class TfliteImporter
{
    private static readonly Dictionary<int, (Action<Translation> Translate, int[] ShapeInputs)> Translators = FindTranslators();

    /// <summary>The builtin operators that can be imported.</summary>
    public static IEnumerable<TfliteOperator> Supported => Translators.Keys.Order().Select(code => (TfliteOperator)code);

    /// <summary>Imports a file.</summary>
    /// <param name="file">The file's bytes.</param>
    /// <param name="fuse">Drop and fuse what inference does not need; false keeps every tensor of the file, to compare layer by
    /// layer.</param>
    /// <exception cref="ImportException">The file is damaged, or holds something that can't be imported; all reasons at once.</exception>
    public static IntegerModel Import(ReadOnlyMemory<byte> file, bool fuse = true)
    {
        TfliteFile model = TfliteFile.Read(file);
        List<string> reasons = [.. Unsuitable(model)];
        var graph = new GraphBuilder(fuse, file.Length);
        foreach (TfliteTensor input in model.Inputs.Select(input => QuantizedInput(model, model.Tensors[input])))
            if (GraphBuilder.ElementTypeOf(input.Type) is not null) graph.AddInput(input);
            else if (reasons.Count == 0) reasons.Add($"{input} is an input of a type that is not computed in integers");
        bool[] needed = Needed(model);
        foreach (TfliteNode node in model.Nodes.Where(node => needed[node.Index]))
        {
            var translation = new Translation(model, node, graph);
            try
            {
                if (!Translators.TryGetValue(node.Code, out var translator))
                    throw translation.Refuse("there is no such operator in the runtime");
                translation.RequireShapes(translator.ShapeInputs);
                translator.Translate(translation);
            }
            catch (Exception refused) when (refused is ImportException or ExportException)
            {
                reasons.AddRange((refused as ImportException ?? translation.Refuse(refused.Message)).Reasons);
                // Go on as if it had worked, so that what follows is judged by itself.
                foreach (int output in node.Outputs.Where(output => model.Tensors[output].Shape.Length <= TensorRecord.MaxRank && graph.TensorOf(model.Tensors[output]) is null
                    && GraphBuilder.ElementTypeOf(model.Tensors[output].Type) is not null))
                    graph.AddInput(model.Tensors[output]);
            }
        }
        if (reasons.Count > 0) throw new ImportException(reasons);
        return Complete(model, graph);
    }

    private static IEnumerable<string> Unsuitable(TfliteFile model)
    {
        if (model.Nodes.Count == 0) yield return "the model has no operators";
        foreach (int tensor in model.Inputs.Concat(model.Outputs))
            if (model.Tensors[tensor].IsDynamic && model.Tensors[tensor].Shape.Contains(0))
                yield return $"{model.Tensors[tensor]} has dimensions that are known only at run time; convert the model with fixed shapes";
        if (model.Nodes.Count > 0 && model.Tensors.Where(tensor => !tensor.IsConstant).All(tensor => tensor.Type == TfliteType.Float32))
            yield return "the model is in float; quantize it to int8 when converting it (full integer quantization)";
    }

    /// <summary>An input as the model computes with it: of floats that are only quantized, the integers.</summary>
    private static TfliteTensor QuantizedInput(TfliteFile model, TfliteTensor input)
    {
        TfliteNode[] readers = [.. model.Nodes.Where(node => node.Inputs.Contains(input.Index))];
        return input.Type == TfliteType.Float32 && readers is [{ Code: (int)TfliteOperator.Quantize, Outputs: [var quantized] }]
            ? model.Tensors[quantized]
            : input;
    }

    private static IntegerModel Complete(TfliteFile file, GraphBuilder graph)
    {
        foreach (int input in file.Inputs)
            graph.Model.Inputs.Add(new InputDescription(file.Tensors[input].Name, ChannelOrder.None, null));
        foreach (int output in file.Outputs)
        {
            TfliteTensor tensor = file.Tensors[output];
            int index = graph.TensorOf(tensor) ?? throw new ImportException($"{tensor} is an output that no operator writes");
            if (index < file.Inputs.Count) throw new ImportException($"{tensor} is an input and an output; the model does nothing with it");
            graph.Model.Outputs.Add(new OutputDescription(index, tensor.Name, []));
        }
        if (graph.Model.Operators.Count == 0) throw new ImportException("the model computes nothing");
        return Pruning.WithoutUnused(graph.Model);
    }

    /// <summary>Which operators an output depends on through data and not only through a shape.</summary>
    private static bool[] Needed(TfliteFile model)
    {
        HashSet<int> tensors = [.. model.Outputs];
        bool[] needed = new bool[model.Nodes.Count];
        foreach (TfliteNode node in model.Nodes.Reverse())
        {
            if (!node.Outputs.Any(tensors.Contains)) continue;
            needed[node.Index] = true;
            int[] shapeInputs = Translators.TryGetValue(node.Code, out var translator) ? translator.ShapeInputs : [];
            tensors.UnionWith(node.Inputs.Where((_, i) => !shapeInputs.Contains(i)));
        }
        return needed;
    }

    private static Dictionary<int, (Action<Translation>, int[])> FindTranslators()
    {
        var found = new Dictionary<int, (Action<Translation>, int[])>();
        foreach (MethodInfo method in typeof(TfliteImporter).Assembly.GetTypes().SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)))
        {
            foreach (TranslatesAttribute attribute in method.GetCustomAttributes<TranslatesAttribute>())
                found.Add((int)attribute.Code, (method.CreateDelegate<Action<Translation>>(), attribute.ShapeInputs));
        }
        return found;
    }
}
