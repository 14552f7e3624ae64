namespace EdgeCnn.Device;

/// <summary>What goes wrong with cameras, lines and files. <see cref="Faults.Text"/> says it in words; where the kernel refused something,
/// its number is beside it.</summary>
public enum Fault
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The input of the model takes no gray or colour pixels.</summary>
    NotAnImage = 1,

    /// <summary>No frame has such a format, size or row length.</summary>
    BadShape = 2,

    /// <summary>The kernel gives no memory.</summary>
    NoMemory = 3,

    /// <summary>There is no such device.</summary>
    NoDevice = 4,

    /// <summary>The device may not be opened by this user.</summary>
    NoPermission = 5,

    /// <summary>Another program has the device or the line.</summary>
    Busy = 6,

    /// <summary>The device is no camera that streams into memory.</summary>
    NotACamera = 7,

    /// <summary>The camera has none of the formats that this program reads.</summary>
    NoFormat = 8,

    /// <summary>The camera was unplugged.</summary>
    Unplugged = 9,

    /// <summary>No frame came in time.</summary>
    Late = 10,

    /// <summary>The camera reports an error.</summary>
    CameraError = 11,

    /// <summary>The pipe has ended, after whole frames.</summary>
    EndOfFrames = 12,

    /// <summary>The pipe has ended in the middle of a frame.</summary>
    CutFrame = 13,

    /// <summary>The device is no GPIO chip with the interface of Linux 5.10 or later.</summary>
    NotAChip = 14,

    /// <summary>The chip has no such line, or the line can't be used like this.</summary>
    BadLine = 15,

    /// <summary>The model has no LEARN section, or its loss takes no labels.</summary>
    CannotLearn = 16,

    /// <summary>The model has no such label.</summary>
    NoLabel = 17,

    /// <summary>There is nothing to undo.</summary>
    NothingToUndo = 18,

    /// <summary>The disk is full.</summary>
    DiskFull = 19,

    /// <summary>The file can't be written.</summary>
    CannotWrite = 20,

    /// <summary>The file can't be read.</summary>
    CannotRead = 21,

    /// <summary>The file is damaged, or belongs to another model.</summary>
    BadDelta = 22,

    /// <summary>The name is too long.</summary>
    LongName = 23,

    /// <summary>The input of the model takes no sound.</summary>
    NotASound = 24,
}
