using System.Runtime;

namespace EdgeCnn.Device;

/// <summary>Before the program starts, checks the signature of the model in flash with the key in the file public.bin on the host, and prints the
/// number of the error.</summary>
internal static unsafe class PrintSigner
{
    [RuntimeExport("board_setup")]
    private static void Setup()
    {
        byte* key = FreeMemory.First, work = key + SignCheck.KeyBytes;
        int where = 0;
        ModelError error = ModelCheck.Verify(Flash.Model, Flash.ModelBytes, FreeMemory.Bytes, ref where);
        Semihosting.Write("model error "u8);
        Semihosting.Write((int)error);
        if (error == ModelError.None && Semihosting.Read(Semihosting.OpenToRead("public.bin"u8), key, SignCheck.KeyBytes))
        {
            Semihosting.Write(", signature error "u8);
            Semihosting.Write((int)SignCheck.Verify(Flash.Model, key, work));
        }
        Semihosting.Write("\n"u8);
    }
}
