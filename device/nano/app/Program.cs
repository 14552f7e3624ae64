using System.Device.Gpio;
using System.Threading;
using nanoFramework.Runtime.Native;

namespace EdgeCnn.Device;

/// <summary>The application.</summary>
public static class Program
{
    private const int AnswerMilliseconds = 200;

    /// <summary>Runs until the host asks for a new start.</summary>
    public static void Main()
    {
        Application application = Create(new Settings());
        while (!application.Turn())
        {
        }
        // The last answer is on its way still.
        Thread.Sleep(AnswerMilliseconds);
        Power.RebootDevice();
    }

    /// <summary>Connects everything.</summary>
    public static Application Create(Settings settings)
    {
        var controller = new GpioController();
        return new Application(
            settings, new ThermalArray(settings.I2cBus, settings.I2cAddress), HostLine.Open(settings),
            new LabelPins(controller, settings.LabelPins), new Buttons(controller, settings.ButtonPins));
    }
}
