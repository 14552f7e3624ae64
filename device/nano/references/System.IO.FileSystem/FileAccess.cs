namespace System.IO;

// nanoframework/System.IO.FileSystem: System.IO.FileSystem/FileAccess.cs
public enum FileAccess
{
    ReadWrite = 3,
}
