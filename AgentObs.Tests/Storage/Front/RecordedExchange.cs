using System.Text.Json;
using System.Text.Json.Serialization;
using AgentObs.Tests.Repository;

namespace AgentObs.Tests.Storage.Front;

/// <summary>One exchange between the stock collector's exporter and a ClickHouse front, recorded byte for byte (<c>exchanges.json</c>).</summary>
/// <param name="Kind"><c>hello</c>, <c>describe</c> or <c>insert</c>.</param>
/// <param name="Url">Path and query as sent.</param>
/// <param name="Request">File of the body.</param>
/// <param name="Reply">File of the reply's body; null where it was empty.</param>
internal sealed record RecordedExchange(
    [property: JsonPropertyName("set")] string Set,
    [property: JsonPropertyName("kind")] string Kind,
    [property: JsonPropertyName("url")] string Url,
    [property: JsonPropertyName("status")] int Status,
    [property: JsonPropertyName("request")] string Request,
    [property: JsonPropertyName("reply")] string? Reply,
    [property: JsonPropertyName("table")] string? Table,
    [property: JsonPropertyName("rows")] int Rows)
{
    public bool IsFramed => Url.Contains("&compress=1", StringComparison.Ordinal);

    public byte[] Body => File.ReadAllBytes(Path.Combine(RepositoryFiles.Collector, Request));

    public byte[] ReplyBody => Reply is null ? [] : File.ReadAllBytes(Path.Combine(RepositoryFiles.Collector, Reply));

    public static IReadOnlyList<RecordedExchange> All() =>
        JsonSerializer.Deserialize<List<RecordedExchange>>(File.ReadAllText(Path.Combine(RepositoryFiles.Collector, "exchanges.json")))!;
}
