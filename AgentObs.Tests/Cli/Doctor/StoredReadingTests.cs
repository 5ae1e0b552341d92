using AgentObs.Cli.Doctor;
using AgentObs.Conventions;
using AgentObs.Query;

namespace AgentObs.Tests.Cli.Doctor;

/// <summary>How the answers of <c>/api/storage</c> and <c>/api/retention</c> are judged.</summary>
public sealed class StoredReadingTests
{
    private static readonly StoredSummary Calm = new("0.1.0", "embedded", "26.7.2.1", "otel", 26, [new TableSummary("otel_traces", 1_719, 204_800, 300)]);

    [Fact]
    public void What_is_stored_and_how_long_it_is_kept_is_one_line()
    {
        var found = Assert.Single(Read(Calm, Kept()));
        Assert.Equal((FindingLevel.Ok, "storage.stored"), (found.Level, found.Id));
        Assert.Equal("Stored: 1,719 spans (204.8 kB, schema 26; kept 90 days, up to 20 GB a signal).", found.Found);
        Assert.Equal("otel_traces: 1,719 rows, 204.8 kB, 300 parts", Assert.Single(found.Evidence));
    }

    [Fact]
    public void Tables_whose_merges_do_not_keep_up_are_named_with_their_parts()
    {
        var crowded = Calm with { Tables = [.. Calm.Tables, new TableSummary("otel_logs", 9, 9, 301)] };
        var parts = Assert.Single(Read(crowded, Kept()), finding => finding.Id == "storage.parts");
        Assert.Equal(FindingLevel.Warning, parts.Level);
        Assert.Equal(["otel_logs: 301 parts"], parts.Evidence);
        Assert.Contains("OTEL_TRACES_EXPORT_INTERVAL", parts.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public void What_could_not_be_dropped_is_a_problem_with_the_engines_words()
    {
        Assert.True(UnixNano.TryParse("2026-11-23T02:00:00.000000000Z", out var check));
        var retention = Assert.Single(Read(Calm, Kept() with { LastCheck = check, LastError = "No space left on device" }), finding => finding.Id == "storage.retention");
        Assert.Equal(FindingLevel.Problem, retention.Level);
        Assert.Equal("Old telemetry could not be dropped: No space left on device", retention.Found);
        Assert.EndsWith("retention", retention.Fix, StringComparison.Ordinal);
        Assert.Equal(["last check: 2026-11-23T02:00:00.000000000Z"], retention.Evidence);
    }

    private static List<Finding> Read(StoredSummary stored, RetentionSummary retention) => [.. StorageCheck.Read(stored, retention).OfType<Finding>()];

    private static RetentionSummary Kept() => new(true, [new SignalRetention("traces", 90, 20_000_000_000, 1_719, 204_800, null)], [], null, null);
}
