using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Globalization;
using System.IO;
using System.Linq;
using EdgeCnn.Cli.Files;
using EdgeCnn.Cli.Results;
using EdgeCnn.Cli.Terminal;
using EdgeCnn.Flash.Images;
using EdgeCnn.Flash.Update;

namespace EdgeCnn.Cli.Commands;

/// <summary>The options of <c>flash</c> that write files for a board's programmer.</summary>
internal sealed class ImageOptions
{
    private readonly Option<string?> _uf2 = Path("--uf2", "Write a UF2 file, which boards take as a USB drive; needs --family and --address");
    private readonly Option<string?> _hex = Path("--hex", "Write an Intel HEX file; needs --address");
    private readonly Option<string?> _bin = Path("--bin", "Write the plain bytes, for programmers that are told where they go; needs --address, and checks it");
    private readonly Option<string?> _array = Path("--c-array", "Write C source with the model as an array");
    private readonly Option<uint?> _address = new("--address")
    {
        Description = "Where in the board's memory the model lies: a multiple of 16, with 0x or decimal",
        HelpName = "A",
        CustomParser = text => Number(text.Tokens[0].Value, text.AddError),
    };
    private readonly Option<Uf2Family?> _family = new("--family")
    {
        Description = "The processors that the UF2 file is for",
        HelpName = "NAME",
        CustomParser = text =>
        {
            if (Uf2Family.Find(text.Tokens[0].Value) is { } family) return family;
            text.AddError($"--family {text.Tokens[0].Value} is not known; use {Families}, or a number such as 0xE48BFF59.");
            return null;
        },
    };

    public static string Notes => $"Families of --uf2: {Families}, or a number such as 0xE48BFF59.";

    private static string Families => string.Join(", ", Uf2Family.All.Select(family => family.Name));

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_uf2, _family, _hex, _bin, _array, _address]) command.Add(option);
    }

    /// <summary>Whether the user wants a file.</summary>
    public bool IsUsed(ParseResult arguments) => ((Option<string?>[])[_uf2, _hex, _bin, _array]).Any(option => arguments.GetValue(option) is not null);

    /// <summary>Writes the files that the user wants, each whole or not at all; all of them are checked before the first is written.</summary>
    public IReadOnlyList<FlashFileResult> Write(ParseResult arguments, ModelImage image)
    {
        uint? address = arguments.GetValue(_address);
        Uf2Family? family = arguments.GetValue(_family);
        if (arguments.GetValue(_uf2) is not null && family is null) throw new UsageException($"--uf2 needs --family, one of {Families}, or a number.");
        (Option<string?> Option, Action<Stream, string>? Form, bool HasAddress)[] forms =
        [
            (_uf2, (to, _) => Uf2.Write(to, image.Bytes.Span, address!.Value, family!), true),
            (_hex, (to, _) => IntelHex.Write(to, image.Bytes.Span, address!.Value), true),
            (_bin, (to, _) => to.Write(image.Bytes.Span), true),
            (_array, (to, path) => CArray.Write(to, image.Bytes.Span, CArray.NameOf(path)), false),
        ];
        var wanted = forms.Where(form => arguments.GetValue(form.Option) is not null).ToArray();
        if (wanted.Any(form => form.HasAddress)) Check(address, image, isUf2: arguments.GetValue(_uf2) is not null);
        OutputFolder[] folders = [.. wanted.Select(form => OutputFolder.Of(arguments.GetValue(form.Option)!, image.Source))];
        return
        [
            .. wanted.Select((form, i) =>
            {
                string path = arguments.GetValue(form.Option)!;
                folders[i].Create();
                ImageFile.Write(path, to => form.Form!(to, path));
                return new FlashFileResult(path, form.Option.Name.TrimStart('-'), new FileInfo(path).Length, form.HasAddress ? address : null);
            }),
        ];
    }

    private static void Check(uint? address, ModelImage image, bool isUf2)
    {
        if (address is not { } at) throw new UsageException("Say where in the board's memory the model lies, with --address.");
        if (ImageFile.Refusal(at, image.Bytes.Length, isUf2 ? Uf2.ContentBytes : ImageFile.Alignment) is { } refusal)
            throw new UsageException($"--address {refusal}.");
    }

    private static Option<string?> Path(string name, string description) => new(name) { Description = description, HelpName = "FILE" };

    private static uint? Number(string text, Action<string> refuse)
    {
        const string Hexadecimal = "0x";
        bool isHexadecimal = text.StartsWith(Hexadecimal, StringComparison.OrdinalIgnoreCase);
        NumberStyles style = isHexadecimal ? NumberStyles.AllowHexSpecifier : NumberStyles.None;
        if (uint.TryParse(isHexadecimal ? text[Hexadecimal.Length..] : text, style, CultureInfo.InvariantCulture, out uint number)) return number;
        refuse($"--address {text} is not allowed; use an address such as 0x10100000.");
        return null;
    }
}
