using static EdgeCnn.Register;

namespace EdgeCnn;

/// <summary>
/// Machine code of the loops around <c>vpdpbusd</c>, for the System V calling convention. Each takes one pointer, to
/// <see cref="Slots"/> numbers of 64 bits. Vectors 16 to 31 are sums, 0 and 1 weights, 2 a group of activations in every lane.
/// </summary>
internal static class VnniCode
{
    /// <summary>Numbers of a call: table of rows (of <see cref="OneRow"/>: the row itself), packed weights, 16 biases per block,
    /// sums.</summary>
    internal const int Rows = 0, Weights = 1, Bias = 2, Sums = 3;

    /// <summary>Numbers of a call: bytes of a block's weights; the <see cref="EdgeCnn.Runs"/>, <see cref="RunBytes"/> being 4 per
    /// group.</summary>
    internal const int BlockBytes = 4, Lines = 5, LineStep = 6, PerLine = 7, RunStep = 8, RunBytes = 9;

    /// <summary>Numbers of a call to <see cref="OneRow"/>: groups by four, and what remains.</summary>
    internal const int Fours = 5, Ones = 6;

    /// <summary>Numbers that the code itself counts with; all of them.</summary>
    internal const int LinesLeft = 10, RunsLeft = 11, Slots = 12;

    private const int Group = 4, GroupWeights = Group * ITile.BlockChannels, VectorBytes = 64, FirstSum = 16, Activations = 2;

    private static readonly Register[] s_rows = [R8, R9, R10, R11, R12, R13, Rbx, Rbp];

    private static readonly Register[] s_saved = [Rbx, Rbp, R12, R13, R14, R15];

    /// <summary>
    /// <see cref="ITile.Dot"/> of <see cref="ITile.RowGroup"/> rows and one or two blocks: 8 or 16 chains of 16 sums. With two, the loads
    /// of activations take half the time of the products.
    /// </summary>
    internal static byte[] RowGroup(int blocks)
    {
        var code = new X64Assembler();
        foreach (Register register in s_saved) code.Push(register);
        code.Load(Rax, Slot(Rows));
        for (int r = 0; r < ITile.RowGroup; r++) code.Load(s_rows[r], new Address(Rax, 8 * r));
        code.Load(Rax, Slot(Bias));
        for (int b = 0; b < blocks; b++)
        {
            code.LoadVector(Sum(b, 0), new Address(Rax, VectorBytes * b));
            for (int r = 1; r < ITile.RowGroup; r++) code.MoveVector(Sum(b, r), Sum(b, 0));
        }
        code.Load(Rsi, Slot(Weights));
        code.Load(R14, Slot(BlockBytes));
        code.Load(Rax, Slot(Lines));
        code.Store(Slot(LinesLeft), Rax);
        code.Clear(R15);
        int line = code.Here;
        code.Load(Rax, Slot(PerLine));
        code.Store(Slot(RunsLeft), Rax);
        code.Move(Rdx, R15);
        int run = code.Here;
        code.Move(Rax, Rdx);
        code.Move(Rcx, Rdx);
        code.Add(Rcx, Slot(RunBytes));
        int group = code.Here;
        code.LoadVector(0, new Address(Rsi));
        if (blocks > 1) code.LoadVector(1, new Address(Rsi, R14, 0));
        for (int r = 0; r < ITile.RowGroup; r++)
        {
            code.Broadcast(Activations, new Address(s_rows[r], Rax, 0));
            for (int b = 0; b < blocks; b++) code.DotProducts(Sum(b, r), Activations, b);
        }
        code.Add(Rsi, GroupWeights);
        code.Add(Rax, Group);
        code.Compare(Rax, Rcx);
        code.JumpIfNotZero(group);
        code.Add(Rdx, Slot(RunStep));
        code.Decrement(Slot(RunsLeft));
        code.JumpIfNotZero(run);
        code.Add(R15, Slot(LineStep));
        code.Decrement(Slot(LinesLeft));
        code.JumpIfNotZero(line);
        code.Load(Rax, Slot(Sums));
        for (int b = 0; b < blocks; b++)
            for (int r = 0; r < ITile.RowGroup; r++)
                code.StoreVector(new Address(Rax, VectorBytes * (b * ITile.Rows + r)), Sum(b, r));
        for (int i = s_saved.Length - 1; i >= 0; i--) code.Pop(s_saved[i]);
        code.ZeroUpper();
        code.Return();
        return code.Code;
    }

    /// <summary><see cref="ITile.DotOneRow"/>: four chains of 16 sums, each of every fourth group.</summary>
    internal static byte[] OneRow()
    {
        const int chains = 4;
        var code = new X64Assembler();
        code.Load(Rax, Slot(Rows));
        code.Load(Rsi, Slot(Weights));
        code.Load(Rcx, Slot(Bias));
        code.LoadVector(FirstSum, new Address(Rcx));
        for (int c = 1; c < chains; c++) code.ClearVector(FirstSum + c);
        Counted(Fours, chains);
        Counted(Ones, 1);
        for (int c = 1; c < chains; c++) code.AddInt32(FirstSum, FirstSum + c);
        code.Load(Rcx, Slot(Sums));
        code.StoreVector(new Address(Rcx), FirstSum);
        code.ZeroUpper();
        code.Return();
        return code.Code;

        // As often as the slot says, perhaps never: so many groups.
        void Counted(int slot, int groups)
        {
            code.Load(Rcx, Slot(slot));
            code.Add(Rcx, 0);   // a load tells nothing of zero
            int behind = code.JumpIfZero(), loop = code.Here;
            for (int g = 0; g < groups; g++)
            {
                code.Broadcast(Activations, new Address(Rax, Group * g));
                code.DotProducts(FirstSum + g, Activations, new Address(Rsi, GroupWeights * g));
            }
            code.Add(Rax, Group * groups);
            code.Add(Rsi, GroupWeights * groups);
            code.Add(Rcx, -1);
            code.JumpIfNotZero(loop);
            code.Land(behind);
        }
    }

    private static Address Slot(int number) => new(Rdi, 8 * number);

    private static int Sum(int block, int row) => FirstSum + block * ITile.RowGroup + row;
}
