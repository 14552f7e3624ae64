namespace System.Net.Sockets;

// nanoframework/System.Net: nanoFramework.System.Net/Sockets/SelectMode.cs
public enum SelectMode
{
    SelectRead = 0,
}
