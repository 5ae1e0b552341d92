using AgentObs.Conventions;

namespace AgentObs.Launcher;

/// <summary>What an agent is given so that it sends its telemetry here. What the user set for it stays.</summary>
/// <param name="Variables">Set for the agent alone.</param>
/// <param name="Arguments">Stand before the user's own, which win where they say the same.</param>
/// <param name="Elsewhere">The user's own OTLP endpoint that is left alone; null where there is none.</param>
internal sealed record KnownAgent(IReadOnlyDictionary<string, string> Variables, IReadOnlyList<string> Arguments, string? Elsewhere)
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string Protocol = "OTEL_EXPORTER_OTLP_PROTOCOL";
    private const string Headers = "OTEL_EXPORTER_OTLP_HEADERS";

    private static readonly Dictionary<string, string> None = [];

    public static readonly IReadOnlyList<string> Names = ["claude", "codex"];

    /// <param name="program">The program's name without folder.</param>
    /// <param name="variable">The launcher's environment.</param>
    /// <returns>Null for a program that is no agent known here.</returns>
    public static KnownAgent? Of(string program, Func<string, string?> variable, RunningAddresses addresses) => program switch
    {
        "claude" => Claude(variable, addresses),
        "codex" => Codex(variable, addresses),
        _ => null,
    };

    private static KnownAgent Claude(Func<string, string?> variable, RunningAddresses addresses)
    {
        var set = variable(Endpoint) ?? "";
        if (set.Length > 0 && !addresses.IsOurs(set))
        {
            return new KnownAgent(None, [], set);
        }

        var variables = ClaudeTelemetry.Variables(Grpc(addresses), ContentVariable.Read(variable));
        return new KnownAgent(Unset(variables, variable, overwrite: set.Length == 0, addresses), [], null);
    }

    // Codex takes its endpoint from its own table alone.
    private static KnownAgent Codex(Func<string, string?> variable, RunningAddresses addresses) =>
        CodexEndpoints.Read(variable).FirstOrDefault(endpoint => !addresses.IsOurs(endpoint)) is { } elsewhere
            ? new KnownAgent(None, [], elsewhere)
            : new KnownAgent(
                Unset(CodexTelemetry.Variables, variable, overwrite: false, addresses),
                [.. CodexTelemetry.Table(Grpc(addresses), ContentVariable.Read(variable)).SelectMany(pair => new[] { "-c", $"otel.{pair.Key}={pair.Value}" })],
                null);

    // The protocol goes with the endpoint: the user's word for another one must not stand beside ours.
    private static Dictionary<string, string> Unset(
        IEnumerable<KeyValuePair<string, string>> wanted, Func<string, string?> variable, bool overwrite, RunningAddresses addresses)
    {
        var unset = wanted
            .Where(pair => string.IsNullOrEmpty(variable(pair.Key)) || (overwrite && pair.Key is Endpoint or Protocol))
            .ToDictionary(StringComparer.Ordinal);
        if (addresses.Token.Length > 0)
        {
            var own = variable(Headers) is { Length: > 0 } headers ? headers + "," : "";
            unset[Headers] = own + "Authorization=Bearer%20" + Uri.EscapeDataString(addresses.Token);
        }

        return unset;
    }

    private static string Grpc(RunningAddresses addresses) => addresses.OtlpGrpc.GetLeftPart(UriPartial.Authority);
}
