namespace EdgeCnn.Managed;

/// <summary>Who signed a model that was checked.</summary>
internal static unsafe class Signature
{
    /// <summary>Refuses a model that the key's owner did not sign.</summary>
    /// <exception cref="SignatureException">The model is refused.</exception>
    internal static void Require(byte* model, string source, PublicKey key)
    {
        int* work = stackalloc int[SignCheck.WorkBytes / sizeof(int)];
        SignError error;
        fixed (byte* bytes = key.Bytes) error = SignCheck.Verify(model, bytes, (byte*)work);
        if (error != SignError.None) throw new SignatureException(source, error);
    }
}
