using System.Runtime;

namespace EdgeCnn.Device;

/// <summary>What stopped the processor, kept over the reset that follows in the last bytes of RAM, which nothing clears.</summary>
internal static unsafe class FaultRecord
{
    /// <summary>Bytes of RAM that it takes.</summary>
    internal const int Bytes = 32;

    private const uint Magic = 0x544C4146;

    /// <summary>Of the fault before this start, as the processor states it; 0: there was none.</summary>
    internal static uint Status => Record[0];

    /// <summary>Where that was.</summary>
    internal static uint ProgramCounter => Record[1];

    private static uint* Record => (uint*)(FreeMemory.First + FreeMemory.Bytes - Bytes);

    /// <summary>Takes over what was noted before the reset: once, so that the next start is not after a fault.</summary>
    internal static void Take()
    {
        uint* record = Record;
        bool isNoted = record[2] == Magic;
        record[0] = isNoted ? record[3] : 0;
        record[1] = isNoted ? record[4] : 0;
        record[2] = 0;
    }

    /// <summary>Entered from reset.S with a fresh stack; starts the board again.</summary>
    /// <param name="number">Exception number (IPSR).</param>
    /// <param name="status">Configurable fault status register; the exception's number stands for none.</param>
    /// <param name="programCounter">Where it happened; 0 when the processor could not note that, as after a stack overflow.</param>
    [RuntimeExport("report_exception")]
    private static void Report(uint number, uint status, uint programCounter)
    {
        uint* record = Record;
        record[2] = Magic;
        record[3] = status != 0 ? status : number;
        record[4] = programCounter;
        Processor.Reset();
    }
}
