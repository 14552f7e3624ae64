namespace EdgeCnn;

/// <summary>Why a model's signature is refused. The number is what a device prints; <c>SignatureException</c> has the words.</summary>
public enum SignError
{
    /// <summary>The key's owner signed the model.</summary>
    None = 0,

    /// <summary>The model has no signature.</summary>
    Unsigned = 1,

    /// <summary>The SIGN section has impossible contents, is not the last one, or is of an algorithm this runtime does not know.</summary>
    BadSection = 2,

    /// <summary>Another key signed the model.</summary>
    OtherKey = 3,

    /// <summary>What should be the public key is not a point of the curve.</summary>
    BadKey = 4,

    /// <summary>The model's id is not the one of its content.</summary>
    WrongId = 5,

    /// <summary>The signature is not one of this model by this key.</summary>
    WrongSignature = 6,
}
