using AgentObs.Storage;
using AgentObs.Storage.Backups;
using Microsoft.AspNetCore.Http.Features;

namespace AgentObs.Query;

/// <summary>
/// The backup is the answer's body, the restore's file the request's: no path is ever given, so nobody who may ask can write files. Only POST, whose
/// Origin the guard checks, and for a restore only a content type that a page elsewhere may not send unasked.
/// </summary>
internal static class BackupEndpoints
{
    private const string Gzip = "application/gzip";

    public static void Map(RouteGroupBuilder api)
    {
        api.MapPost("/backup", BackupAsync)
            .WithName("Backup")
            .WithSummary("All that is stored, at one moment, as one gzipped tar")
            .Produces(StatusCodes.Status200OK, contentType: Gzip)
            .ProducesProblem(StatusCodes.Status501NotImplemented);
        api.MapPost("/restore", RestoreAsync)
            .WithName("Restore")
            .WithSummary("Takes a backup as body (application/gzip); replace=true where something is stored already, which goes then")
            .Produces(StatusCodes.Status204NoContent)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .ProducesProblem(StatusCodes.Status501NotImplemented);
    }

    private static async Task<IResult> BackupAsync(HttpContext context, DatabaseBackup backup, ProjectionGate gate, CancellationToken ct)
    {
        if (!backup.IsPossible)
        {
            return NotHere("BACKUP DATABASE otel TO Disk('backups', 'agentobs.zip')");
        }

        await backup.WriteAsync(
            async clone =>
            {
                using var turn = await gate.EnterAsync(ct);
                await clone();
            },
            () =>
            {
                context.Response.ContentType = Gzip;
                return context.Response.Body;
            },
            ct);
        return Results.Empty;
    }

    private static async Task<IResult> RestoreAsync(
        HttpContext context, DatabaseBackup backup, SessionProjection projection, ProjectionGate gate, LiveSessions live, CancellationToken ct, string? replace = null)
    {
        if (!backup.IsPossible)
        {
            return NotHere("RESTORE DATABASE otel FROM Disk('backups', 'agentobs.zip')");
        }

        if (context.Request.ContentType != Gzip)
        {
            return TypedResults.Problem($"Send the backup as Content-Type: {Gzip}", statusCode: StatusCodes.Status415UnsupportedMediaType);
        }

        if (!Parameters.Flag("replace", replace, absent: false) && await backup.HasDataAsync(ct))
        {
            return TypedResults.Problem(
                "Telemetry is stored here already, and a restore replaces all of it. Nothing was changed. Only with replace=true does it go.",
                statusCode: StatusCodes.Status409Conflict, title: "Not empty");
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = null;
        }

        try
        {
            await backup.RestoreAsync(
                context.Request.Body,
                async exchange =>
                {
                    using var turn = await gate.EnterAsync(CancellationToken.None);
                    await exchange();
                    projection.Restart();
                },
                ct);
        }
        catch (StorageException error) when (error.Code == 0 && !error.IsRetryable)
        {
            return TypedResults.Problem(error.Message, statusCode: StatusCodes.Status400BadRequest, title: "Not restored");
        }

        live.Changed([], 0);
        return TypedResults.NoContent();
    }

    private static Microsoft.AspNetCore.Http.HttpResults.ProblemHttpResult NotHere(string statement) => TypedResults.Problem(
        $"This AgentObs reads a ClickHouse server: the server makes its own backup. Run on it, with your disk's name: {statement}",
        statusCode: StatusCodes.Status501NotImplemented, title: "The server's own BACKUP is the way");
}
