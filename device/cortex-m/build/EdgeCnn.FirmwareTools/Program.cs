using System;
using System.Collections.Generic;
using System.IO;
using EdgeCnn.FirmwareTools;

// Four steps of a firmware's build.
// assembly: turns the object file that ilc makes into text for gas: the same instructions, calls and branches shortened, a section for each
// function, so that the linker drops those that nothing calls.
// inlining: marks what ilc is to inline; methods that are named stay apart.
// key: takes the numbers out of a public key.
// operators: copies the runtime's tables of operators, with the operators that are named, or that a model uses.
const string Usage = """
    usage: EdgeCnn.FirmwareTools assembly IN.o OUT.s
           EdgeCnn.FirmwareTools inlining IN.dll OUT.dll [TYPE.METHOD ...]
           EdgeCnn.FirmwareTools key IN.pem OUT.bin
           EdgeCnn.FirmwareTools operators runtime/Operators OUT-FOLDER (--named "NAME NAME ..." | --of MODEL)
    """;

try
{
    switch (args)
    {
        case ["assembly", string input, string output]:
            File.WriteAllLines(output, [".syntax unified", ".thumb", .. AssemblyText.Of(ElfObject.Read(File.ReadAllBytes(input)))]);
            return 0;
        case ["inlining", string input, string output, .. string[] kept]:
            File.WriteAllBytes(output, Inlining.Marked(File.ReadAllBytes(input), kept));
            return 0;
        case ["key", string input, string output]:
            File.WriteAllBytes(output, KeyFile.Point(input));
            return 0;
        case ["operators", string source, string folder, "--named" or "--of", string which]:
            Dictionary<string, int> codes = OperatorTrim.Codes(source);
            OperatorTrim.Copy(
                source, folder,
                args[3] == "--of" ? OperatorTrim.UsedBy(File.ReadAllBytes(which), codes) : OperatorTrim.Named(which, codes));
            return 0;
        default:
            Console.Error.WriteLine(Usage);
            return 2;
    }
}
catch (Exception failure) when (failure is IOException or InvalidDataException or KeyNotFoundException)
{
    Console.Error.WriteLine($"{string.Join(' ', args)}: error: {failure.Message}");
    return 1;
}
