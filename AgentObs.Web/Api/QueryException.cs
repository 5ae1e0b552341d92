using System.Text.Json;

namespace AgentObs.Web;

/// <summary>What the API said instead of an answer.</summary>
public sealed class QueryException : Exception
{
    public QueryException(int status, string title, string detail, string? sessionId = null, Exception? inner = null)
        : base(title, inner)
    {
        Status = status;
        Detail = detail;
        SessionId = sessionId;
    }

    /// <summary>The HTTP status; 0 where there was no answer at all.</summary>
    public int Status { get; }

    public string Title => Message;

    public string Detail { get; }

    /// <summary>The session that holds a nested run whose id was asked for as a session.</summary>
    public string? SessionId { get; }

    public bool IsUnreachable => Status is 0 or 502 or 503 or 504;

    /// <summary>Reads <c>application/problem+json</c>: <c>{"title":"...","detail":"...","sessionId":"..."}</c>.</summary>
    internal static async Task<QueryException> ReadAsync(HttpResponseMessage response, CancellationToken ct)
    {
        var status = (int)response.StatusCode;
        try
        {
            using var body = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(ct));
            return new QueryException(
                status,
                Text(body, "title") ?? $"HTTP {status}",
                Text(body, "detail") ?? "",
                Text(body, "sessionId"));
        }
        catch (JsonException)
        {
            return new QueryException(status, $"HTTP {status}", response.ReasonPhrase ?? "");
        }
    }

    private static string? Text(JsonDocument body, string name) =>
        body.RootElement.ValueKind == JsonValueKind.Object
        && body.RootElement.TryGetProperty(name, out var value)
        && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
