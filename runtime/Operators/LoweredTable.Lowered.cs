using System.Runtime.CompilerServices;

namespace EdgeCnn;

/// <summary>
/// The verbs of <see cref="OperatorTable"/> for records that are laid out for a vector tile. Boards without vector tiles have
/// LoweredTable.None.cs instead.
/// </summary>
internal static unsafe partial class LoweredTable
{
    /// <summary>Whether this build and this processor run records that are laid out for <paramref name="tile"/>.</summary>
    internal static bool Runs(int tile) => tile switch
    {
        TileCode.Avx2 => Avx2Tile.IsSupported,
        TileCode.Avx512 => Avx512Tile.IsSupported,
        TileCode.AdvSimd => AdvSimdTile.IsSupported,
        TileCode.Sdot => SdotTile.IsSupported,
        TileCode.Vnni => VnniTile.IsSupported,
        _ => false,
    };

    /// <summary>Whether the operator has a form for vector tiles: these, from int8 to int8; and for <see cref="Winograd"/> where its
    /// record says that it is laid out for that.</summary>
    internal static bool HasForm(Bytes model, int op) =>
        OperatorRecord.Code(model, op)
            is Conv2D.Code or FullyConnected.Code or DepthwiseConv2D.Code or MaxPool.Code or AveragePool.Code or Add.Code or Sub.Code
        && (OperatorRecord.Tile(model, op) != TileCode.Vnni || (HasProducts(model, op) && !OperatorRecord.HasAlternateForm(model, op)))
        && (!OperatorRecord.HasAlternateForm(model, op) || FullyConnected.FitsRowForm(model, op) || Winograd.Fits(model, op))
        && TensorRecord.Type(model, OperatorRecord.Input(model, op)) == ElementType.Int8
        && TensorRecord.Type(model, OperatorRecord.Output(model, op)) == ElementType.Int8;

    /// <summary>Whether the operator is one of those that <see cref="TileCode.Vnni"/> has a form for.</summary>
    private static bool HasProducts(Bytes model, int op) => OperatorRecord.Code(model, op) is Conv2D.Code or FullyConnected.Code;

    /// <summary>
    /// Whether an operator laid out for <see cref="TileCode.Avx512"/> is better laid out for <see cref="TileCode.Vnni"/>: all that it has a
    /// form for. How many times as fast, measured on Zen 4, H×W×I to C: 14×14×64 to 64 by 1×1 2.0, 14×14×256 to 64 2.3; by 3×3, and against
    /// <see cref="Winograd"/>, 32×32×3 to 16 1.4, 32×32×16 to 16 1.3, 16×16×32 to 32 1.2, 8×8×64 to 64 1.2, 56×56×64 to 64 1.2, 8×8×128 to
    /// 128 1.2, 16×16×256 to 256 1.2, 7×7×512 to 512 1.4. Only <see cref="SingleChannelConv2D"/> stays.
    /// </summary>
    internal static bool IsFasterWithVnni(Bytes model, int op) =>
        HasProducts(model, op) && (OperatorRecord.Code(model, op) != Conv2D.Code || !SingleChannelConv2D.Takes(model, op));

    /// <summary>Bytes of packed weights.</summary>
    internal static long WeightBytes(Bytes model, int op) => OperatorRecord.Code(model, op) switch
    {
        Conv2D.Code => Conv2D.LoweredWeightBytes(model, op),
        FullyConnected.Code => FullyConnected.LoweredWeightBytes(model, op),
        DepthwiseConv2D.Code => DepthwiseConv2D.LoweredWeightBytes(model, op),
        Add.Code or Sub.Code => Broadcast.SecondBytes(model, op),
        _ => 0,
    };

    /// <summary>Bytes of the requantization block.</summary>
    internal static long RequantBytes(Bytes model, int op) => OperatorRecord.Code(model, op) switch
    {
        Conv2D.Code or FullyConnected.Code or DepthwiseConv2D.Code => PackedRows.RequantBytes(model, op),
        Add.Code or Sub.Code => LinearSum.BlockBytes,
        _ => 0,
    };

    /// <summary>Checks the requantization block, which lies inside its section.</summary>
    internal static ModelError CheckRequant(Bytes model, int op, ref int where) => OperatorRecord.Code(model, op) switch
    {
        Add.Code or Sub.Code => LinearSum.CheckRequant(model, op, ref where),
        _ => PackedRows.CheckRequant(model, op, ref where),
    };

    /// <summary>Bytes of scratch memory.</summary>
    internal static long ScratchBytes(Bytes model, int op) => OperatorRecord.Code(model, op) switch
    {
        Conv2D.Code => Conv2D.LoweredScratchBytes(model, op),
        FullyConnected.Code => FullyConnected.LoweredScratchBytes(model, op),
        DepthwiseConv2D.Code => DepthwiseConv2D.LoweredScratchBytes(model, op),
        _ => 0,
    };

    /// <summary>Writes packed weights for a lowered record from the weights of its source.</summary>
    internal static void Pack(Bytes model, int op, Bytes weights, byte* packed)
    {
        switch (OperatorRecord.Code(model, op))
        {
            case Conv2D.Code: Conv2D.Pack(model, op, weights, packed); break;
            case FullyConnected.Code: FullyConnected.Pack(model, op, weights, packed); break;
            case DepthwiseConv2D.Code: DepthwiseConv2D.Pack(model, op, weights, (short*)packed); break;
            case Add.Code or Sub.Code: Memory.Copy(weights, 0, packed, 0, (int)Broadcast.SecondBytes(model, op)); break;
        }
    }

    /// <summary>Writes the requantization block for a lowered record from that, and the weights, of its source.</summary>
    internal static void PackRequant(Bytes model, int op, Bytes block, Bytes weights, byte* packed)
    {
        switch (OperatorRecord.Code(model, op))
        {
            case Add.Code or Sub.Code: LinearSum.Pack(model, op, block, packed); break;
            case Conv2D.Code: PackedRows.PackRequant(model, op, block, weights, Conv2D.WeightBytes(model, op), packed); break;
            case FullyConnected.Code: PackedRows.PackRequant(model, op, block, weights, FullyConnected.WeightBytes(model, op), packed); break;
            case DepthwiseConv2D.Code: PackedRows.PackRequant(model, op, block, weights, DepthwiseConv2D.WeightBytes(model, op), packed); break;
        }
    }

    /// <summary><see cref="OperatorTable.Row"/> with the operator's tile, for int8.</summary>
    internal static void Row(
        Bytes model, int op, Bytes arena, int at1, int step1, Bytes second, int at2, int step2, int to, int count,
        Bytes scales, int scalesAt)
    {
        switch (OperatorRecord.Tile(model, op))
        {
            case TileCode.Avx2:
                LinearSum.Row<Avx2Tile>(model, op, arena, at1, step1, second, at2, step2, to, count, scales, scalesAt);
                break;
            case TileCode.Avx512:
                LinearSum.Row<Avx512Tile>(model, op, arena, at1, step1, second, at2, step2, to, count, scales, scalesAt);
                break;
            case TileCode.AdvSimd:
                LinearSum.Row<AdvSimdTile>(model, op, arena, at1, step1, second, at2, step2, to, count, scales, scalesAt);
                break;
            case TileCode.Sdot:
                LinearSum.Row<SdotTile>(model, op, arena, at1, step1, second, at2, step2, to, count, scales, scalesAt);
                break;
        }
    }

    /// <summary>Runs the operator with its tile.</summary>
    internal static void Run(
        Bytes model, int op, Bytes arena, Bytes weights, int weightsAt, Bytes bias, int biasAt, Bytes requant, int requantAt)
    {
        if (OperatorRecord.IsRowForm(model, op))
        {
            FullyConnected.RunRows<Avx2Tile, Avx2Gradient>(model, op, arena, weights, weightsAt, bias, biasAt, requant, requantAt);
            return;
        }
        switch (OperatorRecord.Tile(model, op))
        {
            case TileCode.Avx2: RunWide<Avx2Tile>(model, op, arena, weights, weightsAt, bias, biasAt, requant, requantAt); break;
            case TileCode.Avx512: RunWide<Avx512Tile>(model, op, arena, weights, weightsAt, bias, biasAt, requant, requantAt); break;
            case TileCode.AdvSimd: RunWide<AdvSimdTile>(model, op, arena, weights, weightsAt, bias, biasAt, requant, requantAt); break;
            case TileCode.Sdot: RunChannels<SdotTile>(model, op, arena, weights, weightsAt, bias, biasAt, requant, requantAt); break;
            case TileCode.Vnni: RunProducts<VnniTile>(model, op, arena, weights, weightsAt, bias, biasAt, requant, requantAt); break;
        }
    }

    /// <summary>For tiles with products of 16 bits.</summary>
    private static void RunWide<TTile>(
        Bytes model, int op, Bytes arena, Bytes weights, int weightsAt, Bytes bias, int biasAt, Bytes requant, int requantAt)
        where TTile : struct, IWinogradTile
    {
        if (OperatorRecord.IsWinograd(model, op))
            Winograd.Run<TTile>(model, op, arena, weights, weightsAt, bias, biasAt, requant, requantAt);
        else
            RunChannels<TTile>(model, op, arena, weights, weightsAt, bias, biasAt, requant, requantAt);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void RunChannels<TTile>(
        Bytes model, int op, Bytes arena, Bytes weights, int weightsAt, Bytes bias, int biasAt, Bytes requant, int requantAt)
        where TTile : struct, IChannelTile
    {
        switch (OperatorRecord.Code(model, op))
        {
            case DepthwiseConv2D.Code: DepthwiseConv2D.RunLowered<TTile>(model, op, arena, weights, weightsAt, bias, biasAt, requant, requantAt); break;
            case MaxPool.Code: MaxPool.RunLowered(model, op, arena); break;
            case AveragePool.Code: AveragePool.RunLowered(model, op, arena); break;
            case Add.Code or Sub.Code: Broadcast.Run(model, op, arena, weights, weightsAt, bias, biasAt); break;
            default: RunProducts<TTile>(model, op, arena, weights, weightsAt, bias, biasAt, requant, requantAt); break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void RunProducts<TTile>(
        Bytes model, int op, Bytes arena, Bytes weights, int weightsAt, Bytes bias, int biasAt, Bytes requant, int requantAt)
        where TTile : struct, ITile
    {
        switch (OperatorRecord.Code(model, op))
        {
            case Conv2D.Code: Conv2D.RunLowered<TTile>(model, op, arena, weights, weightsAt, bias, biasAt, requant, requantAt); break;
            case FullyConnected.Code: FullyConnected.RunLowered<TTile>(model, op, arena, weights, weightsAt, bias, biasAt, requant, requantAt); break;
        }
    }
}
