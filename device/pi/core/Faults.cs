using System;

namespace EdgeCnn.Device;

/// <summary>Faults in words: what is wrong, and what to do.</summary>
public static class Faults
{
    /// <summary>A sentence without its full stop, in UTF-8.</summary>
    public static ReadOnlySpan<byte> Text(Fault fault) => fault switch
    {
        Fault.NotAnImage => "the model's first input takes no pixels; use a model for gray or colour pictures"u8,
        Fault.BadShape => "no frame has this format and size; YUV frames have even sides"u8,
        Fault.NoMemory => "the kernel gives no memory; use smaller frames, or end other programs"u8,
        Fault.NoDevice => "no such device; plug it in, or name another one"u8,
        Fault.NoPermission => "the device may not be opened; add the user to the group 'video' or 'gpio'"u8,
        Fault.Busy => "another program uses it; end that first"u8,
        Fault.NotACamera => "this device is no camera that streams into memory; name another one of /dev/video*"u8,
        Fault.NoFormat => "the camera has no format that can be read here (YUYV, NV12, YU12, GREY, RGB3, BGR3); use a pipe from ffmpeg"u8,
        Fault.Unplugged => "the camera was unplugged"u8,
        Fault.Late => "the camera sent no frame in time"u8,
        Fault.CameraError => "the camera reports an error"u8,
        Fault.EndOfFrames => "there are no more frames"u8,
        Fault.CutFrame => "the frames ended in the middle of one; check that size and format are those of the sender"u8,
        Fault.NotAChip => "this device is no GPIO chip of Linux 5.10 or later; name another one of /dev/gpiochip*"u8,
        Fault.BadLine => "the chip has no such line, or it can't be used like this"u8,
        Fault.CannotLearn => "the model can't learn labels; make one with 'edgecnn plan-learning'"u8,
        Fault.NoLabel => "the model has no such label"u8,
        Fault.NothingToUndo => "there is nothing to undo"u8,
        Fault.DiskFull => "the disk is full; nothing new is saved"u8,
        Fault.CannotWrite => "it can't be written; nothing new is saved"u8,
        Fault.CannotRead => "it can't be read"u8,
        Fault.BadDelta => "the delta is damaged, or belongs to another model"u8,
        Fault.NotASound => "the model's first input takes no sound; use a model that was trained on sounds"u8,
        Fault.LongName => "the folder's name is too long"u8,
        _ => "nothing is wrong"u8,
    };
}
