using AgentObs.Cli.Replaying;
using AgentObs.Cli.Rewriting;
using AgentObs.Conventions;
using AgentObs.Ingest.Wire;

namespace AgentObs.Tests.Cli;

/// <summary>A rewritten recording is a new run: nothing of the old one's identity is left, and everything else is as it was.</summary>
public sealed class RewritingTests
{
    private static readonly UnixNano Start = new(1_900_000_000_123_456_789);

    public static TheoryData<string> Recordings =>
        [.. Directory.GetDirectories(Path.Combine(AgentObsProgram.Root, "recordings")).Select(folder => Path.GetFileName(folder)!).Order()];

    [Theory]
    [MemberData(nameof(Recordings))]
    public async Task No_old_id_survives(string name)
    {
        var (recorded, rewritten) = await RewriteAsync(name);
        var old = recorded.Requests.SelectMany(RecordedBytes.Ids).ToHashSet(StringComparer.Ordinal);

        Assert.All(
            recorded.Requests.Where(request => request.Signal == "traces"),
            request => Assert.NotEmpty(RecordedBytes.Surviving(old, request.Body).Take(1)));
        Assert.All(rewritten.Requests, request => Assert.Empty(RecordedBytes.Surviving(old, request.Body)));
    }

    [Theory]
    [MemberData(nameof(Recordings))]
    public async Task Counts_lengths_and_number_of_ids_stay(string name)
    {
        var (recorded, rewritten) = await RewriteAsync(name);

        Assert.Equal(recorded.Requests.Select(Shape), rewritten.Requests.Select(Shape));
        Assert.Equal(
            recorded.Requests.SelectMany(RecordedBytes.Ids).Distinct().Count(),
            rewritten.Requests.SelectMany(RecordedBytes.Ids).Distinct().Count());

        static (int, int, int, int) Shape(RecordedRequest request)
        {
            var counts = request.Count();
            return (request.Body.Length, counts.Spans, counts.Logs, counts.Points);
        }
    }

    [Theory]
    [MemberData(nameof(Recordings))]
    public async Task Starts_at_the_given_time(string name)
    {
        var (_, rewritten) = await RewriteAsync(name);
        var earliest = rewritten.Requests
            .Select(request => request.Read(body => IdCollector.Collect(body, [])))
            .Select(found => found.Earliest)
            .Min();

        if (earliest is { } time)
        {
            Assert.InRange(Start.Value - time.Value, -1_000_000, 1_000_000);
        }
    }

    [Fact]
    public async Task Same_salt_same_bytes_other_salt_other_ids()
    {
        var recorded = await ReadAsync("claude-codex3");
        var one = RecordingRewriter.Rewrite([recorded], "one", Start)[0];
        var again = RecordingRewriter.Rewrite([recorded], "one", Start)[0];
        var two = RecordingRewriter.Rewrite([recorded], "two", Start)[0];

        Assert.All(one.Requests.Zip(again.Requests), pair => Assert.Equal(pair.First.Body, pair.Second.Body));
        var ids = one.Requests.SelectMany(RecordedBytes.Ids).ToHashSet(StringComparer.Ordinal);
        Assert.All(two.Requests, request => Assert.Empty(RecordedBytes.Surviving(ids, request.Body)));
    }

    [Fact]
    public async Task The_same_id_in_two_recordings_stays_the_same()
    {
        var recorded = await ReadAsync("claude-codex3");
        var both = RecordingRewriter.Rewrite([recorded, recorded with { Name = "twin" }], "salt", Start);

        Assert.All(both[0].Requests.Zip(both[1].Requests), pair => Assert.Equal(pair.First.Body, pair.Second.Body));
    }

    [Theory]
    [InlineData("2026-11-22T12:18:33.206Z", "2026-11-22T12:18:34.706Z")]
    [InlineData("2026-11-22T23:59:59Z", "2026-11-23T00:00:00Z")]
    [InlineData("2026-11-22T12:18:33.206001+02:00", "2026-11-22T12:18:34.706001+02:00")]
    [InlineData("2026-11-22", null)]
    [InlineData("at 2026-11-22T12:18:33.206Z", null)]
    public void Times_in_texts_move_and_keep_their_length(string text, string? expected) =>
        Assert.Equal(expected, OtlpTime.ShiftText(text, 1_500_000_000));

    [Fact]
    public void Ids_keep_their_shape()
    {
        string[] ids =
        [
            "01a20331-f3d7-7ae2-96c2-5df78fe86f6c", "toolu_mwrt0md50000fake", "copilot-otel-11465-0", "aaa25dfdcc0cb954c",
            "0af7651916cd43dd8448eb211c80319c",
        ];
        var map = new IdMap(ids.ToHashSet(StringComparer.Ordinal), "salt");

        Assert.Matches("^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-9[0-9a-f]{3}-[0-9a-f]{12}$", map.Of(ids[0]));
        Assert.Matches("^toolu_[a-z0-9]{16}$", map.Of(ids[1]));
        Assert.Matches("^copilot-otel-[0-9]{5}-[0-9]$", map.Of(ids[2]));
        Assert.Matches("^[0-9a-f]{17}$", map.Of(ids[3]));
        Assert.Matches("^[0-9a-f]{32}$", map.Of(ids[4]));
    }

    [Fact]
    public void Cut_off_bytes_name_the_offset()
    {
        var error = Assert.Throws<OtlpFormatException>(() => OtlpWire.Walk("traces", [0x0a, 0x05, 0x0a], new OtlpCounts()));

        Assert.Contains("byte ", error.Message, StringComparison.Ordinal);
    }

    private static async Task<(Recording Recorded, Recording Rewritten)> RewriteAsync(string name)
    {
        var recorded = await ReadAsync(name);
        return (recorded, RecordingRewriter.Rewrite([recorded], "salt of " + name, Start)[0]);
    }

    private static async Task<Recording> ReadAsync(string name) =>
        (await RecordingReader.ReadAsync(Path.Combine(AgentObsProgram.Root, "recordings", name), CancellationToken.None))[0];
}
