using System;
using System.Linq;
using System.Text;
using EdgeCnn.Device.Tests.Simulated;
using Xunit;

namespace EdgeCnn.Device.Tests;

/// <summary>The serial lines of the boards, over simulations that answer only when clocks, pins and speed are right.</summary>
public sealed class UartDriverTests
{
    public static TheoryData<string> Boards => RealBoard.Names;

    [Theory]
    [MemberData(nameof(Boards))]
    public void Bytes_go_both_ways(string name)
    {
        byte[] text = Encoding.Latin1.GetBytes("every byte \0\xFF\x7F comes"), answer = Encoding.Latin1.GetBytes("and goes \xFF\0");
        (SimulatedUart uart, Action start, Func<int> read, Action<int> write) = Line(name);
        start();
        Assert.Equal(-1, read());

        foreach (byte value in text) uart.Incoming.Enqueue(value);
        Assert.Equal(text, text.Select(_ => (byte)read()));
        Assert.Equal(-1, read());
        foreach (byte value in answer) write(value);
        Assert.Equal(answer, uart.Sent);
    }

    [Theory]
    [MemberData(nameof(Boards))]
    public void Nothing_goes_before_the_line_is_on(string name)
    {
        (SimulatedUart uart, _, _, Action<int> write) = Line(name);

        Assert.Throws<ChipRuleException>(() => write('x'));
        Assert.Empty(uart.Sent);
    }

    private static (SimulatedUart Uart, Action Start, Func<int> Read, Action<int> Write) Line(string name)
    {
        BoardFile board = BoardFile.Use(name);
        (SimulatedUart Uart, Action Start, Func<int> Read, Action<int> Write) line = board.Property("Uart") switch
        {
            nameof(Stm32UsartV1) => (new SimulatedUsart(board, isNewer: false), Stm32UsartV1.Start, Stm32UsartV1.Read, Stm32UsartV1.Write),
            nameof(Stm32UsartV2) => (new SimulatedUsart(board, isNewer: true), Stm32UsartV2.Start, Stm32UsartV2.Read, Stm32UsartV2.Write),
            nameof(Pl011Uart) => (new SimulatedPl011(), StartPl011, Pl011Uart.Read, Pl011Uart.Write),
            nameof(NordicUarte) => (new SimulatedUarte(board), NordicUarte.Start, NordicUarte.Read, NordicUarte.Write),
            string other => throw new InvalidOperationException($"no simulation of what {other} drives"),
            null => throw new InvalidOperationException($"{name} has no serial line"),
        };
        Bus.Current = line.Uart;
        return line;
    }

    private static void StartPl011()
    {
        Rp2350.Setup();
        Pl011Uart.Start();
    }
}
