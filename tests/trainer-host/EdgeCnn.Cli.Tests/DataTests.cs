using System.IO;
using System.Linq;
using System.Text.Json;
using EdgeCnn.Cli.Tests.Support;
using Xunit;

namespace EdgeCnn.Cli.Tests;

public class DataTests
{
    [Fact]
    public void A_recipes_data_are_counted_and_measured()
    {
        using var scratch = new Scratch();
        JsonElement result = Tool.Run("data", scratch.Write("recipe.json", SmallRecipe.Text), "--json").Json;
        Assert.Equal([28, 28, 1], result.GetProperty("shape").EnumerateArray().Select(side => side.GetInt32()));
        Assert.Equal(SmallRecipe.TestImages, result.GetProperty("test").GetInt32());
        JsonElement[] classes = [.. result.GetProperty("classes").EnumerateArray()];
        Assert.Equal(10, classes.Length);
        Assert.Equal(result.GetProperty("train").GetInt32(), classes.Sum(row => row.GetProperty("train").GetInt32()));
        Assert.InRange(result.GetProperty("balance").GetDouble(), 0.5, 1);
        Assert.InRange(result.GetProperty("mean")[0].GetDouble(), 0.05, 0.5);
    }

    [Fact]
    public void A_folder_without_a_recipe_shows_its_classes_and_pictures()
    {
        using var scratch = new Scratch();
        WritePictures(scratch);
        Outcome outcome = Tool.Run("data", scratch.Folder);
        Assert.Equal(0, outcome.ExitCode);
        Assert.Contains("\ncat        2           0     1\n", outcome.Output);
        Assert.Contains("⣿", outcome.Output);
        Assert.Contains("4×4×3", outcome.Output);
    }

    [Fact]
    public void Validation_samples_are_kept_apart()
    {
        using var scratch = new Scratch();
        string recipe = scratch.Write("recipe.json", SmallRecipe.With("\"classes\"", "\"validationShare\": 0.25, \"classes\""));
        JsonElement result = Tool.Run("data", recipe, "--json").Json;
        JsonElement whole = Tool.Run("data", scratch.Write("whole.json", SmallRecipe.Text), "--json").Json;
        int validation = result.GetProperty("validation").GetInt32(), all = whole.GetProperty("train").GetInt32();
        Assert.Equal(all, validation + result.GetProperty("train").GetInt32());
        Assert.InRange(validation, all / 4 - 10, all / 4 + 10);
    }

    [Fact]
    public void A_damaged_picture_is_named()
    {
        using var scratch = new Scratch();
        WritePictures(scratch);
        File.WriteAllText(scratch.At("cat", "9.ppm"), "P6 4 4 255 short");
        Outcome outcome = Tool.Run("data", scratch.Folder);
        Assert.Equal(1, outcome.ExitCode);
        Assert.Contains("cat/9.ppm: byte 16: truncated", outcome.Error);
    }

    [Fact]
    public void What_is_not_there_or_does_not_fit_is_refused()
    {
        Assert.Contains("there is no such folder, archive or recipe", Tool.Run("data", "gone").Error);
        Outcome outcome = Tool.Run("data", Path.GetTempPath(), "--data", "x");
        Assert.Equal(2, outcome.ExitCode);
        Assert.Contains("--data goes with a recipe", outcome.Error);
    }

    private static void WritePictures(Scratch scratch)
    {
        foreach (string name in (string[])["cat", "dog"])
        {
            Directory.CreateDirectory(scratch.At(name));
            for (int i = 0; i < 3; i++)
                File.WriteAllBytes(scratch.At(name, $"{i}.ppm"), [.. "P6 4 4 255 "u8, .. Enumerable.Repeat((byte)200, 48)]);
        }
    }
}
