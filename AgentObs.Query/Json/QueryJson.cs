using System.Text.Encodings.Web;
using System.Text.Json;

namespace AgentObs.Query;

public static class QueryJson
{
    /// <summary>How the API writes its answers, and how a client reads them back into the same records.</summary>
    public static JsonSerializerOptions Options { get; } = Create();

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            TypeInfoResolver = QueryJsonContext.Default,
            // The answers are application/json, never part of a page: text of any language stays readable in a terminal.
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        };
        options.Converters.Add(new UnixNanoJsonConverter());
        options.MakeReadOnly();
        return options;
    }
}
