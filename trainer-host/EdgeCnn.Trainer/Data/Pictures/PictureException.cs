using System;

namespace EdgeCnn.Trainer.Data.Pictures;

/// <summary>A picture that can't be read; whoever knows its name puts it before the message.</summary>
internal sealed class PictureException(string message) : Exception(message);
