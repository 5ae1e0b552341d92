using System.Net;
using AgentObs.Conventions;
using AgentObs.Query;

namespace AgentObs.Tests.Query;

/// <summary><c>/api/clients</c> and <c>/api/storage</c>: what the doctor reads.</summary>
public sealed class ClientEndpointsTests
{
    private const long Now = 1_795_355_835_000;

    [Fact]
    public async Task Recorded_clients_are_counted_by_what_they_are_whatever_service_name_they_have()
    {
        await using var host = await ReplayHost.StartAsync();
        foreach (var scenario in (string[])["claude-codex3", "codex-inbound-unsampled", "sdk-ts"])
        {
            await host.ReplayAsync(scenario);
        }

        var clients = (await host.GetAsync<ClientList>("/api/clients")).Clients.ToDictionary(client => client.Client);

        var codex = clients["codex"];
        Assert.Equal(["codex_exec"], codex.Services);
        Assert.True(codex is { Spans: > 1713, LogsUnsampled: > 0 } && codex.LogsInTraces > codex.LogsUnsampled && codex.Logs > codex.LogsInTraces, codex.ToString());
        Assert.NotNull(codex.LastPoint);

        // A program that starts Claude through its SDK lends it its own service name.
        Assert.Contains("claude-code", clients["claude-code"].Services);
        Assert.True(clients["claude-code"].Services.Count > 1, string.Join(", ", clients["claude-code"].Services));

        // Recorded before it was received: the clocks are that far apart.
        Assert.True(clients["claude-code"].DelayNano > 0);
        Assert.All(clients.Values, client => Assert.True(client.LastSpan is not null || client.LastLog is not null || client.LastPoint is not null));
    }

    [Fact]
    public async Task Receipt_counts_from_the_time_that_was_asked_for()
    {
        await using var host = await QueryHost.StartAsync();
        await Seed.SpansAsync(
            host.Store,
            SeedSpan.Prompt(TestIds.Trace(1), TestIds.Span(1), "old", Now * 1_000_000) with { ReceivedAt = Now },
            SeedSpan.Prompt(TestIds.Trace(2), TestIds.Span(2), "new", Now * 1_000_000) with { ReceivedAt = Now + 90_000 });

        var from = Uri.EscapeDataString(UnixNano.FromDateTimeOffset(DateTimeOffset.FromUnixTimeMilliseconds(Now + 1_000)).ToString());
        var one = Assert.Single((await host.GetAsync<ClientList>($"/api/clients?from={from}")).Clients);

        Assert.Equal(("claude-code", 1L, (Now + 90_000) * 1_000_000), (one.Client, one.Spans, one.LastSpan!.Value.Value));
        Assert.Equal(90_000L - 1, one.DelayNano / 1_000_000);
        Assert.Null(one.LastLog);
        await host.ProblemAsync("/api/clients?from=yesterday", HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Storage_tells_its_versions_and_what_each_table_holds()
    {
        await using var host = await QueryHost.StartAsync();
        await Seed.SpansAsync(host.Store, SeedSpan.Prompt(TestIds.Trace(1), TestIds.Span(1), "s", Now * 1_000_000));

        var stored = await host.GetAsync<StoredSummary>("/api/storage");

        Assert.Equal(("embedded", ProgramVersion.Text), (stored.Topology, stored.Program));
        Assert.True(stored.Schema >= 22 && stored.Engine.StartsWith("26.7", StringComparison.Ordinal), stored.ToString());
        Assert.Equal((1L, 1), stored.Tables.Where(table => table.Name == "otel_traces").Select(table => (table.Rows, table.Parts)).Single());
    }
}
