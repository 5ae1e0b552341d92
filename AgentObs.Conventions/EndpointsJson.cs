using System.Text.Json.Serialization;

namespace AgentObs.Conventions;

/// <summary>Generated at build time, so that the native launcher can read the file too.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Endpoints))]
internal sealed partial class EndpointsJson : JsonSerializerContext;
