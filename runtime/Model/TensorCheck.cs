namespace EdgeCnn;

/// <summary>Rules of the tensor records, each by itself: type, rank, shape, zero point, place in the arena.</summary>
internal static unsafe class TensorCheck
{
    internal static ModelError All(Bytes model, ref int where)
    {
        int count = ModelFile.TensorCount(model), arenaBytes = ModelFile.ArenaBytes(model);
        for (int i = 0; i < count; i++)
        {
            ModelError error = One(model, ModelFile.Tensor(model, i), arenaBytes, ref where);
            if (error != ModelError.None) return error;
        }
        return ModelError.None;
    }

    private static ModelError One(Bytes model, int tensor, int arenaBytes, ref int where)
    {
        int type = TensorRecord.Type(model, tensor), elementBytes = ElementType.Bytes(type);
        if (elementBytes == 0) return ModelCheck.Fail(ModelError.BadTensor, tensor + TensorRecord.TypeAt, ref where);
        int rank = TensorRecord.Rank(model, tensor);
        if (rank < 1 || rank > TensorRecord.MaxRank)
            return ModelCheck.Fail(ModelError.BadTensor, tensor + TensorRecord.RankAt, ref where);
        int zeroPoint = TensorRecord.ZeroPoint(model, tensor);
        if (zeroPoint < ElementType.Min(type) || zeroPoint > ElementType.Max(type))
            return ModelCheck.Fail(ModelError.BadTensor, tensor + TensorRecord.ZeroPointAt, ref where);

        int offset = TensorRecord.ArenaOffset(model, tensor);
        if (offset < 0 || offset > arenaBytes || offset % elementBytes != 0)
            return ModelCheck.Fail(ModelError.OutsideArena, tensor + TensorRecord.ArenaOffsetAt, ref where);
        int room = (arenaBytes - offset) / elementBytes;
        for (int axis = 0; axis < TensorRecord.MaxRank; axis++)
        {
            // The remaining room shrinks by each factor, so that no product of dimensions can overflow.
            int dimension = TensorRecord.Dimension(model, tensor, axis), at = tensor + TensorRecord.DimensionsAt + 4 * axis;
            if (dimension < 1 || (axis >= rank && dimension != 1)) return ModelCheck.Fail(ModelError.BadTensor, at, ref where);
            room /= dimension;
            if (room == 0) return ModelCheck.Fail(ModelError.OutsideArena, at, ref where);
        }
        return ModelError.None;
    }
}
