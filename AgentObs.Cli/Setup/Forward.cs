using AgentObs.Cli.Clients;
using AgentObs.Conventions;

namespace AgentObs.Cli.Setup;

/// <summary>What AgentObs has to be told to hand telemetry on to where a client sent it.</summary>
internal static class Forward
{
    private const int GrpcPort = 4317;

    private static readonly string[] Paths = ["/v1/traces", "/v1/logs", "/v1/metrics"];

    /// <summary><c>AGENTOBS_FORWARD_URL=https://otel.example AGENTOBS_FORWARD_CERTIFICATE='/etc/ca.pem' AGENTOBS_FORWARD_HEADERS='...'</c>; values of headers stay in the user's file.</summary>
    public static string Variables(SetupClient client, SetupPlan plan)
    {
        var lines = client.Read(plan.Before ?? []);
        var to = plan.Foreign[0];
        var isGrpc = client.IsGrpc(to, lines);
        var url = Paths.Aggregate(to.Value, (url, path) => url.EndsWith(path, StringComparison.Ordinal) ? url[..^path.Length] : url);
        var port = Uri.TryCreate(url, UriKind.Absolute, out var parsed) ? parsed.Port : 0;
        var protocol = isGrpc == (port == GrpcPort) ? "" : $" {Setting.ForwardProtocol.Variable}={(isGrpc ? "grpc" : "http/protobuf")}";
        var headers = lines.Any(IsHeader) ? $" {Setting.ForwardHeaders.Variable}='name=value,...' (those of {plan.File.Shown})" : "";
        var roots = url.StartsWith("https:", StringComparison.OrdinalIgnoreCase) ? lines.LastOrDefault(IsCertificate) : null;
        var certificate = roots is null ? "" : $" {Setting.ForwardCertificate.Variable}='{roots.Value}'";
        return $"{Setting.ForwardUrl.Variable}={url}{protocol}{certificate}{headers}";

        // OTEL_EXPORTER_OTLP_CERTIFICATE, that of one signal; codex: otel.exporter.otlp-grpc.tls.ca-certificate. A client's own is another matter.
        static bool IsCertificate(SettingLine line) =>
            (line.Name.Contains("OTEL_EXPORTER_OTLP_", StringComparison.Ordinal) && line.Name.EndsWith("CERTIFICATE", StringComparison.Ordinal) && !line.Name.Contains("CLIENT", StringComparison.Ordinal))
            || (line.Name.StartsWith("otel.", StringComparison.Ordinal) && line.Name.EndsWith(".tls.ca-certificate", StringComparison.Ordinal));

        bool IsHeader(SettingLine line) => line.Name.Contains("HEADERS", StringComparison.Ordinal) || (line.Name.StartsWith("otel.", StringComparison.Ordinal) && line.Name.Contains(".headers.", StringComparison.Ordinal));
    }
}
