using AgentObs.Conventions;

namespace AgentObs.Cli.Doctor;

/// <summary>Whether an OTLP endpoint of an agent is this AgentObs, and speaks the agent's protocol.</summary>
internal static class Destination
{
    /// <param name="endpoint">As the agent has it.</param>
    /// <param name="isGrpc">The agent's protocol.</param>
    /// <returns>Null where telemetry reaches this AgentObs; else why it does not, as the rest of a sentence about the endpoint.</returns>
    public static string? Fault(string endpoint, bool isGrpc, Patient patient)
    {
        var running = patient.Running;
        if (OtlpEndpoint.Read(endpoint) is not { } url)
        {
            return "is no address";
        }

        if (!running.IsOurs(endpoint))
        {
            return OtlpEndpoint.IsSame(url, running.Web)
                ? "is the port of the pages, which takes no telemetry"
                : $"is not this AgentObs ({Text(running.OtlpGrpc)}, {Text(running.OtlpHttp)})";
        }

        return url.Scheme == Uri.UriSchemeHttps ? "is https, and AgentObs listens for http"
            // Embedded, each port takes both; a stock collector's does not.
            : patient.IsContainers && isGrpc && url.Port != running.OtlpGrpc.Port ? $"takes HTTP only, and the protocol is gRPC: that is {Text(running.OtlpGrpc)}"
            : patient.IsContainers && !isGrpc && url.Port != running.OtlpHttp.Port ? $"takes gRPC only, and the protocol is HTTP: that is {Text(running.OtlpHttp)}"
            : null;
    }

    private static string Text(Uri url) => url.GetLeftPart(UriPartial.Authority);
}
