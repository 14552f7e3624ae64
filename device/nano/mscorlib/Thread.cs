namespace System.Threading;

public static class Thread
{
    public static void Sleep(int millisecondsTimeout) => throw null;
}
