namespace EdgeCnn;

/// <summary>
/// Stochastic gradient descent on integers. A weight that learns is w · 2^F + f: an int8 w, which forward and backward read, and a fraction
/// of F bits behind it, so that updates far below one step of w add up instead of vanishing. A step in real units, w −= rate · ∂L/∂w, is in
/// units of the fraction −rate · (input scale / weight scale) · 2^F · Σ δ · (x − zeroPoint): an integer sum times one multiplier and shift
/// per channel. It is rounded stochastically with bits that are a function of (seed, step, operator, channel, element), so the order of
/// evaluation does not matter.
/// </summary>
internal static unsafe class IntegerSgd
{
    /// <summary>Fraction bits that a velocity has more than a weight.</summary>
    private const int VelocityBits = 8;

    /// <summary>Largest shift of a product that has 32 bits.</summary>
    private const int MaxShift = 30;

    /// <summary>Key of an operator's rounding in this step; its channels' keys follow from it.</summary>
    internal static uint Key(Bytes model, int record, Bytes arena) =>
        Generator.Bits(LearnFile.Seed(model), (uint)LearnState.Step(model, arena)) + (uint)LearnRecord.Operator(model, record);

    /// <summary>Exponent of an error times the rate as it is halved or doubled now.</summary>
    internal static int Exponent(Bytes model, Bytes arena, int error) => ErrorTensor.Exponent(arena, error) - LearnState.RateShift(model, arena);

    /// <summary>
    /// Updates the weights of a channel for a gradient that is one product per weight, δ · (x[k] − zeroPoint), and returns by how much the
    /// sum of the int8 weights changed.
    /// </summary>
    /// <param name="delta">The channel's error δ.</param>
    /// <param name="exponent"><see cref="Exponent"/>.</param>
    /// <param name="key"><see cref="Key"/>.</param>
    /// <param name="row">Arena offset of x.</param>
    internal static int AddProduct(
        Bytes model, int record, Bytes arena, int channels, int channel, int depth, int delta, int exponent, uint key, int row, int zeroPoint)
    {
        // δ · mantissa has 30 bits; 15 of them are left, so that the product with x, 9 bits, has 24.
        int factor = -delta * LearnRecord.WeightStep(model, record, channels, channel);
        int excess = 32 - FixedPoint.LeadingZeros((uint)(factor ^ (factor >> 31))) - 15;
        if (excess < 0) excess = 0;
        factor = ErrorTensor.Shifted(factor, excess);
        int shift = Shift(model, record, LearnRecord.WeightShift(model, record, channels, channel), exponent) - excess;
        if (shift > MaxShift)
        {
            factor = shift - MaxShift > 15 ? 0 : ErrorTensor.Shifted(factor, shift - MaxShift);
            shift = MaxShift;
        }
        if (shift < 0)
        {
            factor = Enlarged(factor, -shift);
            shift = 0;
        }
        if (factor == 0) return 0;
        key = Generator.Bits(key, (uint)channel);
        int velocity = Velocity(model, record, channel, depth), weight = Weight(model, record, channel, depth);
        int fraction = Fraction(model, record, channel, depth), bits = LearnFile.FractionBits(model), change = 0, done = 0;
        if (velocity == 0 && bits == LearnFile.MaxFractionBits)
            done = LoweredTable.MoveByProducts(
                Backward.Tile(model, record), arena, row, zeroPoint, factor, shift, key, weight, fraction, depth, ref change);
        // A step is rounded by noise of 16 bits below the point that it is shifted to; what is below them is half of the last on average.
        int down = shift < 16 ? 16 - shift : 0, up = shift > 16 ? shift - 16 : 0, half = (1 << up) >> 1;
        for (int k = done; k < depth; k += 2)
        {
            int x0 = (sbyte)arena[row + k] - zeroPoint, x1 = k + 1 < depth ? (sbyte)arena[row + k + 1] - zeroPoint : 0;
            if ((x0 | x1) == 0) continue;
            uint noise = Generator.At(key, (uint)k >> 1);
            int step0 = (factor * x0 + ((int)(noise & 0xFFFF) >> down << up) + half) >> shift;
            int step1 = (factor * x1 + ((int)(noise >> 16) >> down << up) + half) >> shift;
            if (step0 != 0) change += Take(arena, velocity, weight, fraction, bits, k, step0);
            if (step1 != 0) change += Take(arena, velocity, weight, fraction, bits, k + 1, step1);
        }
        return change;
    }

    /// <summary>The same for gradients that are sums, (sums[k] − fold) · 2^<paramref name="exponent"/>.</summary>
    internal static int AddSums(
        Bytes model, int record, Bytes arena, int channels, int channel, int depth, int sums, int exponent, uint key, int fold)
    {
        int factor = -LearnRecord.WeightStep(model, record, channels, channel);
        int shift = Shift(model, record, LearnRecord.WeightShift(model, record, channels, channel), exponent);
        key = Generator.Bits(key, (uint)channel);
        int velocity = Velocity(model, record, channel, depth), weight = Weight(model, record, channel, depth);
        int fraction = Fraction(model, record, channel, depth), bits = LearnFile.FractionBits(model), change = 0, done = 0;
        if (velocity == 0 && bits == LearnFile.MaxFractionBits)
            done = LoweredTable.MoveBySums(
                Backward.Tile(model, record), arena, sums, fold, factor, shift, key, weight, fraction, depth, ref change);
        for (int k = done; k < depth; k += 2)
        {
            uint noise = Generator.At(key, (uint)k >> 1);
            int step = Rounded((long)(Memory.Int32(arena, sums + 4 * k) - fold) * factor, shift, noise & 0xFFFF);
            if (step != 0) change += Take(arena, velocity, weight, fraction, bits, k, step);
            if (k + 1 == depth) break;
            step = Rounded((long)(Memory.Int32(arena, sums + 4 * k + 4) - fold) * factor, shift, noise >> 16);
            if (step != 0) change += Take(arena, velocity, weight, fraction, bits, k + 1, step);
        }
        return change;
    }

    /// <summary>Updates a bias for the gradient total · 2^<paramref name="exponent"/>, and what the operator adds to its sums: the bias less
    /// zeroPoint · Σ weights, a sum that changed by <paramref name="change"/>.</summary>
    internal static void AddBias(
        Bytes model, int record, Bytes arena, int channels, int channel, int total, int exponent, uint key, int zeroPoint, int change)
    {
        int shift = LearnRecord.BiasShift(model, record, channels, channel) - exponent - LearnedWeights.BiasBits;
        int velocity = BiasVelocity(model, record, arena, channels, channel);
        if (velocity != 0) shift -= VelocityBits;
        long product = -(long)total * LearnRecord.BiasStep(model, record, channels, channel);
        int step = Rounded(product, shift, Bits(Generator.Bits(key, (uint)channel), int.MaxValue));
        if (velocity != 0) Memory.SetInt32(arena, velocity, Memory.Int32(arena, velocity) + step);
        MoveBias(model, record, arena, channels, channel, velocity != 0 ? 0 : step, zeroPoint * change);
    }

    /// <summary>At the end of a batch: the weights of a channel move by their velocity, which keeps the momentum's share of itself.</summary>
    internal static void ApplyVelocity(Bytes model, int record, Bytes arena, int channels, int channel, int depth, int zeroPoint)
    {
        int momentum = LearnFile.Momentum(model), bits = LearnFile.FractionBits(model), change = 0;
        uint key = ~Generator.Bits(Key(model, record, arena), (uint)channel);
        if (LearnRecord.Has(model, record, LearnRecord.TrainsWeights) && IsTrained(model, record, channel))
        {
            int velocity = Velocity(model, record, channel, depth), weight = Weight(model, record, channel, depth);
            int fraction = Fraction(model, record, channel, depth);
            for (int k = 0; k < depth; k++)
            {
                int step = Taken(arena, velocity + 4 * k, momentum, Bits(key, k));
                change += Move(arena, weight + k, fraction == 0 ? 0 : fraction + k, bits, step);
            }
        }
        int biasVelocity = BiasVelocity(model, record, arena, channels, channel);
        MoveBias(model, record, arena, channels, channel, Taken(arena, biasVelocity, momentum, Bits(key, int.MaxValue)), zeroPoint * change);
    }

    /// <summary>Whether the weights of a channel learn.</summary>
    internal static bool IsTrained(Bytes model, int record, int channel)
    {
        int first = LearnRecord.FirstChannel(model, record);
        return channel >= first && channel < first + LearnRecord.Channels(model, record);
    }

    /// <summary>(value + noise) / 2^shift, the noise uniform between 0 and 2^shift: the mean is the exact quotient.</summary>
    internal static int Rounded(long value, int shift, uint noise)
    {
        if (shift > 62)
        {
            value = shift - 62 > 62 ? 0 : value >> (shift - 62);
            shift = 62;
        }
        if (shift >= 0)
        {
            // 16 random bits: what is below them is half of them on average.
            long random = shift > 16 ? ((long)noise << (shift - 16)) + (1L << (shift - 17)) : noise >> (16 - shift);
            value = (value + random) >> shift;
        }
        else
        {
            value = shift < -15 ? (value == 0 ? 0 : value < 0 ? int.MinValue : int.MaxValue) : value << -shift;
        }
        return value > int.MaxValue ? int.MaxValue : value < int.MinValue ? int.MinValue : (int)value;
    }

    /// <summary>16 random bits for element k: two elements share a number.</summary>
    internal static uint Bits(uint key, int k) => (k & 1) == 0 ? Generator.At(key, (uint)k >> 1) & 0xFFFF : Generator.At(key, (uint)k >> 1) >> 16;

    /// <summary>Shift of the product that is a weight's step in units of its fraction, or of its velocity.</summary>
    private static int Shift(Bytes model, int record, int weightShift, int exponent)
    {
        int bits = LearnFile.FractionBits(model) + (LearnRecord.HasPlace(model, record, LearnRecord.VelocityAt) ? VelocityBits : 0);
        return weightShift - exponent - bits;
    }

    /// <summary>Gives a step to the velocity of weight k, or to the weight where there is none.</summary>
    private static int Take(Bytes arena, int velocity, int weight, int fraction, int bits, int k, int step)
    {
        if (velocity == 0) return Move(arena, weight + k, fraction == 0 ? 0 : fraction + k, bits, step);
        Memory.SetInt32(arena, velocity + 4 * k, Memory.Int32(arena, velocity + 4 * k) + step);
        return 0;
    }

    /// <summary>What a velocity gives to the weight, rounded stochastically; momentum / 2¹⁵ of it stays.</summary>
    private static int Taken(Bytes arena, int velocity, int momentum, uint noise)
    {
        int v = Memory.Int32(arena, velocity);
        Memory.SetInt32(arena, velocity, (int)(((long)v * momentum + (1 << 14)) >> 15));
        return (int)((v + (long)(noise >> (16 - VelocityBits))) >> VelocityBits);
    }

    /// <summary>Moves a weight by <paramref name="step"/> units of its fraction, within ±127 and a fraction; returns by how much its int8
    /// changed.</summary>
    internal static int Move(Bytes arena, int weight, int fraction, int bits, int step)
    {
        int old = (sbyte)arena[weight], limit = 1 << (bits + 7);
        int master = (old << bits) + (fraction == 0 ? 0 : arena[fraction]);
        // The step is held to half the range first, so that the sum cannot wrap.
        master = Requantize.Clamp(master + Requantize.Clamp(step, -limit, limit - 1), -limit + (1 << bits), limit - 1);
        int w = master >> bits;
        arena[weight] = (byte)w;
        if (fraction != 0) arena[fraction] = (byte)(master & ((1 << bits) - 1));
        return w - old;
    }

    /// <summary>Moves a bias by <paramref name="step"/> units of its fraction, and what the operator adds by that less
    /// <paramref name="fold"/>.</summary>
    internal static void MoveBias(Bytes model, int record, Bytes arena, int channels, int channel, int step, int fold)
    {
        int folded = LearnRecord.Place(model, record, LearnRecord.BiasesAt) + 4 * channel;
        int change = LearnedWeights.MoveBias(arena, folded + 4 * channels, step);
        Memory.SetInt32(arena, folded, Memory.Int32(arena, folded) + change - fold);
    }

    internal static int Weight(Bytes model, int record, int channel, int depth) =>
        LearnRecord.Place(model, record, LearnRecord.WeightsAt) + channel * depth;

    internal static int Fraction(Bytes model, int record, int channel, int depth) => LearnRecord.HasPlace(model, record, LearnRecord.FractionsAt)
        ? LearnRecord.Place(model, record, LearnRecord.FractionsAt) + (channel - LearnRecord.FirstChannel(model, record)) * depth
        : 0;

    private static int Velocity(Bytes model, int record, int channel, int depth) => LearnRecord.HasPlace(model, record, LearnRecord.VelocityAt)
        ? LearnRecord.Place(model, record, LearnRecord.VelocityAt) + 4 * (channel - LearnRecord.FirstChannel(model, record)) * depth
        : 0;

    /// <summary>The velocities of the biases come after the two words that each bias has.</summary>
    private static int BiasVelocity(Bytes model, int record, Bytes arena, int channels, int channel) => LearnFile.HasVelocity(model)
        ? LearnRecord.Place(model, record, LearnRecord.BiasesAt) + 4 * (2 * channels + channel)
        : 0;

    /// <summary>factor · 2^shift, held to the 22 bits that leave room for a product with x.</summary>
    private static int Enlarged(int factor, int shift)
    {
        int bits = shift < 22 ? shift : 21, limit = ((1 << 22) - 1) >> bits;
        return Requantize.Clamp(factor, -limit, limit) << bits;
    }
}
