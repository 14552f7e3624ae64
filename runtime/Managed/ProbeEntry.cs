namespace EdgeCnn.Managed;

/// <summary>What <see cref="Probe"/> noted about one operator's output.</summary>
/// <param name="Hash">FNV-1a over the output's bytes.</param>
/// <param name="Nanoseconds">Wall time of the operator.</param>
/// <param name="Smallest">Smallest element.</param>
/// <param name="Largest">Largest element.</param>
public readonly record struct ProbeEntry(ulong Hash, int Nanoseconds, int Smallest, int Largest)
{
    internal static unsafe ProbeEntry[] ReadAll(byte* report, int count)
    {
        var entries = new ProbeEntry[count];
        for (int i = 0, at = 0; i < count; i++, at += Probe.EntryBytes)
            entries[i] = new ProbeEntry(
                Probe.Hash(report, at), Probe.Ticks(report, at), Probe.Smallest(report, at), Probe.Largest(report, at));
        return entries;
    }
}
