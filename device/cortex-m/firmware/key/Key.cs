using System.Runtime;
using System.Runtime.CompilerServices;

namespace EdgeCnn.Board;

internal static unsafe partial class Platform
{
    /// <summary>The key that the build linked in.</summary>
    internal static byte* PublicKey => KeyAddress();

    [RuntimeImport("*", "public_key_address"), MethodImpl(MethodImplOptions.InternalCall)]
    private static extern byte* KeyAddress();
}
