using System.Device.Gpio;
using System.IO;
using System.Linq;
using EdgeCnn.Pi.Gpio;
using Iot.Device.Button;
using Xunit;

namespace EdgeCnn.Pi.Tests;

public sealed class IotDriverTests
{
    [Fact]
    public void Lines_and_buttons_work_on_simulated_pins_and_are_given_back()
    {
        var driver = new IotDriver();
        GpioController controller = GpioController.Open.Last();
        driver.TakeOutputs([17, 27]);
        driver.Set(0b10);
        Assert.Equal((PinValue.Low, PinValue.High), (controller.Pins[17].Value, controller.Pins[27].Value));
        int button = driver.TakeButton(4);
        Assert.Equal(PinMode.InputPullUp, controller.Pins[4].Mode);
        Assert.False(driver.IsDown(button));
        GpioButton.Press(controller, 4, isDown: true);
        Assert.True(driver.IsDown(button));
        Assert.Contains("line 17: Pin 17 is already open", Assert.Throws<IOException>(() => driver.TakeButton(17)).Message);
        driver.Dispose();
        Assert.DoesNotContain(controller, GpioController.Open);
        Assert.DoesNotContain(4, controller.Pins.Keys);
    }
}
