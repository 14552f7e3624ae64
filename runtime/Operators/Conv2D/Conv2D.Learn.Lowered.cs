using System.Runtime.CompilerServices;

namespace EdgeCnn;

internal static unsafe partial class Conv2D
{
    /// <summary>
    /// As <see cref="Learn"/>, over a list of the errors that are not zero: behind a max pool, or where outputs were clamped, most are.
    /// </summary>
    internal static void LearnLowered<TTile>(Bytes model, int op, int record, Bytes arena, Bytes weights, int weightsAt)
        where TTile : struct, IGradientTile
    {
        var memory = new LearnScratch(model, op);
        byte* scratch = arena + LearnRecord.Place(model, record, LearnRecord.ScratchAt);
        int error = LearnRecord.Place(model, record, LearnRecord.OutputErrorAt), exponent = ErrorTensor.Exponent(arena, error);
        int channels = TensorRecord.Channels(model, OperatorRecord.Output(model, op));
        short* deltas = (short*)(arena + error + ErrorTensor.HeaderBytes);
        int* list = (int*)(scratch + memory.List);
        int count = TTile.NonZeros(deltas, TensorRecord.Elements(model, OperatorRecord.Output(model, op)), list);
        if (LearnRecord.Has(model, record, LearnRecord.GivesInputError))
        {
            int target = Backward.Target(model, record), elements = TensorRecord.Elements(model, OperatorRecord.Input(model, op));
            ErrorTensor.Clear(arena, target, elements);
            GiveError<TTile>(
                model, op, record, deltas, list, count, (sbyte*)weights + weightsAt, (int*)(scratch + memory.Sums),
                (int*)(arena + target + ErrorTensor.HeaderBytes));
            Backward.Finish(model, record, arena, elements, Backward.Exponent(model, record, exponent));
        }
        if (!LearnRecord.Has(model, record, LearnRecord.TrainsBiases)) return;
        byte* totals = scratch + memory.Totals;
        Totals(deltas, list, count, channels, (int*)totals);
        if (LearnRecord.Has(model, record, LearnRecord.TrainsWeights))
            SumGradients<TTile>(model, op, record, arena, deltas, list, count, scratch, memory);
        int at = LearnRecord.Place(model, record, LearnRecord.ScratchAt);
        Move(model, op, record, arena, channels, 0, channels, at + memory.Totals, at + memory.Sums);
    }

    internal static long LoweredLearnScratchBytes(Bytes model, int op) => new LearnScratch(model, op).Bytes;

    /// <summary>Where the parts of the scratch memory of the way back are, behind its begin.</summary>
    private readonly struct LearnScratch
    {
        /// <summary>The numbers of the errors that are not zero.</summary>
        internal readonly int List;

        /// <summary>Σ δ of every channel and what belongs to it.</summary>
        internal readonly int Totals;

        /// <summary>An image with its padding, int16.</summary>
        internal readonly int Image;

        /// <summary>The sums of every channel, each run filled up; or those of a patch.</summary>
        internal readonly int Sums;

        internal readonly int Padded;
        internal readonly long Bytes;

        internal LearnScratch(Bytes model, int op)
        {
            var window = new PaddedWindow(model, op);
            long run = RunElements(model, op), padded = (run + IGradientTile.RowStep - 1) / IGradientTile.RowStep * IGradientTile.RowStep;
            long totals = 4L * TensorRecord.Elements(model, OperatorRecord.Output(model, op)), image = totals + ChannelBytes * (long)window.OutputChannels;
            long sums = image + window.StagedBytes(window.Channels, sizeof(short));
            List = 0;
            Totals = (int)totals;
            Image = (int)image;
            Sums = (int)sums;
            Padded = (int)padded;
            Bytes = sums + PackedRows.Product(window.OutputChannels, PackedRows.Product(RunCount(model, op), 4 * padded));
        }
    }

    /// <summary>Adds to the sums of the input's places what the errors times the weights give to them, a window at a time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void GiveError<TTile>(
        Bytes model, int op, int record, short* deltas, int* list, int count, sbyte* weights, int* patch, int* images)
        where TTile : struct, IGradientTile
    {
        var window = new PaddedWindow(model, op);
        int channels = window.OutputChannels, depth = (int)Window.Taps(model, op), shift = LearnRecord.BackShift(model, record);
        int perImage = window.OutputHeight * window.OutputWidth;
        ushort* back = (ushort*)(model + LearnRecord.Steps(model, record));
        for (int i = 0; i < count;)
        {
            int place = (int)((uint)list[i] / (uint)channels), end = (place + 1) * channels, factor0 = 0;
            sbyte* row0 = null;
            bool any = false;
            for (; i < count && list[i] < end; i++)
            {
                int c = list[i] - place * channels, factor = ErrorTensor.Shifted((deltas[list[i]] * back[c] + (1 << 14)) >> 15, shift);
                if (factor == 0) continue;
                if (!any) Bytes128.Fill((byte*)patch, 4 * depth, 0);
                any = true;
                sbyte* row1 = weights + (nint)c * depth;
                if (row0 != null) TTile.AddScaled(patch, factor0, row0, factor, row1, depth);
                row0 = row0 == null ? row1 : null;
                factor0 = factor;
            }
            if (row0 != null) TTile.AddScaled(patch, factor0, row0, depth);
            if (!any) continue;
            int inImage = place % perImage;
            Scatter<TTile>(
                window, inImage / window.OutputWidth, inImage % window.OutputWidth, patch,
                images + (nint)(place / perImage) * window.Height * window.Width * window.Channels);
        }
    }

    /// <summary>As <see cref="Patch.Scatter"/>.</summary>
    private static void Scatter<TTile>(in PaddedWindow window, int y, int x, int* patch, int* image)
        where TTile : struct, IGradientTile
    {
        int row = y * window.StrideY - window.Top, left = x * window.StrideX - window.Left, channels = window.Channels;
        // Without dilation, the taps that lie in the input are neighbours.
        int step = window.DilationX == 1 ? window.KernelWidth : 1;
        for (int ky = 0; ky < window.KernelHeight; ky++, row += window.DilationY)
        {
            if (row < 0 || row >= window.Height)
            {
                patch += window.KernelWidth * channels;
                continue;
            }
            for (int kx = 0; kx < window.KernelWidth; kx += step, patch += step * channels)
            {
                int column = left + kx * window.DilationX, first = column < 0 ? -column : 0;
                int taps = window.Width - column < step ? window.Width - column : step;
                if (taps > first)
                    TTile.Add(image + ((nint)row * window.Width + column + first) * channels, patch + first * channels, (taps - first) * channels);
            }
        }
    }

    /// <summary><see cref="Backward.Total"/> of every channel, and zero for the Σ of what is left of its errors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Totals(short* deltas, int* list, int count, int channels, int* totals)
    {
        const int step = ChannelBytes / sizeof(int);
        for (int i = 0; i < channels * step; i++) totals[i] = 0;
        for (int i = 0; i < count; i++)
        {
            int* total = totals + (nint)((uint)list[i] % (uint)channels) * step;
            int delta = deltas[list[i]];
            total[0] += delta;
            total[2] += delta < 0 ? -delta : delta;
        }
        for (int c = 0; c < channels; c++, totals += step)
        {
            int bits = 32 - FixedPoint.LeadingZeros((uint)totals[2]);
            totals[1] = bits > 23 ? bits - 23 : 0;
            totals[2] = 0;
        }
    }

    /// <summary>As <see cref="SumGradients"/>, over images with their padding.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SumGradients<TTile>(
        Bytes model, int op, int record, Bytes arena, short* deltas, int* list, int count, byte* scratch, in LearnScratch memory)
        where TTile : struct, IGradientTile
    {
        const int step = ChannelBytes / sizeof(int);
        var window = new PaddedWindow(model, op);
        int channels = window.OutputChannels, runs = RunCount(model, op), run = (int)RunElements(model, op), padded = memory.Padded;
        int perLine = runs / window.KernelHeight, line = (int)window.StagedWidth * window.Channels, runStep = window.DilationX * window.Channels;
        int perImage = window.OutputHeight * window.OutputWidth * channels, lineStep = window.DilationY * line, first = LearnRecord.FirstChannel(model, record), end = first + LearnRecord.Channels(model, record);
        sbyte zeroPoint = (sbyte)TensorRecord.ZeroPoint(model, OperatorRecord.Input(model, op));
        sbyte* images = (sbyte*)arena + LearnRecord.Place(model, record, LearnRecord.SavedInputAt);
        short* staged = (short*)(scratch + memory.Image);
        int* sums = (int*)(scratch + memory.Sums), totals = (int*)(scratch + memory.Totals);
        Bytes128.Fill((byte*)sums, 4 * channels * runs * padded, 0);
        int i = 0;
        for (int n = 0; n < window.Batch; n++, images += window.Height * window.Width * window.Channels)
        {
            window.Stage<Avx2Tile>(images, (byte*)staged, zeroPoint, repeat: 1);
            int begin = n * perImage;
            for (; i < count && list[i] < begin + perImage; i++)
            {
                uint place = (uint)(list[i] - begin) / (uint)channels, y = place / (uint)window.OutputWidth, x = place - y * (uint)window.OutputWidth;
                int c = list[i] - begin - (int)place * channels;
                int* total = totals + c * step;
                int delta = ErrorTensor.Shifted(deltas[list[i]], total[1]);
                if (delta == 0 || c < first || c >= end) continue;
                total[2] += delta;
                short* at = staged + (nint)y * (window.StrideY * line) + (nint)x * (window.StrideX * window.Channels);
                int* sum = sums + (nint)c * runs * padded;
                if (perLine == 1)
                {
                    TTile.AddScaled(sum, delta, at, padded, window.KernelHeight, lineStep);
                    continue;
                }
                for (int ky = 0; ky < window.KernelHeight; ky++, at += lineStep, sum += perLine * padded)
                    TTile.AddScaled(sum, delta, at, padded, perLine, runStep);
            }
        }
        if (padded == run) return;
        int* dense = sums;
        for (int r = 0; r < channels * runs; r++, sums += padded)
            for (int k = 0; k < run; k++) *dense++ = sums[k];
    }
}
