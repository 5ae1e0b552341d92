namespace AgentObs.Query;

/// <summary>Looks at every limit once and drops what is beyond it.</summary>
internal sealed class RetentionPass(RetentionOptions options, RetentionReader reader, SignalDropper dropper, TimeProvider time)
{
    public async Task RunAsync(CancellationToken ct)
    {
        await dropper.FinishAsync(ct);
        foreach (var signal in RetentionSignal.All)
        {
            var limit = options.Of(signal.Name);
            if (limit.Days is { } days
                && RetentionCutoff.ByAge(time.GetUtcNow(), days) is var cutoff && await reader.OldestAsync(signal, ct) < cutoff)
            {
                await dropper.DropAsync(signal, RetentionReasons.Age, cutoff, ct);
            }

            if (limit.Bytes is { } bytes
                && await reader.MeasureAsync(signal, ct) is var sizes && sizes.Values.Sum(size => size.Bytes) > bytes
                && RetentionCutoff.BySize(await reader.ReceiptsAsync(signal, sizes, ct), bytes) is { } before)
            {
                await dropper.DropAsync(signal, RetentionReasons.Size, before, ct);
            }
        }
    }
}
