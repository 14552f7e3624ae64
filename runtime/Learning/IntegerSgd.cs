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

    /// <summary>Fraction bits of a bias.</summary>
    private const int BiasBits = 8;

    /// <summary>Largest shift of a product that has 32 bits.</summary>
    private const int MaxShift = 30;

    /// <summary>
    /// Updates the weights of a channel for a gradient that is one product per weight, δ · (x[k] − zeroPoint), and returns by how much the
    /// sum of the int8 weights changed.
    /// </summary>
    /// <param name="delta">The channel's error δ.</param>
    /// <param name="exponent">Its exponent.</param>
    /// <param name="row">Arena offset of x.</param>
    internal static int AddProduct(
        Bytes model, int record, Bytes arena, int channels, int channel, int depth, int delta, int exponent, int row, int zeroPoint)
    {
        // δ · mantissa has 30 bits; 15 of them are left, so that the product with x, 9 bits, has 24.
        int factor = -delta * LearnRecord.WeightStep(model, record, channels, channel);
        int excess = 32 - FixedPoint.LeadingZeros((uint)(factor ^ (factor >> 31))) - 15;
        if (excess < 0) excess = 0;
        factor = ErrorTensor.Shifted(factor, excess);
        int shift = Shift(model, record, arena, LearnRecord.WeightShift(model, record, channels, channel), exponent) - excess;
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
        uint key = Key(model, record, arena, channel);
        int velocity = Velocity(model, record, channel, depth), weight = Weight(model, record, channel, depth);
        int fraction = Fraction(model, record, channel, depth), bits = LearnFile.FractionBits(model), change = 0;
        for (int k = 0; k < depth; k++)
        {
            int step = (factor * ((sbyte)arena[row + k] - zeroPoint) + Noise(key, k, shift)) >> shift;
            if (velocity != 0) Memory.SetInt32(arena, velocity + 4 * k, Memory.Int32(arena, velocity + 4 * k) + step);
            else change += Move(arena, weight + k, fraction == 0 ? 0 : fraction + k, bits, step);
        }
        return change;
    }

    /// <summary>The same for gradients that are sums, (sums[k] − fold) · 2^<paramref name="exponent"/>.</summary>
    internal static int AddSums(
        Bytes model, int record, Bytes arena, int channels, int channel, int depth, int sums, int exponent, int fold)
    {
        int factor = -LearnRecord.WeightStep(model, record, channels, channel);
        int shift = Shift(model, record, arena, LearnRecord.WeightShift(model, record, channels, channel), exponent);
        uint key = Key(model, record, arena, channel);
        int velocity = Velocity(model, record, channel, depth), weight = Weight(model, record, channel, depth);
        int fraction = Fraction(model, record, channel, depth), bits = LearnFile.FractionBits(model), change = 0;
        for (int k = 0; k < depth; k++)
        {
            int step = Rounded((long)(Memory.Int32(arena, sums + 4 * k) - fold) * factor, shift, Bits(key, k));
            if (velocity != 0) Memory.SetInt32(arena, velocity + 4 * k, Memory.Int32(arena, velocity + 4 * k) + step);
            else change += Move(arena, weight + k, fraction == 0 ? 0 : fraction + k, bits, step);
        }
        return change;
    }

    /// <summary>Updates a bias for the gradient total · 2^<paramref name="exponent"/>, and what the operator adds to its sums: the bias less
    /// zeroPoint · Σ weights, a sum that changed by <paramref name="change"/>.</summary>
    internal static void AddBias(
        Bytes model, int record, Bytes arena, int channels, int channel, int total, int exponent, int zeroPoint, int change)
    {
        int shift = LearnRecord.BiasShift(model, record, channels, channel) - exponent - BiasBits + LearnState.RateShift(model, arena);
        int velocity = BiasVelocity(model, record, arena, channels, channel);
        if (velocity != 0) shift -= VelocityBits;
        long product = -(long)total * LearnRecord.BiasStep(model, record, channels, channel);
        int step = Rounded(product, shift, Bits(Key(model, record, arena, channel), int.MaxValue));
        if (velocity != 0) Memory.SetInt32(arena, velocity, Memory.Int32(arena, velocity) + step);
        MoveBias(model, record, arena, channels, channel, velocity != 0 ? 0 : step, zeroPoint * change);
    }

    /// <summary>At the end of a batch: the weights of a channel move by their velocity, which keeps the momentum's share of itself.</summary>
    internal static void ApplyVelocity(Bytes model, int record, Bytes arena, int channels, int channel, int depth, int zeroPoint)
    {
        int momentum = LearnFile.Momentum(model), bits = LearnFile.FractionBits(model), change = 0;
        uint key = ~Key(model, record, arena, channel);
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
    private static int Rounded(long value, int shift, uint noise)
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

    /// <summary>The random number that <see cref="Rounded"/> adds, for shifts up to <see cref="MaxShift"/>.</summary>
    private static int Noise(uint key, int k, int shift)
    {
        int noise = (int)Bits(key, k);
        return shift > 16 ? (noise << (shift - 16)) + (1 << (shift - 17)) : noise >> (16 - shift);
    }

    /// <summary>16 random bits for element k: two elements share a number.</summary>
    private static uint Bits(uint key, int k) => (k & 1) == 0 ? Generator.At(key, (uint)k >> 1) & 0xFFFF : Generator.At(key, (uint)k >> 1) >> 16;

    private static uint Key(Bytes model, int record, Bytes arena, int channel)
    {
        uint step = Generator.Bits(LearnFile.Seed(model), (uint)LearnState.Step(model, arena));
        return Generator.Bits(step + (uint)LearnRecord.Operator(model, record), (uint)channel);
    }

    /// <summary>Shift of the product that is a weight's step in units of its fraction, or of its velocity.</summary>
    private static int Shift(Bytes model, int record, Bytes arena, int weightShift, int exponent)
    {
        int bits = LearnFile.FractionBits(model) + (LearnRecord.HasPlace(model, record, LearnRecord.VelocityAt) ? VelocityBits : 0);
        return weightShift - exponent - bits + LearnState.RateShift(model, arena);
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
    private static int Move(Bytes arena, int weight, int fraction, int bits, int step)
    {
        int old = (sbyte)arena[weight], limit = 1 << (bits + 7);
        int master = (old << bits) + (fraction == 0 ? 0 : arena[fraction]);
        // The step is held to twice the range first, so that the sum cannot wrap.
        master = Requantize.Clamp(master + Requantize.Clamp(step, -2 * limit, 2 * limit), -limit + (1 << bits), limit - 1);
        int w = master >> bits;
        arena[weight] = (byte)w;
        if (fraction != 0) arena[fraction] = (byte)(master & ((1 << bits) - 1));
        return w - old;
    }

    private static void MoveBias(Bytes model, int record, Bytes arena, int channels, int channel, int step, int fold)
    {
        int folded = LearnRecord.Place(model, record, LearnRecord.BiasesAt) + 4 * channel, master = folded + 4 * channels;
        int old = Memory.Int32(arena, master);
        long moved = (long)old + step;
        int bias = moved > int.MaxValue ? int.MaxValue : moved < int.MinValue ? int.MinValue : (int)moved;
        Memory.SetInt32(arena, master, bias);
        Memory.SetInt32(arena, folded, Memory.Int32(arena, folded) + (bias >> BiasBits) - (old >> BiasBits) - fold);
    }

    private static int Weight(Bytes model, int record, int channel, int depth) =>
        LearnRecord.Place(model, record, LearnRecord.WeightsAt) + channel * depth;

    private static int Fraction(Bytes model, int record, int channel, int depth) => LearnRecord.HasPlace(model, record, LearnRecord.FractionsAt)
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
