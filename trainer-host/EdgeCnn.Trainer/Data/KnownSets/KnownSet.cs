using System;
using System.Collections.Generic;

namespace EdgeCnn.Trainer.Data.KnownSets;

/// <summary>A file of a known set.</summary>
/// <param name="Name">Its name, at the set's address and on disk; ends in <c>.gz</c>.</param>
/// <param name="Bytes">Length of the unpacked content.</param>
/// <param name="Sha256">SHA-256 of the unpacked content, which is the same however it was packed.</param>
public sealed record KnownFile(string Name, long Bytes, string Sha256)
{
    /// <summary>Whether length and checksum are of the file as it is, packed.</summary>
    public bool IsKnownPacked { get; init; }
}

/// <summary>A public data set that is found by its name.</summary>
/// <param name="Name">What recipes call it.</param>
/// <param name="Address">Where its files are; ends in '/'.</param>
/// <param name="Files">What belongs to it.</param>
public sealed record KnownSet(string Name, Uri Address, IReadOnlyList<KnownFile> Files)
{
    /// <summary>All known sets.</summary>
    public static IReadOnlyList<KnownSet> All { get; } =
    [
        // LeCun, Cortes, Burges: the MNIST database; the mirror that PyTorch uses.
        new("mnist", new Uri("https://ossci-datasets.s3.amazonaws.com/mnist/"),
        [
            new("train-images-idx3-ubyte.gz", 47_040_016, "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db"),
            new("train-labels-idx1-ubyte.gz", 60_008, "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5"),
            new("t10k-images-idx3-ubyte.gz", 7_840_016, "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7"),
            new("t10k-labels-idx1-ubyte.gz", 10_008, "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2"),
        ]),
        // Xiao, Rasul, Vollgraf (2017), the address in the set's own README.
        new("fashion-mnist", new Uri("http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/"),
        [
            new("train-images-idx3-ubyte.gz", 47_040_016, "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888"),
            new("train-labels-idx1-ubyte.gz", 60_008, "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9"),
            new("t10k-images-idx3-ubyte.gz", 7_840_016, "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b"),
            new("t10k-labels-idx1-ubyte.gz", 10_008, "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34"),
        ]),
        // Krizhevsky (2009), the binary version on the author's page.
        new("cifar10", new Uri("https://www.cs.toronto.edu/~kriz/"),
        [
            new("cifar-10-binary.tar.gz", 170_052_171, "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd")
            {
                IsKnownPacked = true,
            },
        ]),
    ];
}
