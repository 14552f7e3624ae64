namespace System.Threading;

public sealed class Thread
{
    public static void Sleep(int millisecondsTimeout) => throw null;
}
