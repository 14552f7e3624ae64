namespace System.Net;

// nanoframework/System.Net: nanoFramework.System.Net/EndPoint.cs
public abstract class EndPoint
{
}
