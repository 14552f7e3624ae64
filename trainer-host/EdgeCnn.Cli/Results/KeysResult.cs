namespace EdgeCnn.Cli.Results;

/// <summary>A pair of keys.</summary>
/// <param name="PrivateKeyPath">Where the key that signs was written.</param>
/// <param name="PublicKeyPath">Where the key that checks was written.</param>
/// <param name="KeyId">By which signed models name them, 16 hexadecimal digits.</param>
internal sealed record KeysResult(string PrivateKeyPath, string PublicKeyPath, string KeyId);
