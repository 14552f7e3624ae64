[assembly: System.Reflection.AssemblyVersion("1.17.11.0")]

namespace System.Reflection;

public sealed class AssemblyVersionAttribute : Attribute
{
    public AssemblyVersionAttribute(string version)
    {
    }
}
