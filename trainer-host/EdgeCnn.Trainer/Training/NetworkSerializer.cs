using System;
using System.Buffers.Binary;
using System.IO;
using System.Text;
using EdgeCnn.Trainer.Layers;
using EdgeCnn.Trainer.Recipes;

namespace EdgeCnn.Trainer.Training;

/// <summary>A float network as read from its file, with the recipe that made it.</summary>
public sealed record SavedNetwork(Recipe Recipe, Network<float> Network);

/// <summary>
/// The file of a trained float network, <c>.ecfloat</c>: what export, comparison and further training start from.
/// </summary>
/// <remarks>
/// Little-endian: "ECFL"; version (uint32, 1); the recipe's JSON; number of parameters (uint32); for each its name, its number of
/// values (uint32)
/// and the values (float32); CRC-32 of all bytes before it. A text is its length in bytes (uint32) and its UTF-8. The order of
/// parameters is that of
/// <see cref="Network{T}.Parameters"/>.
/// </remarks>
public static class NetworkSerializer
{
    private const uint Version = 1;

    private static ReadOnlySpan<byte> Magic => "ECFL"u8;

    /// <summary>Writes the file, whole or not at all.</summary>
    /// <exception cref="IOException">The file can't be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written.</exception>
    public static void Save(string path, Recipe recipe, Network<float> network)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        ArgumentNullException.ThrowIfNull(network);
        using var content = new MemoryStream();
        using var writer = new BinaryWriter(content);
        writer.Write(Magic);
        writer.Write(Version);
        WriteText(writer, recipe.Text);
        writer.Write(network.Parameters.Count);
        foreach (var parameter in network.Parameters)
        {
            WriteText(writer, parameter.Name);
            writer.Write(parameter.Length);
            foreach (var value in parameter.Values)
                writer.Write(value);
        }

        writer.Write(Crc(content.GetBuffer().AsSpan(0, (int)content.Length)));
        AtomicFile.Write(path, content.GetBuffer().AsMemory(0, (int)content.Length));
    }

    /// <summary>Reads a file and checks all of it.</summary>
    /// <exception cref="InvalidDataException">It is damaged or no such file; the message names the byte.</exception>
    /// <exception cref="RecipeException">Its recipe is refused.</exception>
    /// <exception cref="IOException">It can't be read.</exception>
    public static SavedNetwork Load(string path)
    {
        var reader = new Reader(path, File.ReadAllBytes(path));
        reader.CheckFrame(Magic);
        var recipe = Recipe.Parse(reader.ReadText(), $"{Path.GetFileName(path)}: recipe");
        var network = recipe.CreateNetwork<float>();
        reader.Expect((uint)network.Parameters.Count, "parameters");
        foreach (var parameter in network.Parameters)
            reader.ReadValues(parameter);
        reader.CheckEnd();
        network.WeightsChanged();
        return new SavedNetwork(recipe, network);
    }

    private static void WriteText(BinaryWriter writer, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        writer.Write(bytes.Length);
        writer.Write(bytes);
    }

    private static unsafe uint Crc(ReadOnlySpan<byte> bytes)
    {
        fixed (byte* start = bytes)
            return Crc32.Of(start, 0, bytes.Length);
    }

    private sealed class Reader(string path, byte[] bytes)
    {
        private const int CrcBytes = sizeof(uint);
        private int _position;

        public void CheckFrame(ReadOnlySpan<byte> magic)
        {
            if (bytes.Length < magic.Length + sizeof(uint) + CrcBytes || !bytes.AsSpan().StartsWith(magic))
                throw Wrong("this is not a float network (.ecfloat)");
            _position = magic.Length;
            var version = ReadUInt32();
            if (version != Version)
                throw Wrong($"version {version} is unknown; this program reads version {Version}");
            if (Crc(bytes.AsSpan(0, bytes.Length - CrcBytes)) != BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(^CrcBytes..)))
                throw Wrong("the file is damaged: its checksum is wrong; copy or make it again");
        }

        public void Expect(uint expected, string what)
        {
            var found = ReadUInt32();
            if (found != expected)
                throw Wrong($"{found} {what} where the recipe has {expected}");
        }

        public string ReadText() => Encoding.UTF8.GetString(Take(ReadUInt32()));

        public void ReadValues(Parameter<float> parameter)
        {
            var name = ReadText();
            if (name != parameter.Name)
                throw Wrong($"parameter '{name}' where the recipe has '{parameter.Name}'");
            Expect((uint)parameter.Length, $"values of {name}");
            var source = Take((uint)parameter.Length * sizeof(float));
            for (var i = 0; i < parameter.Length; i++)
                parameter.Values[i] = BinaryPrimitives.ReadSingleLittleEndian(source[(i * sizeof(float))..]);
        }

        public void CheckEnd()
        {
            if (_position != bytes.Length - CrcBytes)
                throw Wrong("values follow the last parameter");
        }

        private uint ReadUInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(sizeof(uint)));

        private ReadOnlySpan<byte> Take(uint length)
        {
            if (length > bytes.Length - CrcBytes - _position)
                throw Wrong("the file ends too early");
            var taken = bytes.AsSpan(_position, (int)length);
            _position += (int)length;
            return taken;
        }

        private InvalidDataException Wrong(string reason) => new($"{path}: byte {_position}: {reason}");
    }
}
