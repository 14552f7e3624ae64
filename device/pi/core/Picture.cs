namespace EdgeCnn.Device;

/// <summary>
/// From a camera's frame to the input of a model, in integers: the largest cut-out of the input's proportions from the middle, the area
/// average of each component rounded to bytes, <see cref="Yuv"/> or <see cref="Gray"/>, and the model's own preprocessing. Takes memory
/// when it opens, never while it works.
/// </summary>
public unsafe struct Picture
{
    private FrameShape _shape;
    private byte* _model;
    private byte* _memory;
    private uint* _sums;
    private int _input, _order, _left, _top, _columns, _rows, _bytes;

    /// <summary>Columns of the model's input.</summary>
    public int Width { get; private set; }

    /// <summary>Rows of the model's input.</summary>
    public int Height { get; private set; }

    /// <summary>Bytes of a pixel of the model's input: 1 for gray, 3 for colours, in the model's order.</summary>
    public readonly int Channels => _order == ChannelOrder.Gray ? 1 : 3;

    /// <summary>The pixels that the last frame became, before the model's preprocessing: Height · Width · Channels bytes.</summary>
    public readonly byte* Pixels => _memory;

    /// <summary>First column of the cut-out.</summary>
    public readonly int Left => _left;

    /// <summary>First row of the cut-out.</summary>
    public readonly int Top => _top;

    /// <summary>Columns of the cut-out.</summary>
    public readonly int Columns => _columns;

    /// <summary>Rows of the cut-out.</summary>
    public readonly int Rows => _rows;

    /// <summary>Gets ready for frames of one shape; <see cref="Close"/> comes before another time.</summary>
    /// <param name="model">A checked model, which outlives this.</param>
    /// <param name="input">Which of its inputs.</param>
    /// <param name="shape">The frames.</param>
    /// <param name="crop">Whether to cut off what does not fit the input's proportions; else the frame is squeezed in. A cut-out begins
    /// and ends between samples of colour.</param>
    /// <returns><see cref="Fault.NotAnImage"/>, <see cref="Fault.BadShape"/>, <see cref="Fault.NoMemory"/>.</returns>
    public Fault Open(byte* model, int input, FrameShape shape, bool crop = true)
    {
        int tensor = IORecord.Input(model, input), rank = TensorRecord.Rank(model, tensor);
        _order = IORecord.Order(model, input);
        bool isPicture = _order != ChannelOrder.None && IORecord.Sound(model, input) == 0 && rank >= 3;
        if (!isPicture || IORecord.PixelChannels(model, input) != Channels) return Fault.NotAnImage;
        if (!shape.IsValid()) return Fault.BadShape;
        _model = model;
        _input = input;
        _shape = shape;
        Width = TensorRecord.Dimension(model, tensor, rank - 2);
        Height = TensorRecord.Dimension(model, tensor, rank - 3);
        if (TensorRecord.Elements(model, tensor) != Height * Width * Channels) return Fault.NotAnImage;
        Cut(crop);
        int pixels = (3 * Width * Height + 3) & ~3;
        _bytes = pixels + sizeof(uint) * PixelFormat.RowBytes(shape.Format, shape.Width);
        _memory = Pages.Allocate(_bytes);
        _sums = (uint*)(_memory + pixels);
        return _memory == null ? Fault.NoMemory : Fault.None;
    }

    /// <summary>Turns a frame into the model's input in <paramref name="arena"/>, and into <see cref="Pixels"/>.</summary>
    public readonly void Into(byte* frame, byte* arena)
    {
        bool isYuv = PixelFormat.IsYuv(_shape.Format);
        bool onlyGray = _order == ChannelOrder.Gray && (isYuv || _shape.Format == PixelFormat.Gray);
        int places = onlyGray ? 1 : 3, count = Width * Height;
        int done = 0;
        while (done < places) done = Average(frame, done, places);
        if (isYuv && onlyGray) Yuv.ToGray(_memory, 0, count, _shape.IsFullRange);
        else if (isYuv) Yuv.ToColours(_memory, 0, count, _shape.IsFullRange, _order);
        else if (Channels < places) Gray.FromRgb(_memory, 0, _memory, 0, count);
        Normalize.Pixels(_model, _input, _memory, 0, arena);
    }

    /// <summary>Gives the memory back.</summary>
    public void Close()
    {
        Pages.Free(_memory, _bytes);
        _memory = null;
    }

    private void Cut(bool crop)
    {
        int columns = crop ? Resize.CropWidth(_shape.Width, _shape.Height, Width, Height) : _shape.Width;
        int rows = crop ? Resize.CropHeight(_shape.Width, _shape.Height, Width, Height) : _shape.Height;
        int columnUnit = 1 << PixelFormat.ColumnShift(_shape.Format, 1), rowUnit = 1 << PixelFormat.RowShift(_shape.Format, 1);
        _columns = Whole(columns, columnUnit);
        _rows = Whole(rows, rowUnit);
        _left = (_shape.Width - _columns) / 2 & -columnUnit;
        _top = (_shape.Height - _rows) / 2 & -rowUnit;
    }

    private static int Whole(int count, int unit) => count < unit ? unit : count & -unit;

    /// <summary>Component <paramref name="first"/> of the cut-out and those that lie in the same rows, each in its place of the
    /// pixels.</summary>
    /// <returns>The first component that lies elsewhere.</returns>
    private readonly int Average(byte* frame, int first, int places)
    {
        int format = _shape.Format, end = first + 1, source = Source(first);
        int place = PixelFormat.FirstRow(format, source, _shape.Height, _shape.RowBytes);
        while (end < places && PixelFormat.FirstRow(format, Source(end), _shape.Height, _shape.RowBytes) == place) end++;
        int rowShift = PixelFormat.RowShift(format, source), columnShift = PixelFormat.ColumnShift(format, source);
        int rowStep = PixelFormat.RowStep(format, source, _shape.RowBytes), step = PixelFormat.Step(format, source);
        byte* from = frame + place + (_top >> rowShift) * rowStep + (_left >> columnShift) * step, to = _memory;
        for (int y = 0; y < Height; y++, to += Width * places)
        {
            AreaRows.Sum(from, rowStep, (_columns >> columnShift) * step, _rows >> rowShift, y, Height, _sums);
            for (int c = first; c < end; c++)
                AreaRows.Means(
                    _sums + PixelFormat.FirstSample(format, Source(c)), PixelFormat.Step(format, Source(c)),
                    _columns >> PixelFormat.ColumnShift(format, Source(c)), _rows >> rowShift, to + Place(c), places, Width);
        }
        return end;
    }

    /// <summary>The component of the frame that becomes number <paramref name="c"/> of a pixel: of a gray frame, always the same.</summary>
    private readonly int Source(int c) => _shape.Format == PixelFormat.Gray ? 0 : c;

    /// <summary>Where it gets in the pixel: red last, where the model wants blue first. Y, Cb and Cr are put in order later.</summary>
    private readonly int Place(int c) => _order == ChannelOrder.Bgr && !PixelFormat.IsYuv(_shape.Format) ? 2 - c : c;
}
