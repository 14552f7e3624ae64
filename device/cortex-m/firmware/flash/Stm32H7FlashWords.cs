using System.Runtime;
using System.Runtime.CompilerServices;

namespace EdgeCnn.Device;

/// <summary>Reads of flash that may fail.</summary>
internal static class Stm32H7FlashWords
{
    /// <summary>Reads all flash words of a piece of flash without a fault; the controller notes whether one was beyond
    /// correction.</summary>
    [RuntimeImport("*", "touch_flash"), MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void Touch(uint address, uint bytes);
}
