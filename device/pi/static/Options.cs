using System;

namespace EdgeCnn.Device;

/// <summary>What the command line says.</summary>
internal unsafe struct Options
{
    /// <summary>No number was given.</summary>
    internal const int None = -1;

    /// <summary>The command line that <see cref="Parse"/> reads.</summary>
    internal static ReadOnlySpan<byte> Usage =>
        """
        usage: edgecnn-camera MODEL [--camera DEVICE | --frames FILE|-] [options]
          classifies what a camera sees, or raw frames of a file or of standard input (-)
          --camera DEVICE    a Video4Linux2 camera (/dev/video0)
          --frames FILE      raw frames; give --format and --size
          --size WxH         size of the frames (640x480)
          --format NAME      gray, rgb, bgr, yuyv, nv12 or i420 (a camera: the first it has; frames: yuyv)
          --full-range       frames have Y, Cb and Cr from 0 to 255
          --squeeze          squeeze the frame into the model's proportions instead of cutting it
          --count N          end after N frames (a camera: never; frames: with the last)
          --chip CHIP        GPIO chip of the lines, a device or how its label begins (pinctrl-)
          --outputs A,B,...  GPIO line for each label, on while the label is shown
          --smooth N         average scores over about 2^N frames, 0 to 8 (2)
          --enter N          mean score out of 256 from which a label is shown (154)
          --leave N          and below which it is no longer (102)
          --button LINE      GPIO line of a button to ground: pressed, the frame is learned as --teach says
          --debounce N       microseconds that a level of the button lasts at least (10000)
          --teach LABEL      number of the label that the button teaches
          --at N             teach frame N, without a button
          --deltas FOLDER    where what is learned is kept, and taken up again
          --undo             take the last lesson back, and end
          --keep FILE        write the frames' bytes there
        exit code: 0, 1 after an error, 2 when the command line is wrong
        """u8;

    internal byte* Model, Camera, Frames, Chip, Deltas, Keep;
    internal int Width, Height, Format, Count, OutputCount, Smooth, Enter, Leave, Button, Debounce, Teach, At;
    internal bool IsFullRange, Squeezes, Undoes;
    internal fixed int Outputs[GpioOutputs.MaxLines];

    /// <summary>Reads the command line.</summary>
    /// <returns>The argument that is wrong, null when none is; an empty text when the model is missing.</returns>
    internal byte* Parse(int count, byte** arguments)
    {
        Width = 640;
        Height = 480;
        Smooth = 2;
        Enter = 154;
        Leave = 102;
        Debounce = 10000;
        Count = Button = Teach = At = None;
        for (int i = 1; i < count; i++)
        {
            byte* name = arguments[i];
            if (name[0] != '-')
            {
                if (Model != null) return name;
                Model = name;
            }
            else if (Is(name, "--full-range"u8)) IsFullRange = true;
            else if (Is(name, "--squeeze"u8)) Squeezes = true;
            else if (Is(name, "--undo"u8)) Undoes = true;
            else if (i + 1 == count || !Take(name, arguments[++i])) return name;
        }
        return Model != null ? null : arguments[count];
    }

    private bool Take(byte* name, byte* value)
    {
        if (Is(name, "--camera"u8)) return Set(ref Camera, value);
        if (Is(name, "--frames"u8)) return Set(ref Frames, value);
        if (Is(name, "--chip"u8)) return Set(ref Chip, value);
        if (Is(name, "--deltas"u8)) return Set(ref Deltas, value);
        if (Is(name, "--keep"u8)) return Set(ref Keep, value);
        if (Is(name, "--count"u8)) return Number(value, ref Count, int.MaxValue);
        if (Is(name, "--smooth"u8)) return Number(value, ref Smooth, 8);
        if (Is(name, "--enter"u8)) return Number(value, ref Enter, 256);
        if (Is(name, "--leave"u8)) return Number(value, ref Leave, 256);
        if (Is(name, "--button"u8)) return Number(value, ref Button, int.MaxValue);
        if (Is(name, "--debounce"u8)) return Number(value, ref Debounce, int.MaxValue);
        if (Is(name, "--teach"u8)) return Number(value, ref Teach, int.MaxValue);
        if (Is(name, "--at"u8)) return Number(value, ref At, int.MaxValue);
        if (Is(name, "--format"u8)) return Named(value);
        if (Is(name, "--outputs"u8)) return Lines(value);
        if (!Is(name, "--size"u8) || !Digits(ref value, ref Width) || *value != 'x') return false;
        return Number(value + 1, ref Height, 65535);
    }

    private static bool Set(ref byte* option, byte* value)
    {
        option = value;
        return *value != 0;
    }

    private bool Lines(byte* value)
    {
        for (OutputCount = 0; OutputCount < GpioOutputs.MaxLines; value++)
        {
            int line = 0;
            if (!Digits(ref value, ref line)) return false;
            Outputs[OutputCount++] = line;
            if (*value != ',') return *value == 0;
        }
        return false;
    }

    private bool Named(byte* value)
    {
        Format = Is(value, "gray"u8) ? PixelFormat.Gray
            : Is(value, "rgb"u8) ? PixelFormat.Rgb
            : Is(value, "bgr"u8) ? PixelFormat.Bgr
            : Is(value, "yuyv"u8) ? PixelFormat.Yuyv
            : Is(value, "nv12"u8) ? PixelFormat.Nv12
            : Is(value, "i420"u8) ? PixelFormat.I420 : 0;
        return Format != 0;
    }

    private static bool Number(byte* text, ref int number, int largest) => Digits(ref text, ref number) && *text == 0 && number <= largest;

    /// <summary>Decimal digits, at most nine.</summary>
    private static bool Digits(ref byte* text, ref int number)
    {
        byte* start = text;
        int value = 0;
        for (; *text >= '0' && *text <= '9' && text - start < 9; text++) value = 10 * value + *text - '0';
        number = value;
        return text > start;
    }

    private static bool Is(byte* text, ReadOnlySpan<byte> name)
    {
        fixed (byte* expected = name)
        {
            for (int i = 0; i < name.Length; i++)
                if (text[i] != expected[i]) return false;
            return text[name.Length] == 0;
        }
    }
}
