using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace EdgeCnn.Flash.Images;

/// <summary>
/// Processors that a UF2 file may be for; a board takes only files of its own family. Numbers: github.com/microsoft/uf2,
/// utils/uf2families.json; those of the RP2350: Raspberry Pi, RP2350 Datasheet, "UF2 Targeting Rules".
/// </summary>
/// <param name="Name">What the command line calls it.</param>
/// <param name="Id">Its number.</param>
/// <param name="Processor">Its processors.</param>
public sealed record Uf2Family(string Name, uint Id, string Processor)
{
    /// <summary>The families that have a name here.</summary>
    public static IReadOnlyList<Uf2Family> All { get; } =
    [
        new("rp2040", 0xE48BFF56, "Raspberry Pi RP2040"),
        new("rp2350", 0xE48BFF59, "Raspberry Pi RP2350, Arm, secure"),
        new("rp2350-arm-ns", 0xE48BFF5B, "Raspberry Pi RP2350, Arm, non-secure"),
        new("rp2350-data", 0xE48BFF58, "Raspberry Pi RP2350, data partition"),
        new("stm32f1", 0x5EE21072, "ST STM32F103"),
        new("stm32f2", 0x5D1A0A2E, "ST STM32F2xx"),
        new("stm32f3", 0x6B846188, "ST STM32F3xx"),
        new("stm32f4", 0x57755A57, "ST STM32F4xx"),
        new("stm32f7", 0x53B80F00, "ST STM32F7xx"),
        new("stm32h7", 0x6DB66082, "ST STM32H7xx"),
        new("stm32g4", 0x4C71240A, "ST STM32G4xx"),
        new("stm32l4", 0x00FF6919, "ST STM32L4xx"),
        new("stm32l5", 0x04240BDF, "ST STM32L5xx"),
        new("stm32wb", 0x70D16653, "ST STM32WBxx"),
        new("nrf52", 0x1B57745F, "Nordic nRF52"),
        new("nrf52833", 0x621E937A, "Nordic nRF52833"),
        new("nrf52840", 0xADA52840, "Nordic nRF52840"),
        new("samd51", 0x55114460, "Microchip SAMD51"),
        new("mimxrt10xx", 0x4FB2D5BD, "NXP i.MX RT10xx"),
        new("lpc55", 0x2ABC77EC, "NXP LPC55xx"),
    ];

    /// <summary>The family of a name, or of a number such as 0xE48BFF59.</summary>
    /// <returns>Null when there is none.</returns>
    public static Uf2Family? Find(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        const string Hexadecimal = "0x";
        return text.StartsWith(Hexadecimal, StringComparison.OrdinalIgnoreCase)
            && uint.TryParse(text.AsSpan(Hexadecimal.Length), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out uint id)
                ? new Uf2Family(text, id, "")
                : All.FirstOrDefault(family => family.Name.Equals(text, StringComparison.OrdinalIgnoreCase));
    }
}
