using System;
using EdgeCnn.Trainer.Data;

namespace EdgeCnn.Cli.Tests.Support;

/// <summary>A folder with what refused command lines name.</summary>
internal sealed class RefusalFiles(TrainedModel trained) : IDisposable
{
    private readonly Scratch _scratch = new();

    public string Folder => _scratch.Folder;

    public string[] Entries => _scratch.Entries;

    public string Model => trained.Model;

    public string Raw => Write("raw.bin", new byte[784]);

    public string Small => Write("recipe.json", SmallRecipe.Text);

    public string Write(string name, string content) => _scratch.Write(name, content);

    public string Write(string name, byte[] content) => _scratch.Write(name, content);

    /// <summary>A file of zeros that takes no room on the disk.</summary>
    public string Sparse(string name, long bytes) => _scratch.Sparse(name, bytes);

    public string Recipe(string old, string other) => Write("recipe.json", SmallRecipe.With(old, other));

    public string Idx() => Write("recipe.json", SmallRecipe.With(SmallRecipe.Data, "\"idx\""));

    public byte[] ModelBytes() => trained.Bytes();

    public byte[] Damaged()
    {
        byte[] file = trained.Bytes();
        file[^1] ^= 1;
        return file;
    }

    public static byte[] Images() => IdxFile.Of(DrawnDigits.Draw(1, 0, 2));

    /// <summary>Images of 28×27.</summary>
    public static byte[] Narrow()
    {
        byte[] file = Images()[..^56];
        file[15] = 27;
        return file;
    }

    public void Dispose() => _scratch.Dispose();
}
