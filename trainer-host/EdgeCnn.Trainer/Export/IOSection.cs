using System.Collections.Generic;
using System.Linq;

namespace EdgeCnn.Trainer.Export;

/// <summary>Writes the IO section: entries first, then the strings and factors that they point to.</summary>
internal static class IOSection
{
    public static byte[] Write(IntegerModel model)
    {
        int entries = model.Inputs.Count + model.Outputs.Count;
        var head = new SectionBuilder();
        var tail = new SectionBuilder();
        int tailAt = IORecord.HeaderBytes + entries * IORecord.Bytes;
        head.Int16(model.Inputs.Count);
        head.Int16(model.Outputs.Count);
        // Numbers first: they are aligned, strings are not.
        int[] pixels = [.. model.Inputs.Select(input => Pixels(tail, tailAt, input.Pixels))];
        int[] sounds = [.. model.Inputs.Select(input => Sound(tail, tailAt, input.Sound))];
        for (int i = 0; i < model.Inputs.Count; i++)
        {
            InputDescription input = model.Inputs[i];
            Entry(head, tail, tailAt, i, 0, input.ChannelOrder, input.Name, [], input.Pixels, pixels[i], sounds[i]);
        }
        foreach (OutputDescription output in model.Outputs)
            Entry(head, tail, tailAt, output.Tensor, 1, ChannelOrder.None, output.Name, output.Labels, null, 0, 0);
        head.Bytes(tail.ToArray());
        return head.ToArray();
    }

    private static int Pixels(SectionBuilder tail, int tailAt, PixelScaling? scaling)
    {
        if (scaling is null) return 0;
        int at = tailAt + tail.Length;
        foreach (int multiplier in scaling.Multipliers) tail.Int32(multiplier);
        foreach (int addend in scaling.Addends) tail.Int32(addend);
        return at;
    }

    private static int Sound(SectionBuilder tail, int tailAt, byte[]? block)
    {
        if (block is null) return 0;
        int at = tailAt + tail.Length;
        tail.Bytes(block);
        tail.PadTo(4);
        return at;
    }

    private static void Entry(
        SectionBuilder head, SectionBuilder tail, int tailAt, int tensor, int direction, int channelOrder, string name,
        IReadOnlyList<string> labels, PixelScaling? pixels, int pixelsAt, int soundAt)
    {
        head.Int16(tensor);
        head.Byte(direction);
        head.Byte(channelOrder);
        head.Int32(tailAt + tail.Length);
        tail.ShortString(name);
        head.Int16(labels.Count);
        head.Byte(pixels?.Multipliers.Count ?? 0);
        head.Byte(pixels?.Shift ?? 0);
        head.Int32(tailAt + tail.Length);
        foreach (string label in labels) tail.ShortString(label);
        head.Int32(pixelsAt);
        head.Int32(soundAt);
    }
}
