using System;

namespace EdgeCnn.Pi.Teaching;

/// <summary>What was learned and saved at one time.</summary>
/// <param name="Number">Of its delta.</param>
/// <param name="At">When it was saved.</param>
/// <param name="Label">What was shown; empty for a lesson from before the program started.</param>
/// <param name="Frames">How often; 0 for such a lesson.</param>
internal sealed record Lesson(int Number, DateTime At, string Label, int Frames);
