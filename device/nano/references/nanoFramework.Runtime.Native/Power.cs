namespace nanoFramework.Runtime.Native;

// nanoframework/nanoFramework.Runtime.Native: nanoFramework.Runtime.Native/Power.cs
public class Power
{
    public static void RebootDevice() => throw null;
}
