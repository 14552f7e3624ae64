using System.Buffers.Binary;
using System.Collections.Generic;
using System.Runtime.InteropServices;

namespace EdgeCnn;

/// <summary>
/// Writes the few x86-64 instructions of <see cref="VnniCode"/>, as the Intel 64 and IA-32 Architectures Software Developer's Manual,
/// volume 2, encodes them (chapter 2: prefixes, ModR/M and SIB; 2.7: EVEX; the pages of the instructions: opcodes). Operands are 64 bits
/// wide, vectors 512. For each kind of operand there is one form, not always the shortest: memory always has SIB and a displacement of 32
/// bits, which EVEX does not scale; jumps have 32 bits.
/// </summary>
internal sealed class X64Assembler
{
    private readonly List<byte> _code = [];

    /// <summary>The instructions so far.</summary>
    internal byte[] Code => [.. _code];

    /// <summary>Where the next instruction begins, for <see cref="JumpIfNotZero"/>.</summary>
    internal int Here => _code.Count;

    /// <summary>PUSH r: [REX.B] 50+r.</summary>
    internal void Push(Register register) => Stack(0x50, register);

    /// <summary>POP r: [REX.B] 58+r.</summary>
    internal void Pop(Register register) => Stack(0x58, register);

    /// <summary>MOV r, m: REX.W 8B /r.</summary>
    internal void Load(Register to, Address from) => General(0x8B, (int)to, from);

    /// <summary>MOV m, r: REX.W 89 /r.</summary>
    internal void Store(Address to, Register from) => General(0x89, (int)from, to);

    /// <summary>MOV r, r: REX.W 89 /r.</summary>
    internal void Move(Register to, Register from) => General(0x89, (int)from, to);

    /// <summary>XOR r, r with itself, thus 0: REX.W 31 /r.</summary>
    internal void Clear(Register register) => General(0x31, (int)register, register);

    /// <summary>ADD r, m: REX.W 03 /r.</summary>
    internal void Add(Register to, Address term) => General(0x03, (int)to, term);

    /// <summary>ADD r, imm32: REX.W 81 /0 id.</summary>
    internal void Add(Register to, int term)
    {
        General(0x81, 0, to);
        Int32(term);
    }

    /// <summary>CMP r, r: REX.W 39 /r.</summary>
    internal void Compare(Register a, Register b) => General(0x39, (int)b, a);

    /// <summary>DEC m: REX.W FF /1.</summary>
    internal void Decrement(Address counter) => General(0xFF, 1, counter);

    /// <summary>JNZ rel32 (or JNE) to a place that is known already: 0F 85 cd.</summary>
    internal void JumpIfNotZero(int target)
    {
        Bytes(0x0F, 0x85);
        Int32(target - (Here + 4));
    }

    /// <summary>JZ rel32 (or JE) to where <see cref="Land"/> is called with the result: 0F 84 cd.</summary>
    internal int JumpIfZero()
    {
        Bytes(0x0F, 0x84);
        Int32(0);
        return Here;
    }

    /// <summary>The target of a jump forward is here.</summary>
    internal void Land(int jump) => BinaryPrimitives.WriteInt32LittleEndian(CollectionsMarshal.AsSpan(_code)[(jump - 4)..], Here - jump);

    /// <summary>RET: C3.</summary>
    internal void Return() => Bytes(0xC3);

    /// <summary>VZEROUPPER, before code that may have been compiled for older vectors: VEX.128.0F.WIG 77.</summary>
    internal void ZeroUpper() => Bytes(0xC5, 0xF8, 0x77);

    /// <summary>VMOVDQU32 zmm, m512: EVEX.512.F3.0F.W0 6F /r.</summary>
    internal void LoadVector(int to, Address from) => Vector(Map0F, PrefixF3, 0x6F, to, 0, from);

    /// <summary>VMOVDQU32 m512, zmm: EVEX.512.F3.0F.W0 7F /r.</summary>
    internal void StoreVector(Address to, int from) => Vector(Map0F, PrefixF3, 0x7F, from, 0, to);

    /// <summary>VMOVDQA32 zmm, zmm: EVEX.512.66.0F.W0 6F /r.</summary>
    internal void MoveVector(int to, int from) => Vector(Map0F, Prefix66, 0x6F, to, 0, from);

    /// <summary>VPXORD zmm, zmm, zmm with itself, thus 0: EVEX.512.66.0F.W0 EF /r.</summary>
    internal void ClearVector(int vector) => Vector(Map0F, Prefix66, 0xEF, vector, vector, vector);

    /// <summary>VPADDD zmm, zmm, zmm, to += term in 16 lanes: EVEX.512.66.0F.WIG FE /r.</summary>
    internal void AddInt32(int to, int term) => Vector(Map0F, Prefix66, 0xFE, to, to, term);

    /// <summary>VPBROADCASTD zmm, m32: EVEX.512.66.0F38.W0 58 /r.</summary>
    internal void Broadcast(int to, Address from) => Vector(Map0F38, Prefix66, 0x58, to, 0, from);

    /// <summary>VPDPBUSD zmm, zmm, zmm, sums[i] += Σⱼ unsigned[4i + j] · signed[4i + j] modulo 2³², j = 0 … 3: EVEX.512.66.0F38.W0 50
    /// /r.</summary>
    internal void DotProducts(int sums, int unsigned, int signed) => Vector(Map0F38, Prefix66, 0x50, sums, unsigned, signed);

    /// <summary>The same with the signed bytes from memory.</summary>
    internal void DotProducts(int sums, int unsigned, Address signed) => Vector(Map0F38, Prefix66, 0x50, sums, unsigned, signed);

    private const int Map0F = 1, Map0F38 = 2, Prefix66 = 1, PrefixF3 = 2;

    private void Stack(int opcode, Register register)
    {
        if (register >= Register.R8) Bytes(0x41);
        Bytes(opcode + ((int)register & 7));
    }

    /// <summary>REX.W opcode ModR/M with two registers. REX is 0100 W R X B; R, X and B are the fourth bits of reg, index and rm or
    /// base.</summary>
    private void General(int opcode, int reg, Register rm)
    {
        Bytes(0x48 | reg >> 3 << 2 | (int)rm >> 3, opcode);
        Registers(reg, (int)rm);
    }

    /// <summary>REX.W opcode ModR/M SIB disp32.</summary>
    private void General(int opcode, int reg, Address rm)
    {
        Bytes(0x48 | reg >> 3 << 2 | (int)rm.Index >> 3 << 1 | (int)rm.Base >> 3, opcode);
        Place(reg, rm);
    }

    /// <summary>EVEX opcode ModR/M with vector registers: X is the fifth bit of rm.</summary>
    private void Vector(int map, int prefix, int opcode, int reg, int second, int rm)
    {
        Evex(map, prefix, reg, second, rm >> 4, rm >> 3 & 1);
        Bytes(opcode);
        Registers(reg, rm);
    }

    /// <summary>EVEX opcode ModR/M SIB disp32.</summary>
    private void Vector(int map, int prefix, int opcode, int reg, int second, Address rm)
    {
        Evex(map, prefix, reg, second, (int)rm.Index >> 3, (int)rm.Base >> 3);
        Bytes(opcode);
        Place(reg, rm);
    }

    /// <summary>
    /// The EVEX prefix: 62, then R̄ X̄ B̄ R̄' 0 m m m, then W v̄ v̄ v̄ v̄ 1 p p, then z L' L b V̄' a a a. A bar is for bits that are stored
    /// inverted. R' R are the upper bits of reg, V' v v v v is the second operand, L' L = 2 means 512 bits; W, z (zeroing), b (broadcast)
    /// and a a a (mask) are 0.
    /// </summary>
    private void Evex(int map, int prefix, int reg, int second, int x, int b) => Bytes(
        0x62,
        0xF0 ^ (reg >> 3 & 1) << 7 ^ x << 6 ^ b << 5 ^ (reg >> 4) << 4 | map,
        0x78 ^ (second & 15) << 3 | 4 | prefix,
        0x48 ^ (second >> 4) << 3);

    /// <summary>ModR/M with mod = 3: both operands are registers.</summary>
    private void Registers(int reg, int rm) => Bytes(0xC0 | (reg & 7) << 3 | rm & 7);

    /// <summary>ModR/M with mod = 2 and rm = 4: SIB with scale 1, and a displacement of 32 bits.</summary>
    private void Place(int reg, Address rm)
    {
        Bytes(0x84 | (reg & 7) << 3, ((int)rm.Index & 7) << 3 | (int)rm.Base & 7);
        Int32(rm.Displacement);
    }

    private void Int32(int value) => Bytes(value & 255, value >> 8 & 255, value >> 16 & 255, value >> 24 & 255);

    private void Bytes(params int[] bytes)
    {
        foreach (int value in bytes) _code.Add((byte)value);
    }
}
