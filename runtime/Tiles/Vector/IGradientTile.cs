namespace EdgeCnn;

/// <summary>
/// The micro-kernels of learning for one instruction set: sums of rows times errors, errors from sums, and steps of weights. Their results
/// are those of <see cref="GradientTile"/>, <see cref="ErrorTensor"/> and <see cref="IntegerSgd"/>, bit for bit.
/// </summary>
internal unsafe interface IGradientTile
{
    /// <summary>Elements that rows of the wide <see cref="AddScaled(int*, int, short*, int, int, nint)"/> are filled up to.</summary>
    const int RowStep = 8;

    /// <summary>Fewest weights of a row that <see cref="MoveByProducts"/> takes.</summary>
    const int FewestProducts = 32;

    /// <summary>sums[k] += factor · row[k]; the factor has 16 bits.</summary>
    static abstract void AddScaled(int* sums, int factor, sbyte* row, int count);

    /// <summary>sums[k] += factor0 · row0[k] + factor1 · row1[k]; the factors have 16 bits.</summary>
    static abstract void AddScaled(int* sums, int factor0, sbyte* row0, int factor1, sbyte* row1, int count);

    /// <summary>sums[l, k] += factor · row[l · lineStep + k]; the factor has 16 bits, the count is a multiple of <see cref="RowStep"/>.</summary>
    static abstract void AddScaled(int* sums, int factor, short* row, int count, int lines, nint lineStep);

    /// <summary>sums[k] += row[k].</summary>
    static abstract void Add(int* sums, int* row, int count);

    /// <summary>sums[c] = bias[c] + Σₖ row[k] · weights[c, k] of <paramref name="channels"/> contiguous rows of weights.</summary>
    static abstract void Dot(short* row, int depth, sbyte* weights, int* bias, int channels, int* sums);

    /// <summary>Writes k for every error[k] that is not zero, and returns their number.</summary>
    static abstract int NonZeros(short* error, int count, int* list);

    /// <summary>The bits that any of the sums has, negative ones complemented.</summary>
    static abstract int Magnitude(int* sums, int count);

    /// <summary><see cref="ErrorTensor.Shifted"/> of the sums, in place as int16; the results have 16 bits.</summary>
    static abstract void Narrow(int* sums, int count, int shift);

    /// <summary>Zeroes error[k] where output[k] is not between <paramref name="min"/> and <paramref name="max"/>.</summary>
    static abstract void Mask(short* error, sbyte* output, int count, int min, int max);

    /// <summary>
    /// The steps of <see cref="IntegerSgd.AddProduct"/> for weights with fractions of 8 bits: by (factor · (row[k] − zeroPoint) + noise) >>
    /// shift. Adds to <paramref name="change"/> by how much the int8 weights changed.
    /// </summary>
    /// <param name="factor">16 bits.</param>
    /// <param name="shift">0 to 30.</param>
    /// <param name="count">At least <see cref="FewestProducts"/>; of an odd number the last is left.</param>
    static abstract void MoveByProducts(
        sbyte* row, int zeroPoint, int factor, int shift, uint key, sbyte* weights, byte* fractions, int count, ref int change);

    /// <summary>The steps of <see cref="IntegerSgd.AddSums"/>, likewise.</summary>
    /// <param name="shift">16 to 62.</param>
    /// <returns>How many were done: none of fewer than 8; of an odd number the last is left.</returns>
    static abstract int MoveBySums(
        int* sums, int fold, int factor, int shift, uint key, sbyte* weights, byte* fractions, int count, ref int change);
}
