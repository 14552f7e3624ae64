using System;
using System.Linq;
using System.Security.Cryptography;
using EdgeCnn.Trainer.Data;
using Xunit;

namespace EdgeCnn.Tests.Data;

public class DrawnDigitsTests
{
    [Fact]
    public void A_seed_gives_the_same_bytes_on_every_machine() =>
        Assert.Equal("733FCFFACC17361C", Convert.ToHexString(SHA256.HashData(DrawnDigits.Draw(1, 0, 200).Pixels))[..16]);

    [Fact]
    public void A_picture_depends_on_its_number_alone()
    {
        var many = DrawnDigits.Draw(1, 0, 30);
        Assert.Equal(many.Image(17).ToArray(), DrawnDigits.Draw(1, 17, 1).Image(0).ToArray());
        Assert.Equal(7, many.Labels[17]);
    }

    [Fact]
    public void No_two_pictures_are_alike()
    {
        var data = DrawnDigits.Draw(1, 0, 500);
        Assert.Equal(500, Enumerable.Range(0, 500).Select(i => Convert.ToHexString(data.Image(i))).Distinct().Count());
    }
}
