using System.Text.Json;
using AgentObs.Query;

namespace AgentObs.Web.Components;

internal static class NodeJson
{
    /// <summary>
    /// Reads one node. A raw trace's rows are nodes that the element made itself and that lack what a span has not; the API's own always
    /// have every field.
    /// </summary>
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web) { Converters = { new UnixNanoJsonConverter() } };
}
