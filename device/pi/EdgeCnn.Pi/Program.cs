using System;
using System.IO;
using System.Linq;
using System.Threading;
using EdgeCnn.Pi;
using EdgeCnn.Pi.Settings;
using EdgeCnn.Pi.Web;

const int Done = 0, Refused = 1, WrongSettings = 2;

if (args is ["--help" or "-h"])
{
    Console.Write(SettingsHelp.Text());
    return Done;
}
try
{
    PiSettings settings = SettingsLoader.Load(args);
    using var log = new StandardErrorLog();
    using var stop = new StopSignal();
    using var service = new CameraService(settings, Console.OpenStandardOutput(), log.Logger);
    using PageServer? page = settings.Web.Enabled ? PageServer.Start(service, log.Logger) : null;
    using var supervisor = new Supervisor(service);
    // A file that ends is the end, unless somebody may still look at the page.
    WaitHandle.WaitAny(page is null ? [stop.Handle, service.Told.Ended.WaitHandle] : [stop.Handle]);
    return Done;
}
catch (SettingsException wrong)
{
    foreach (string fault in wrong.Message.Split('\n')) Console.Error.WriteLine($"edgecnn-pi: {fault}");
    return WrongSettings;
}
catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
{
    Console.Error.WriteLine($"edgecnn-pi: {failure.Message}");
    return Refused;
}
