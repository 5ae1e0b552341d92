using System.Globalization;
using AgentObs.Tests.Storage;

namespace AgentObs.Tests.Ingest.Hardening;

/// <summary>What a data folder holds of a flood, read by a process of its own after the one under test has ended.</summary>
/// <param name="SpansOf">Spans by trace, each counted once.</param>
/// <param name="Unlinked">Traces that no link gives to their session.</param>
/// <param name="Rows">All rows, repeated ones too.</param>
internal sealed record StoredSpans(IReadOnlyDictionary<string, int> SpansOf, IReadOnlySet<string> Unlinked, long Rows)
{
    public static async Task<StoredSpans> ReadAsync(string dataFolder)
    {
        using var reader = StorageProcess.Start(StorageProcess.Spans, dataFolder);
        var errors = reader.StandardError.ReadToEndAsync(CancellationToken.None);
        var spans = new Dictionary<string, int>();
        var unlinked = new HashSet<string>();
        var rows = 0L;
        while (await reader.StandardOutput.ReadLineAsync(CancellationToken.None) is { } line)
        {
            var parts = line.Split(' ');
            spans[parts[0]] = int.Parse(parts[1], CultureInfo.InvariantCulture);
            rows += long.Parse(parts[2], CultureInfo.InvariantCulture);
            if (parts[3] == "0")
            {
                unlinked.Add(parts[0]);
            }
        }

        await reader.WaitForExitAsync(CancellationToken.None);
        Assert.True(reader.ExitCode == 0, await errors);
        return new StoredSpans(spans, unlinked, rows);
    }

    /// <summary>Every acknowledged span is there, linked to its session, and nothing that was never sent.</summary>
    public void AssertHolds(Flood flood)
    {
        foreach (var trace in flood.Acknowledged.Select(FloodBody.TraceId))
        {
            Assert.Equal(flood.SpansPerRequest, SpansOf.GetValueOrDefault(trace));
            Assert.DoesNotContain(trace, Unlinked);
        }

        // A request's rows are one commit: what was not acknowledged is there whole or not at all.
        Assert.All(SpansOf.Values, count => Assert.Equal(flood.SpansPerRequest, count));
        Assert.InRange(SpansOf.Count, flood.Acknowledged.Count, flood.Sent);
    }
}
