namespace EdgeCnn;

/// <summary>What operators share on the way back.</summary>
internal static unsafe class Backward
{
    /// <summary>The tile that a record's operator is laid out for.</summary>
    internal static int Tile(Bytes model, int record) => OperatorRecord.Tile(model, ModelFile.Operator(model, LearnRecord.Operator(model, record)));

    /// <summary>Where the error of the input is summed: its place, or a fresh one when it is added to what is there.</summary>
    internal static int Target(Bytes model, int record) => LearnRecord.Place(
        model, record, LearnRecord.Has(model, record, LearnRecord.AddsToInputError) ? LearnRecord.FreshErrorAt : LearnRecord.InputErrorAt);

    /// <summary>The sums at <see cref="Target"/> become the input's error, or part of it.</summary>
    internal static void Finish(Bytes model, int record, Bytes arena, int count, int exponent)
    {
        int target = Target(model, record);
        ErrorTensor.Normalize(arena, target, count, exponent, Tile(model, record));
        if (LearnRecord.Has(model, record, LearnRecord.AddsToInputError))
            ErrorTensor.Add(arena, target, LearnRecord.Place(model, record, LearnRecord.InputErrorAt), count);
    }

    /// <summary>Hands an error on as it is.</summary>
    internal static void Pass(Bytes model, int op, int record, Bytes arena)
    {
        int error = LearnRecord.Place(model, record, LearnRecord.OutputErrorAt);
        int count = TensorRecord.Elements(model, OperatorRecord.Output(model, op));
        if (LearnRecord.Has(model, record, LearnRecord.GivesInputError))
            Pass(arena, error, LearnRecord.Place(model, record, LearnRecord.InputErrorAt), count, LearnRecord.Has(model, record, LearnRecord.AddsToInputError));
        if (LearnRecord.Has(model, record, LearnRecord.GivesInput2Error))
            Pass(arena, error, LearnRecord.Place(model, record, LearnRecord.Input2ErrorAt), count, LearnRecord.Has(model, record, LearnRecord.AddsToInput2Error));
    }

    private static void Pass(Bytes arena, int from, int to, int count, bool adds)
    {
        if (adds) ErrorTensor.Add(arena, from, to, count);
        else ErrorTensor.Copy(arena, from, to, count);
    }

    /// <summary>An error on its way through the weights of output channel <paramref name="c"/>: times the channel's scale, so that the sums
    /// over channels have one exponent.</summary>
    internal static int Scaled(Bytes model, int record, int c, int delta)
    {
        int scaled = (delta * LearnRecord.Back(model, record, c) + (1 << 14)) >> 15;
        return ErrorTensor.Shifted(scaled, LearnRecord.BackShift(model, record));
    }

    /// <summary>Exponent of those sums.</summary>
    internal static int Exponent(Bytes model, int record, int exponent) =>
        exponent + LearnRecord.BackExponent(model, record) + LearnRecord.BackShift(model, record);

    /// <summary>
    /// Σ δ of a channel over all places, and the bits that its errors lose so that no sum of theirs times 8-bit numbers leaves 32 bits: with
    /// a = Σ |δ|, |Σ δ · x| ≤ 2⁸ · a.
    /// </summary>
    internal static int Total(Bytes arena, int error, int first, int step, int end, ref int shift)
    {
        int total = 0;
        uint magnitude = 0;
        for (int i = first; i < end; i += step)
        {
            int delta = ErrorTensor.Element(arena, error, i);
            total += delta;
            magnitude += (uint)(delta < 0 ? -delta : delta);
        }
        int bits = 32 - FixedPoint.LeadingZeros(magnitude);
        shift = bits > 23 ? bits - 23 : 0;
        return total;
    }
}
