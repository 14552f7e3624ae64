// The C# compiler sees to it that locals are written before they are read; structs whose address is taken are filled field by field.
[module: System.Runtime.CompilerServices.SkipLocalsInit]
