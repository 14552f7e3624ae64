namespace System.Net;

/// <summary>Where something can be reached.</summary>
public abstract class EndPoint
{
}
