using AgentObs.Ingest;
using AgentObs.Ingest.Forwarding;
using AgentObs.Storage;
using AgentObs.Tests.Storage;
using ClickHouse.Driver.ADO;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AgentObs.Tests.Ingest;

/// <summary>Ingest on two free ports in front of the real engine, on a database of its own.</summary>
internal sealed class IngestHost : IAsyncDisposable
{
    private readonly WebApplication app;

    private IngestHost(WebApplication app) => this.app = app;

    public Uri Grpc => app.Services.GetRequiredService<OtlpEndpoints>().Grpc;

    public Uri Http => app.Services.GetRequiredService<OtlpEndpoints>().Http;

    public IServiceProvider Services => app.Services;

    public ClickHouseStore Store => app.Services.GetRequiredService<ClickHouseStore>();

    /// <param name="configure">Replaces services before the host is built.</param>
    /// <param name="forward">Where what is stored goes besides.</param>
    public static async Task<IngestHost> StartAsync(Action<IServiceCollection>? configure = null, ForwardOptions? forward = null)
    {
        var options = new IngestOptions(new Uri("http://localhost:0"), new Uri("http://localhost:0"));
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddAgentObsStorage(EngineFixture.NewOptions());
        builder.Services.AddAgentObsIngest(options, forward);
        configure?.Invoke(builder.Services);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenOtlp(options));
        var app = builder.Build();
        app.MapAgentObsIngest();
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new IngestHost(app);
    }

    public async Task<ulong> CountAsync(string table) =>
        (await Store.QueryAsync(new SqlFile("count", $"SELECT count() FROM {table}"), null, row => (ulong)row.GetValue(0), TestContext.Current.CancellationToken))[0];

    public Task ExecuteAsync(string sql) => Store.ExecuteAsync(new SqlFile("test", sql), null, TestContext.Current.CancellationToken);

    /// <summary>All rows of a table as the engine gives them in Native, without the columns that are not the exporter's.</summary>
    public async Task<List<Dictionary<string, string>>> ReadAsync(string table, IEnumerable<string> columns)
    {
        await using var connection = Store.DataSource.CreateConnection();
        await using var command = connection.CreateCommand($"SELECT {string.Join(", ", columns.Select(c => $"`{c}`"))} FROM {table} FORMAT Native");
        using var result = await ((ClickHouseCommand)command).ExecuteRawResultAsync(TestContext.Current.CancellationToken);
        return NativeReader.ReadAll(await result.ReadAsByteArrayAsync());
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync(CancellationToken.None);
        await app.DisposeAsync();
    }
}
