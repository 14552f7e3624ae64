using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using EdgeCnn.Thumb;

// Turns the object file that ilc makes into assembly text for gas: the same instructions, calls and branches shortened, a section for each
// function, so that the linker drops those that nothing calls. usage: EdgeCnn.Thumb IN.o OUT.s

if (args.Length != 2)
{
    Console.Error.WriteLine("usage: EdgeCnn.Thumb IN.o OUT.s");
    return 2;
}
try
{
    ElfObject elf = ElfObject.Read(File.ReadAllBytes(args[0]));
    File.WriteAllLines(args[1], [".syntax unified", ".thumb", .. AssemblyText.Of(elf)]);
    return 0;
}
catch (Exception failure) when (failure is IOException or InvalidDataException or KeyNotFoundException)
{
    Console.Error.WriteLine($"{args[0]}: {failure.Message}");
    return 1;
}
