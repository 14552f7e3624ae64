namespace System.IO;

// nanoframework/System.IO.FileSystem: System.IO.FileSystem/FileMode.cs
public enum FileMode
{
    OpenOrCreate = 4,
}
