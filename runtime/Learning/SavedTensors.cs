namespace EdgeCnn;

/// <summary>What the way back needs of the forward pass is copied out of the arena's tensors as soon as it is there, since they make room for
/// each other.</summary>
internal static unsafe class SavedTensors
{
    /// <summary>Keeps tensor number <paramref name="tensor"/>, which was written just now, if the section says so.</summary>
    internal static void Keep(Bytes model, Bytes arena, int tensor)
    {
        int saves = LearnFile.Saves(model);
        for (int i = 0; i < saves; i++)
        {
            int save = LearnFile.Save(model, i);
            if (Memory.UInt16(model, save + LearnFile.SavedTensorAt) != tensor) continue;
            int to = LearnFile.Base(model) + Memory.Int32(model, save + LearnFile.SavedPlaceAt), record = ModelFile.Tensor(model, tensor);
            if (Memory.UInt16(model, save + LearnFile.SavedKindAt) == LearnFile.SavesBytes)
                Memory.Copy(arena, TensorRecord.ArenaOffset(model, record), arena, to, TensorRecord.ByteCount(model, record));
            else
                MaxPool.SaveWinners(model, ModelFile.Operator(model, Producer(model, tensor)), arena, to);
        }
    }

    /// <summary>Number of the operator that writes the tensor; negative for the model's inputs.</summary>
    internal static int Producer(Bytes model, int tensor) => tensor - (ModelFile.TensorCount(model) - ModelFile.OperatorCount(model));
}
