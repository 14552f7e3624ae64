namespace EdgeCnn.Pi.Web;

/// <summary>Whether the camera does what it is there for.</summary>
internal static class Health
{
    /// <summary>What keeps it from that; empty when nothing does.</summary>
    public static string Of(CameraService service)
    {
        if (service.Inference.Engine is null) return service.Models.Trouble.Length > 0 ? service.Models.Trouble : "no model runs";
        if (service.Inference.Trouble.Length > 0) return service.Inference.Trouble;
        // A file that is at its end has been seen.
        if (service.Capture.SourceName is not null || service.Told.Ended.IsSet) return "";
        return service.Settings.Sound.IsOn ? "no sound comes; the log says why" : "no camera gives frames; the log says why";
    }
}
