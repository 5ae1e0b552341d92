using System.Text.Json;
using System.Text.Json.Serialization;
using AgentObs.Tests.Repository;

namespace AgentObs.Tests.Ingest;

/// <summary>One request of a recorded scenario, from its index.json.</summary>
internal sealed record RecordedRequest(
    [property: JsonPropertyName("file")] string File,
    [property: JsonPropertyName("signal")] string Signal,
    [property: JsonPropertyName("protocol")] string Protocol,
    [property: JsonPropertyName("path")] string Path,
    [property: JsonPropertyName("content_type")] string ContentType,
    [property: JsonPropertyName("encoding")] string Encoding,
    [property: JsonPropertyName("items")] int Items)
{
    public byte[] Body { get; private set; } = [];

    public bool IsJson => ContentType.Contains("json", StringComparison.Ordinal);

    public static IEnumerable<string> Scenarios() =>
        Directory.GetDirectories(RepositoryFiles.Recordings).Select(d => System.IO.Path.GetFileName(d)).Order(StringComparer.Ordinal);

    public static IReadOnlyList<RecordedRequest> Of(string scenario)
    {
        var folder = System.IO.Path.Combine(RepositoryFiles.Recordings, scenario);
        var requests = JsonSerializer.Deserialize<List<RecordedRequest>>(System.IO.File.ReadAllText(System.IO.Path.Combine(folder, "index.json")))!;
        foreach (var request in requests)
        {
            request.Body = System.IO.File.ReadAllBytes(System.IO.Path.Combine(folder, request.File));
        }

        return requests;
    }
}
