namespace EdgeCnn.Device.Tests.Simulated;

/// <summary>The lock of an STM32's control register: two keys in order open it; any other write of the key register, or opening it twice,
/// locks it up to the next reset (RM0090, 3.6.1; RM0433, 4.5.1).</summary>
internal sealed class KeyLock
{
    private const uint First = 0x45670123, Second = 0xCDEF89AB;

    private bool _hasFirst, _isForEver;

    internal bool IsLocked { get; private set; } = true;

    internal void Lock() => IsLocked = true;

    internal void Key(uint value)
    {
        bool isFirst = IsLocked && !_hasFirst && value == First, isSecond = IsLocked && _hasFirst && value == Second;
        if (!isFirst && !isSecond) _isForEver = true;
        _hasFirst = isFirst;
        IsLocked = _isForEver || !isSecond;
    }
}
