namespace EdgeCnn.Device;

/// <summary>What is connected where. Change it here, for the board at hand.</summary>
public sealed class Settings
{
    /// <summary>Files: slot 0, slot 1, two for the journal, two for deltas. <c>I:</c> is the internal storage.</summary>
    public string[] Files { get; set; } =
        { "I:\\slot0.ecnn", "I:\\slot1.ecnn", "I:\\journal0.bin", "I:\\journal1.bin", "I:\\delta0.bin", "I:\\delta1.bin" };

    /// <summary>The largest model that the line brings: RAM of one slot. A multiple of <see cref="BlockBytes"/>.</summary>
    public int SlotBytes { get; set; } = 16384;

    /// <summary>The least RAM for tensors and learning.</summary>
    public int ArenaBytes { get; set; } = 4096;

    /// <summary>The least number of operators of a model that there is room for.</summary>
    public int Operators { get; set; } = 32;

    /// <summary>The largest delta. A multiple of <see cref="BlockBytes"/>.</summary>
    public int DeltaBytes { get; set; } = 4096;

    /// <summary>What is written to a file at once; a power of two, at most 1,024.</summary>
    public int BlockBytes { get; set; } = 1024;

    /// <summary>The serial port that answers the board protocol.</summary>
    public string SerialPort { get; set; } = "COM2";

    /// <summary>Its speed.</summary>
    public int BaudRate { get; set; } = 115200;

    /// <summary>The TCP port that answers it instead, in the application for boards with a network.</summary>
    public int TcpPort { get; set; } = 7007;

    /// <summary>The bus of the thermal array.</summary>
    public int I2cBus { get; set; } = 1;

    /// <summary>Its address.</summary>
    public int I2cAddress { get; set; } = ThermalArray.Address;

    /// <summary>The output for each label.</summary>
    public int[] LabelPins { get; set; } = { 12, 13, 14 };

    /// <summary>The button that teaches each label; pressed, it connects to ground.</summary>
    public int[] ButtonPins { get; set; } = { 25, 26, 27 };

    /// <summary>Frames that must give the same answer before the label changes.</summary>
    public int Frames { get; set; } = 3;

    /// <summary>Milliseconds between frames; the thermal array has ten new ones per second.</summary>
    public int FrameMilliseconds { get; set; } = 100;

    /// <summary>Milliseconds without a byte after which the line is idle, and frames are classified again.</summary>
    public int IdleMilliseconds { get; set; } = 3000;
}
