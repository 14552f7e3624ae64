using System;
using System.Collections.Generic;
using System.Linq;
using Xunit;
using static EdgeCnn.Register;

namespace EdgeCnn.Tests.Tiles;

/// <summary>
/// Instructions are the bytes that the GNU assembler writes (<c>as -mindex-reg</c>, with <c>{disp32}</c> before those with memory and
/// <c>%riz</c> where there is no index, <c>{evex}</c> before vpaddd).
/// </summary>
public sealed class X64AssemblerTests
{
    private static readonly Dictionary<string, (string Bytes, Action<X64Assembler> Write)> s_instructions = new()
    {
        ["push rbx"] = ("53", code => code.Push(Rbx)),
        ["push r12"] = ("41 54", code => code.Push(R12)),
        ["pop rbp"] = ("5d", code => code.Pop(Rbp)),
        ["pop r15"] = ("41 5f", code => code.Pop(R15)),
        ["mov rax, [rdi + 8]"] = ("48 8b 84 27 08 00 00 00", code => code.Load(Rax, new Address(Rdi, 8))),
        ["mov r9, [r13 + r14 + 0x38]"] = ("4f 8b 8c 35 38 00 00 00", code => code.Load(R9, new Address(R13, R14, 0x38))),
        ["mov [rdi + 0x58], rcx"] = ("48 89 8c 27 58 00 00 00", code => code.Store(new Address(Rdi, 0x58), Rcx)),
        ["mov rdx, r15"] = ("4c 89 fa", code => code.Move(Rdx, R15)),
        ["mov r8, rax"] = ("49 89 c0", code => code.Move(R8, Rax)),
        ["xor r15, r15"] = ("4d 31 ff", code => code.Clear(R15)),
        ["add rdx, [rdi + 0x40]"] = ("48 03 94 27 40 00 00 00", code => code.Add(Rdx, new Address(Rdi, 0x40))),
        ["add rsi, 0x12345678"] = ("48 81 c6 78 56 34 12", code => code.Add(Rsi, 0x12345678)),
        ["add r10, -0x10000"] = ("49 81 c2 00 00 ff ff", code => code.Add(R10, -0x10000)),
        ["cmp rax, rcx"] = ("48 39 c8", code => code.Compare(Rax, Rcx)),
        ["cmp r14, rbx"] = ("49 39 de", code => code.Compare(R14, Rbx)),
        ["dec qword [rdi + 0x50]"] = ("48 ff 8c 27 50 00 00 00", code => code.Decrement(new Address(Rdi, 0x50))),
        ["ret"] = ("c3", code => code.Return()),
        ["vzeroupper"] = ("c5 f8 77", code => code.ZeroUpper()),
        ["vmovdqu32 zmm1, [rsi + r14]"] = ("62 b1 7e 48 6f 8c 36 00 00 00 00", code => code.LoadVector(1, new Address(Rsi, R14, 0))),
        ["vmovdqu32 zmm31, [rax + 0x7c0]"] = ("62 61 7e 48 6f bc 20 c0 07 00 00", code => code.LoadVector(31, new Address(Rax, 0x7C0))),
        ["vmovdqu32 [r12 + 0x1c0], zmm23"] = ("62 c1 7e 48 7f bc 24 c0 01 00 00", code => code.StoreVector(new Address(R12, 0x1C0), 23)),
        ["vmovdqu32 [rcx + 0x40], zmm8"] = ("62 71 7e 48 7f 84 21 40 00 00 00", code => code.StoreVector(new Address(Rcx, 0x40), 8)),
        ["vmovdqa32 zmm31, zmm24"] = ("62 01 7d 48 6f f8", code => code.MoveVector(31, 24)),
        ["vmovdqa32 zmm9, zmm7"] = ("62 71 7d 48 6f cf", code => code.MoveVector(9, 7)),
        ["vpxord zmm17, zmm17, zmm17"] = ("62 a1 75 40 ef c9", code => code.ClearVector(17)),
        ["vpxord zmm9, zmm9, zmm9"] = ("62 51 35 48 ef c9", code => code.ClearVector(9)),
        ["vpaddd zmm16, zmm16, zmm19"] = ("62 a1 7d 40 fe c3", code => code.AddInt32(16, 19)),
        ["vpaddd zmm10, zmm10, zmm2"] = ("62 71 2d 48 fe d2", code => code.AddInt32(10, 2)),
        ["vpbroadcastd zmm2, [rbp + rax]"] = ("62 f2 7d 48 58 94 05 00 00 00 00", code => code.Broadcast(2, new Address(Rbp, Rax, 0))),
        ["vpbroadcastd zmm18, [r13 + r15 + 12]"] =
            ("62 82 7d 48 58 94 3d 0c 00 00 00", code => code.Broadcast(18, new Address(R13, R15, 12))),
        ["vpdpbusd zmm31, zmm2, zmm1"] = ("62 62 6d 48 50 f9", code => code.DotProducts(31, 2, 1)),
        ["vpdpbusd zmm4, zmm29, zmm30"] = ("62 92 15 40 50 e6", code => code.DotProducts(4, 29, 30)),
        ["vpdpbusd zmm13, zmm12, zmm11"] = ("62 52 1d 48 50 eb", code => code.DotProducts(13, 12, 11)),
        ["vpdpbusd zmm19, zmm2, [rsi + 0xc0]"] =
            ("62 e2 6d 48 50 9c 26 c0 00 00 00", code => code.DotProducts(19, 2, new Address(Rsi, 0xC0))),
        ["vpdpbusd zmm5, zmm20, [r9 + r10 + 0x40]"] =
            ("62 92 5d 40 50 ac 11 40 00 00 00", code => code.DotProducts(5, 20, new Address(R9, R10, 0x40))),
    };

    /// <summary>The instructions in words.</summary>
    public static TheoryData<string> Instructions => [.. s_instructions.Keys];

    [Theory]
    [MemberData(nameof(Instructions))]
    public void An_instruction_is_encoded_as_by_the_GNU_assembler(string instruction)
    {
        var code = new X64Assembler();
        s_instructions[instruction].Write(code);

        Assert.Equal(s_instructions[instruction].Bytes, Text(code));
    }

    [Fact]
    public void A_jump_back_counts_from_its_own_end()
    {
        var code = new X64Assembler();
        int loop = code.Here;
        code.Push(Rbx);
        code.JumpIfNotZero(loop);

        Assert.Equal("53 0f 85 f9 ff ff ff", Text(code));
    }

    [Fact]
    public void A_jump_forward_leads_to_where_it_lands()
    {
        var code = new X64Assembler();
        int jump = code.JumpIfZero();
        code.Push(R12);
        code.Land(jump);

        Assert.Equal("0f 84 02 00 00 00 41 54", Text(code));
    }

    private static string Text(X64Assembler code) =>
        string.Join(' ', code.Code.Select(value => Convert.ToHexStringLower([value])));
}
