using EdgeCnn.Trainer.Data.Files;
using EdgeCnn.Trainer.Data.Pictures;
using EdgeCnn.Trainer.Kinds;
using EdgeCnn.Trainer.Recipes;

namespace EdgeCnn.Trainer.Data;

/// <summary>
/// Pictures in folders named by their class, or in a <c>.zip</c> archive of such: JPEG and PNG (decoded by ffmpeg), BMP, binary PGM and
/// PPM, of any sizes, brought to the recipe's input by <see cref="Resize"/> and <see cref="Gray"/>.
/// </summary>
[Kind("images")]
public sealed class ImageFolder : DataSource
{
    private readonly LabelledFiles _samples;
    private readonly bool _crop;

    /// <summary>A source of pictures.</summary>
    /// <param name="files">Which files are samples: <c>{class}</c> stands where the class is, <c>*</c> for any text without '/',
    /// <c>[0-4]</c> for one of a range, <c>**/</c> for any folders.</param>
    /// <param name="test">Which of them are to test with, written the same way; null: they are drawn by <paramref name="seed"/>.</param>
    /// <param name="testShare">Share of every class to draw for testing, between 0 and 1.</param>
    /// <param name="seed">What the split and the order of the samples are drawn from.</param>
    /// <param name="fit"><c>crop</c> cuts off what does not have the input's proportions, <c>stretch</c> squeezes it in.</param>
    /// <param name="archive">Name of the <c>.zip</c> file in the data folder, when there are several or folders beside it.</param>
    public ImageFolder(
        string files = "**/{class}/*", string? test = null, double testShare = 0.2, ulong seed = 1, string fit = "crop",
        string? archive = null)
    {
        _samples = new LabelledFiles(files, test, testShare, seed, archive);
        _crop = Require.OneOf(fit, ["crop", "stretch"], nameof(fit)) == "crop";
    }

    /// <inheritdoc/>
    public override DataSplit Load(DataRequest request)
    {
        if (request.Input.Channels is not (1 or 3))
            throw new RecipeException($"input: pictures have 1 channel (gray) or 3 (RGB), the recipe says {request.Input}; use 1 or 3");
        using var files = _samples.Open(NeededPlace(request.Folder));
        var (train, test) = _samples.Find(files, request.Classes);
        var loader = new PictureLoader(files, request.Input, _crop);
        return new DataSplit(
            loader.Load(train, request.Classes, request.Cancellation), loader.Load(test, request.Classes, request.Cancellation));
    }
}
