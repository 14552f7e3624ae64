using System.Runtime;
using System.Runtime.CompilerServices;

namespace EdgeCnn.Device;

/// <summary>What <c>data.S</c> put into flash.</summary>
internal static unsafe class Flash
{
    /// <summary>First byte of the model, 16-byte aligned.</summary>
    internal static byte* Model => ModelBegin();

    /// <summary>Bytes of the model.</summary>
    internal static int ModelBytes => (int)(ModelEnd() - ModelBegin());

    /// <summary>First byte of the inputs: raw tensors, one set after the other.</summary>
    internal static byte* Inputs => InputsBegin();

    /// <summary>Bytes of all inputs; 0 when none were linked in.</summary>
    internal static int InputsBytes => (int)(InputsEnd() - InputsBegin());

    [RuntimeImport("*", "model_begin_address"), MethodImpl(MethodImplOptions.InternalCall)]
    private static extern byte* ModelBegin();

    [RuntimeImport("*", "model_end_address"), MethodImpl(MethodImplOptions.InternalCall)]
    private static extern byte* ModelEnd();

    [RuntimeImport("*", "inputs_begin_address"), MethodImpl(MethodImplOptions.InternalCall)]
    private static extern byte* InputsBegin();

    [RuntimeImport("*", "inputs_end_address"), MethodImpl(MethodImplOptions.InternalCall)]
    private static extern byte* InputsEnd();
}
