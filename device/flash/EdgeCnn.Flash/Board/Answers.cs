namespace EdgeCnn.Flash.Board;

/// <summary>What a slot holds.</summary>
/// <param name="Slot">Which one.</param>
/// <param name="Written">End of the last page that is not blank.</param>
/// <param name="FileBytes">Size of the model as its header says; 0 without one.</param>
/// <param name="ModelId">The model's identity, 32 hexadecimal digits.</param>
public sealed record SlotInfo(int Slot, int Written, int FileBytes, string ModelId);

/// <summary>What an operator of a model on a board gave.</summary>
/// <param name="Hash">FNV-1a of its output's bytes.</param>
/// <param name="Ticks">Time that it took, in <see cref="BoardInfo.TicksPerSecond"/>.</param>
/// <param name="Smallest">Smallest element of its output.</param>
/// <param name="Largest">Largest element of its output.</param>
public sealed record BoardProbe(ulong Hash, uint Ticks, int Smallest, int Largest);

/// <summary>A step of learning.</summary>
/// <param name="Step">Its number.</param>
/// <param name="Answer">What the model took the sample for before.</param>
/// <param name="Loss">How wrong that was; as <c>LearnState.Loss</c>, cross-entropy in 1/2¹⁶ nats.</param>
public sealed record BoardLearning(uint Step, int Answer, int Loss);
