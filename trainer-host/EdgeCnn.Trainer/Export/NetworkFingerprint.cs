using System;
using System.Linq;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using EdgeCnn.Managed;
using EdgeCnn.Trainer.Training;

namespace EdgeCnn.Trainer.Export;

/// <summary>Binds a model file to the float network that it was made of.</summary>
public static class NetworkFingerprint
{
    /// <summary>The META key that holds it.</summary>
    public const string MetaKey = "float";

    /// <summary>The first 8 bytes of the SHA-256 of all parameters in order, as 16 hexadecimal digits.</summary>
    public static string Of(Network<float> network)
    {
        ArgumentNullException.ThrowIfNull(network);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var parameter in network.Parameters) hash.AppendData(MemoryMarshal.AsBytes(parameter.Values));
        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 8));
    }

    /// <summary>Whether a model was made of this network; a model that does not say is taken to be.</summary>
    public static bool Fits(ModelInfo model, Network<float> network)
    {
        ArgumentNullException.ThrowIfNull(model);
        string? stated = model.Meta.FirstOrDefault(pair => pair.Key == MetaKey).Value;
        return stated is null || stated == Of(network);
    }
}
