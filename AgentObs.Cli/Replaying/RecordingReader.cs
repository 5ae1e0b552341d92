using System.Text.Json;

namespace AgentObs.Cli.Replaying;

/// <summary>
/// Reads recordings. A folder holds <c>index.json</c> and the bodies it names:
/// <code>[{"seq":1,"file":"0001-logs-grpc.pb","t_ms":2884,"signal":"logs","protocol":"grpc",
///   "path":"/opentelemetry.proto.collector.logs.v1.LogsService/Export",
///   "content_type":"application/grpc","encoding":"identity", ...}]</code>
/// </summary>
internal static class RecordingReader
{
    private const string IndexName = "index.json";

    /// <summary>The recording in the folder, or one for each folder below it that has an index, by name.</summary>
    /// <exception cref="CommandException">There is none, or one cannot be read; names file and field.</exception>
    public static async Task<IReadOnlyList<Recording>> ReadAsync(string folder, CancellationToken cancellation)
    {
        if (!Directory.Exists(folder))
        {
            throw CommandException.Usage($"there is no folder {folder}.", Invocation.Of("replay recordings/claude-codex3"));
        }

        string[] indexes = File.Exists(Path.Combine(folder, IndexName))
            ? [Path.Combine(folder, IndexName)]
            : [.. Directory.GetFiles(folder, IndexName, SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
        if (indexes.Length == 0)
        {
            throw CommandException.Usage(
                $"{folder} has no {IndexName}, and no folder below it has one.", Invocation.Of("replay recordings/claude-codex3"));
        }

        var recordings = new List<Recording>();
        foreach (var index in indexes)
        {
            recordings.Add(await ReadOneAsync(index, cancellation));
        }

        return recordings;
    }

    private static async Task<Recording> ReadOneAsync(string index, CancellationToken cancellation)
    {
        var folder = Path.GetDirectoryName(index)!;
        using var document = await ParseAsync(index, cancellation);
        var requests = new List<(long Sequence, RecordedRequest Request)>();
        var position = 0;
        foreach (var element in document.RootElement.EnumerateArray())
        {
            var entry = new IndexEntry(index, position++, element);
            requests.Add((entry.Number("seq"), await ReadRequestAsync(folder, entry, cancellation)));
        }

        return new Recording(Path.GetFileName(folder), [.. requests.OrderBy(pair => pair.Sequence).Select(pair => pair.Request)]);
    }

    private static async Task<JsonDocument> ParseAsync(string index, CancellationToken cancellation)
    {
        try
        {
            var document = JsonDocument.Parse(await File.ReadAllBytesAsync(index, cancellation));
            return document.RootElement.ValueKind == JsonValueKind.Array
                ? document
                : throw CommandException.Failed($"{index} is not a list of requests: it begins with {document.RootElement.ValueKind}.");
        }
        catch (JsonException error)
        {
            throw CommandException.Failed($"{index} is not JSON: {error.Message}");
        }
    }

    private static async Task<RecordedRequest> ReadRequestAsync(string folder, IndexEntry entry, CancellationToken cancellation)
    {
        var file = Path.GetFullPath(Path.Combine(folder, entry.Text("file")));
        if (!file.StartsWith(Path.GetFullPath(folder) + Path.DirectorySeparatorChar, StringComparison.Ordinal))
        {
            throw entry.Wrong("file", "leads out of the folder");
        }

        if (!File.Exists(file))
        {
            throw entry.Wrong("file", $"names {Path.GetFileName(file)}, which is not there");
        }

        return new RecordedRequest(
            file,
            entry.Number("t_ms"),
            entry.OneOf("signal", "traces", "logs", "metrics"),
            entry.OneOf("protocol", "grpc", "http") == "grpc",
            entry.Text("path"),
            entry.Text("content_type"),
            entry.Has("encoding") ? entry.OneOf("encoding", "identity", "gzip") : "identity",
            await File.ReadAllBytesAsync(file, cancellation));
    }
}
