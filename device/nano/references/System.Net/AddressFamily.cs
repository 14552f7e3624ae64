namespace System.Net.Sockets;

// nanoframework/System.Net: nanoFramework.System.Net/Sockets/AddressFamily.cs
public enum AddressFamily
{
    InterNetwork = 2,
}
