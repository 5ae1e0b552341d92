using AgentObs.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AgentObs.Query;

internal static class StoredEndpoints
{
    private static readonly SqlFile ListTables = Sql.Load("Stored/ListTables.sql");
    private static readonly SqlFile ReadSchema = Sql.Load("Stored/ReadSchema.sql");

    public static void Map(RouteGroupBuilder api) => api.MapGet("/storage", SummarizeAsync)
        .WithName("GetStorage")
        .WithSummary("Version of program, engine and schema; what each table holds");

    private static async Task<Ok<StoredSummary>> SummarizeAsync(ClickHouseStore store, StorageOptions options, CancellationToken ct)
    {
        var (engine, schema) = (await store.QueryAsync(ReadSchema, null, row => (row.GetString(0), row.Count(1)), ct)).Single();
        var tables = await store.QueryAsync(
            ListTables, null, row => new TableSummary(row.GetString(0), (long)row.Number(1), (long)row.Number(2), row.Count(3)), ct);
        return TypedResults.Ok(new StoredSummary(
            ProgramVersion.Text, options.ServerUrl is null ? "embedded" : "containers", engine, store.Database, schema, tables));
    }
}
