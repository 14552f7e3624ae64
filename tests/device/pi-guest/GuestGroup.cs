using Xunit;

namespace EdgeCnn.Device.Tests;

/// <summary>The guests run one after the other, and share what they need.</summary>
[CollectionDefinition(Name)]
public sealed class GuestGroup : ICollectionFixture<GuestFixture>
{
    /// <summary>The group's name.</summary>
    public const string Name = "guests";
}
