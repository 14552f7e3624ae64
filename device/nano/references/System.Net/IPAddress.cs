namespace System.Net;

// nanoframework/System.Net: nanoFramework.System.Net/IPAddress.cs
public class IPAddress
{
    public static readonly IPAddress Any;
}
