using System.Text.Json.Serialization;

namespace AgentObs.Query;

/// <summary>Names as in the class: they are the columns' names.</summary>
[JsonSerializable(typeof(SessionRow))]
internal sealed partial class SessionRowJsonContext : JsonSerializerContext;
