using System;

namespace EdgeCnn.Managed;

/// <summary>A model was refused because of who signed it, or did not: what is wrong, and what to do about it.</summary>
public sealed class SignatureException : Exception
{
    /// <summary>Describes the refusal of <paramref name="source"/>.</summary>
    public SignatureException(string source, SignError error)
        : base($"{source}: {Describe(error)}") => Error = error;

    /// <summary>Why it was refused.</summary>
    public SignError Error { get; }

    /// <summary>The words for an error.</summary>
    public static string Describe(SignError error) => error switch
    {
        SignError.None => "the signature is the key's",
        SignError.Unsigned => "the model is not signed; sign it with 'edgecnn sign'",
        SignError.BadSection => "the SIGN section is not one this runtime reads; sign the model again, or update the runtime",
        SignError.OtherKey => "another key signed the model; take the model from whom you trust, or give that signer's key",
        SignError.BadKey => "the public key is not a point of the curve P-256; take the key that 'edgecnn keys create' made",
        SignError.WrongId => "the model was changed after it was signed; copy it again",
        SignError.WrongSignature => "the signature does not fit the model and the key: it is forged, or damaged; copy the model again",
        _ => $"signature error {(int)error}",
    };
}
