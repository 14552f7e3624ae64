namespace EdgeCnn;

/// <summary>
/// Runs a model whose weights learn, and lets it learn: a step is the forward pass, the error of the loss, and the way back through the
/// operators that the LEARN section names, all in integers. The arena has <see cref="ModelFile.ArenaBytes"/> and, behind them,
/// <see cref="ModelFile.LearningBytes"/>. Cannot fail after <see cref="ModelCheck.Verify"/>; allocates nothing.
/// </summary>
public static unsafe class Learner
{
    /// <summary>Sets weights, biases and state to what the file says; the first thing to do with an arena.</summary>
    public static void Reset(Bytes model, Bytes arena) => Reset(model, arena, model);

    /// <summary>The same for a lowered model, whose weights may have moved: from its source.</summary>
    public static void Reset(Bytes model, Bytes arena, Bytes source)
    {
        ResetState(model, arena);
        int records = LearnFile.Records(model);
        for (int i = 0; i < records; i++)
            if (LearnRecord.Has(model, LearnFile.Record(model, i), LearnRecord.TrainsBiases))
                LearnedWeights.Reset(model, LearnFile.Record(model, i), arena, source);
    }

    /// <summary>A part of <see cref="Reset(Bytes, Bytes)"/>, for callers that bring the weights operator by operator: the state.</summary>
    public static void ResetState(Bytes model, Bytes arena) => Memory.Fill(arena, LearnFile.State(model), LearnState.Bytes, 0);

    /// <summary>The other part: weights and biases of operator <paramref name="index"/>, if they learn.</summary>
    public static void ResetOperator(Bytes model, Bytes arena, int index)
    {
        int record = LearnFile.Trained(model, index);
        if (record != 0) LearnedWeights.Reset(model, record, arena, model);
    }

    /// <summary>Runs the whole model with the weights as they are now. The inputs are in the arena; the outputs are there
    /// afterwards.</summary>
    public static void Run(Bytes model, Bytes arena)
    {
        int count = ModelFile.OperatorCount(model);
        for (int i = 0; i < count; i++) Forward(model, arena, i);
    }

    /// <summary>Runs the model up to the loss with the weights as they are now, and notes in the state what it takes the sample in the arena
    /// for, and how large the loss is. Learns nothing; the inputs may be gone afterwards.</summary>
    public static void Evaluate(Bytes model, Bytes arena)
    {
        int last = LastOperator(model);
        for (int i = 0; i <= last; i++) Forward(model, arena, i);
        LossGradient.Run(model, arena);
    }

    /// <summary>Learns the sample whose inputs are in the arena, and what it is in the state (<see cref="LearnState.SetLabel"/>) or the
    /// target. The inputs may be gone afterwards.</summary>
    public static void Step(Bytes model, Bytes arena)
    {
        int last = LastOperator(model);
        BeginStep(model, arena);
        for (int i = 0; i <= last; i++) ForwardStep(model, arena, i);
        EndStep(model, arena);
    }

    /// <summary>A step in parts, for callers that bring the weights operator by operator: keeps what the way back needs of the inputs.</summary>
    public static void BeginStep(Bytes model, Bytes arena)
    {
        for (int i = ModelFile.TensorCount(model) - ModelFile.OperatorCount(model) - 1; i >= 0; i--) SavedTensors.Keep(model, arena, i);
    }

    /// <summary>The next part: operator <paramref name="index"/>, from the first one to <see cref="LastOperator"/>.</summary>
    public static void ForwardStep(Bytes model, Bytes arena, int index)
    {
        Forward(model, arena, index);
        SavedTensors.Keep(model, arena, Memory.UInt16(model, ModelFile.Operator(model, index) + OperatorRecord.OutputAt));
    }

    /// <summary>The operator that writes the loss's tensor.</summary>
    public static int LastOperator(Bytes model) => SavedTensors.Producer(model, LearnFile.LossTensor(model));

    /// <summary>The last part: the loss, and the way back.</summary>
    public static void EndStep(Bytes model, Bytes arena)
    {
        LossGradient.Run(model, arena);
        int records = LearnFile.Records(model);
        for (int i = 0; i < records; i++) Back(model, arena, LearnFile.Record(model, i));
        EndOfSample(model, arena);
    }

    /// <summary>FNV-1a of all that is learned, in the order of the section's records: int8 weights, fractions, and two int32 per bias. The
    /// same on every target after the same samples.</summary>
    public static ulong Hash(Bytes model, Bytes arena)
    {
        ulong hash = Fnv1a.Start;
        int records = LearnFile.Records(model);
        for (int i = 0; i < records; i++)
            if (LearnRecord.Has(model, LearnFile.Record(model, i), LearnRecord.TrainsBiases))
                hash = LearnedWeights.Hash(model, LearnFile.Record(model, i), arena, hash);
        return hash;
    }

    /// <summary>Runs operator <paramref name="index"/> with its weights as they are now.</summary>
    public static void Forward(Bytes model, Bytes arena, int index)
    {
        int op = ModelFile.Operator(model, index), record = LearnFile.Trained(model, index);
        // Weights that are packed follow those that learn in the file's memory.
        if (record == 0 || LearnedWeights.ArePacked(model, op))
        {
            Interpreter.Step(model, arena, index);
            return;
        }
        int requant = OperatorRecord.Requant(model, op) + OperatorRecord.BiasBytes(model, op);
        OperatorTable.Run(
            model, op, arena, LearnedWeights.Bytes(model, arena, record), LearnedWeights.Offset(model, record),
            arena, LearnRecord.Place(model, record, LearnRecord.BiasesAt), model, requant);
    }

    private static void Back(Bytes model, Bytes arena, int record)
    {
        int op = ModelFile.Operator(model, LearnRecord.Operator(model, record));
        if (LearnRecord.HasPlace(model, record, LearnRecord.MaskAt))
            ErrorTensor.Mask(
                arena, LearnRecord.Place(model, record, LearnRecord.OutputErrorAt),
                TensorRecord.Elements(model, OperatorRecord.Output(model, op)), LearnRecord.Place(model, record, LearnRecord.MaskAt),
                Memory.Int16(model, record + LearnRecord.MaskMinAt), Memory.Int16(model, record + LearnRecord.MaskMaxAt),
                OperatorRecord.Tile(model, op));
        OperatorTable.Learn(
            model, op, record, arena, LearnedWeights.Bytes(model, arena, record), LearnedWeights.Offset(model, record));
        if (LearnRecord.Has(model, record, LearnRecord.TrainsBiases) && !LearnFile.HasVelocity(model)) LearnedWeights.Repack(model, record, arena);
    }

    /// <summary>Counts the sample; at the end of a batch, moves all weights by their velocities; lets them decay now and then.</summary>
    private static void EndOfSample(Bytes model, Bytes arena)
    {
        int state = LearnFile.State(model), batched = Memory.Int32(arena, state + LearnState.BatchedAt) + 1;
        if (LearnFile.HasVelocity(model) && batched >= LearnFile.Batch(model))
        {
            batched = 0;
            int records = LearnFile.Records(model);
            for (int i = 0; i < records; i++)
                if (LearnRecord.Has(model, LearnFile.Record(model, i), LearnRecord.TrainsBiases))
                    LearnedWeights.ApplyVelocity(model, LearnFile.Record(model, i), arena);
        }
        Memory.SetInt32(arena, state + LearnState.BatchedAt, batched);
        int step = Memory.Int32(arena, state + LearnState.StepAt) + 1;
        Memory.SetInt32(arena, state + LearnState.StepAt, step);
        if (LearnFile.Decay(model) != 0 && step % WeightDecay.Interval == 0) WeightDecay.Apply(model, arena);
    }
}
