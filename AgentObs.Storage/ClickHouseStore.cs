using System.Data.Common;
using System.Runtime.CompilerServices;
using AgentObs.Storage.Embedded;
using AgentObs.Storage.Protocol;
using AgentObs.Storage.Schema;
using ClickHouse.Driver.ADO;
using ClickHouse.Driver.ADO.Parameters;
using Microsoft.Extensions.Logging;

namespace AgentObs.Storage;

/// <summary>
/// The one way to telemetry that is stored: statements and inserts, on the embedded engine or a server. Safe for use by many at once.
/// </summary>
public sealed class ClickHouseStore : IAsyncDisposable
{
    private readonly StorageOptions options;
    private readonly ILogger log;
    private readonly HttpClient http;
    private readonly ChdbHttpHandler? embedded;
    private EmbeddedEngine? engine;
    private bool isClosed;

    /// <summary>A store that is not open yet: it can be handed out, and refuses statements.</summary>
    internal ClickHouseStore(StorageOptions options, ILoggerFactory loggers)
    {
        this.options = options;
        log = loggers.CreateLogger<ClickHouseStore>();
        Database = DatabaseName.Check(options.Database);
        embedded = options.ServerUrl is null ? new ChdbHttpHandler() : null;
        http = DriverSettings.Client(options, embedded);
        DataSource = new ClickHouseDataSource(DriverSettings.Of(options, Database, http));
    }

    public string Database { get; }

    /// <summary>The driver, with <see cref="Database"/> as the default: SQL files name tables without it.</summary>
    public ClickHouseDataSource DataSource { get; }

    public StorageChanges Changes { get; } = new(TimeProvider.System);

    /// <summary>Opens the engine, or the way to the server, and brings the database's schema up to this program.</summary>
    /// <exception cref="StorageException">The engine is missing or in use, the server does not answer, or the schema does not fit this
    /// program.</exception>
    public static async Task<ClickHouseStore> OpenAsync(StorageOptions o, ILoggerFactory l, CancellationToken ct)
    {
        var store = new ClickHouseStore(o, l);
        try
        {
            await store.OpenAsync(ct);
            return store;
        }
        catch
        {
            await store.DisposeAsync();
            throw;
        }
    }

    /// <param name="ct">Ends the opening.</param>
    /// <param name="last">The last schema file to apply; null for all.</param>
    internal async Task OpenAsync(CancellationToken ct, int? last = null)
    {
        if (embedded is not null)
        {
            engine = await EmbeddedEngine.AcquireAsync(options, log, ct);
            embedded.Runner = new StatementRunner(engine, Changes);
        }

        await MigrateAsync(last, ct);
    }

    /// <inheritdoc cref="Migrator.RunAsync"/>
    internal Task MigrateAsync(int? last, CancellationToken ct) => new Migrator(this, DriverSettings.Of(options, "default", http), log).RunAsync(ct, last);

    /// <summary>Embedded: waits for the inserts that run, and holds new ones back until the result is disposed.</summary>
    internal Task<IDisposable> HoldInsertsAsync(CancellationToken ct) => embedded!.Runner!.Inserts.CloseAsync(ct);

    /// <summary>The protocol itself, for what the driver does not say.</summary>
    internal HttpClient Http => http;

    /// <summary>Runs a statement that answers rows.</summary>
    /// <param name="sql">The statement.</param>
    /// <param name="parameters">Values of its <c>{name:Type}</c> parameters.</param>
    /// <param name="map">Called once for each row; it must not keep the reader.</param>
    /// <param name="ct">Ends the statement in the engine too.</param>
    /// <returns>All rows; the engine is free again then.</returns>
    /// <exception cref="StorageException">The statement failed.</exception>
    public async Task<List<T>> QueryAsync<T>(
        SqlFile sql, IReadOnlyDictionary<string, object?>? parameters, Func<DbDataReader, T> map, CancellationToken ct)
    {
        var rows = new List<T>();
        await foreach (var row in StreamAsync(sql, parameters, map, ct))
        {
            rows.Add(row);
        }

        return rows;
    }

    /// <summary>As <see cref="QueryAsync"/>, row by row; one of the engine's few connections is held until the end.</summary>
    /// <exception cref="StorageException">The statement failed, also in the middle.</exception>
    public async IAsyncEnumerable<T> StreamAsync<T>(
        SqlFile sql, IReadOnlyDictionary<string, object?>? parameters, Func<DbDataReader, T> map,
        [EnumeratorCancellation] CancellationToken ct)
    {
        await using var connection = DataSource.CreateConnection();
        await using var command = Command(connection, sql, parameters);
        await using var reader = await Failing(sql.Name, async () => await command.ExecuteReaderAsync(ct), ct);
        while (await Failing(sql.Name, () => reader.ReadAsync(ct), ct))
        {
            yield return map(reader);
        }
    }

    /// <summary>Runs a statement that answers nothing.</summary>
    /// <exception cref="StorageException">The statement failed.</exception>
    public Task ExecuteAsync(SqlFile sql, IReadOnlyDictionary<string, object?>? parameters, CancellationToken ct) =>
        ExecuteAsync(DataSource, sql, parameters, ct);

    internal static async Task ExecuteAsync(
        ClickHouseDataSource source, SqlFile sql, IReadOnlyDictionary<string, object?>? parameters, CancellationToken ct)
    {
        await using var connection = source.CreateConnection();
        await using var command = Command(connection, sql, parameters);
        await Failing(sql.Name, () => command.ExecuteNonQueryAsync(ct), ct);
    }

    /// <summary>
    /// One insert, one commit: when this returns, the rows are stored; when it throws, none is, or (server away) it is not known.
    /// </summary>
    /// <param name="table">A table of <see cref="Database"/>.</param>
    /// <param name="columns">Names in the order of the blocks' columns; <c>Events.Name</c> for a part of a Nested.</param>
    /// <param name="writeBody">Writes one or more Native blocks of revision 0; what it throws ends the insert without a commit and comes
    /// out here.</param>
    /// <param name="ct">Ends the insert, until its data is complete.</param>
    /// <exception cref="StorageException">The insert failed.</exception>
    public async Task InsertNativeAsync(
        string table, IReadOnlyList<string> columns, Func<Stream, CancellationToken, Task> writeBody, CancellationToken ct)
    {
        try
        {
            await SendNativeAsync(table, columns, writeBody, ct);
        }
        catch (StorageException e)
        {
            throw DiskSpace.Explain(e, options);
        }
    }

    private async Task SendNativeAsync(
        string table, IReadOnlyList<string> columns, Func<Stream, CancellationToken, Task> writeBody, CancellationToken ct)
    {
        using var content = new PushContent(writeBody, ct);
        using var request = new HttpRequestMessage(HttpMethod.Post, InsertStatement.Uri(Database, table, columns)) { Content = content };
        await Failing(
            $"INSERT INTO {table}",
            async () =>
            {
                try
                {
                    using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
                    if (!response.IsSuccessStatusCode)
                    {
                        var text = await response.Content.ReadAsStringAsync(ct);
                        throw EngineException.From(
                            text.Length != 0 ? text : $"the server answered {(int)response.StatusCode} without a reason");
                    }

                    return true;
                }
                catch (Exception) when (content.Failure is { } failure)
                {
                    throw new BodyException(failure);
                }
            },
            ct);
    }

    /// <summary>
    /// Makes the tables forget which inserts they have seen lately, so that rows which were deleted can be inserted again: a table answers
    /// an insert that its window remembers with success and stores nothing.
    /// </summary>
    /// <param name="tables">Names of signal tables.</param>
    /// <param name="ct">Ends the work between two tables.</param>
    public async Task ForgetInsertsAsync(IReadOnlyCollection<string> tables, CancellationToken ct)
    {
        foreach (var table in tables)
        {
            var parameters = new Dictionary<string, object?> { ["table"] = table };
            await ExecuteAsync(StorageSql.CloseDedupWindow, parameters, ct);
            await ExecuteAsync(StorageSql.OpenDedupWindow, parameters, ct);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (isClosed)
        {
            return;
        }

        isClosed = true;
        await DataSource.DisposeAsync();
        http.Dispose();
        if (engine is not null)
        {
            await engine.ReleaseAsync();
        }
    }

    private static ClickHouseCommand Command(ClickHouseConnection connection, SqlFile sql, IReadOnlyDictionary<string, object?>? parameters)
    {
        var command = connection.CreateCommand(sql.Text);
        foreach (var (name, value) in parameters ?? new Dictionary<string, object?>())
        {
            command.Parameters.Add(new ClickHouseDbParameter { ParameterName = name, Value = value });
        }

        return command;
    }

    private static async Task<T> Failing<T>(string what, Func<Task<T>> action, CancellationToken ct)
    {
        try
        {
            return await action();
        }
        catch (BodyException e)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(e.Failure);
            throw;
        }
        catch (Exception e) when (ct.IsCancellationRequested && e is not OperationCanceledException)
        {
            // What a statement that is broken off throws depends on where it was.
            throw new OperationCanceledException(e.Message, e, ct);
        }
        catch (Exception e) when (!ct.IsCancellationRequested && Failures.Translate(what, e) is { } translated)
        {
            throw translated;
        }
    }

    /// <summary>Carries what the writer of a body threw past the translation of storage's own failures.</summary>
    private sealed class BodyException(Exception failure) : Exception(failure.Message, failure)
    {
        internal Exception Failure { get; } = failure;
    }
}
