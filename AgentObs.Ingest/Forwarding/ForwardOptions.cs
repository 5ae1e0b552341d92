using AgentObs.Conventions;
using Microsoft.Extensions.Options;

namespace AgentObs.Ingest.Forwarding;

/// <summary>Where what was stored goes besides: SigNoz, Jaeger, the Aspire dashboard, a company's collector.</summary>
public sealed class ForwardOptions
{
    private const string Grpc = "grpc";
    private const string Http = "http/protobuf";
    private const int GrpcPort = 4317;

    /// <summary>gRPC: scheme, host and port. HTTP: the base that <c>/v1/traces</c> is put behind.</summary>
    public required Uri Url { get; init; }

    public required bool IsGrpc { get; init; }

    /// <summary>Sent with every request, for example a key of the target's.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; }

    /// <summary>What an https target is trusted by; null: the system's roots.</summary>
    public ForwardRoots? Roots { get; init; }

    public string Protocol => IsGrpc ? Grpc : Http;

    /// <returns>Null: nothing is forwarded.</returns>
    /// <param name="configuration">Reads a name, or null: environment variables and configuration keys.</param>
    /// <exception cref="OptionsValidationException">All that is wrong, each naming its variable.</exception>
    public static ForwardOptions? From(Func<string, string?> configuration)
    {
        var text = Setting.ForwardUrl.Read(configuration);
        if (text.Length == 0)
        {
            return null;
        }

        var failures = new List<string>();
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https") || url.Host.Length == 0)
        {
            failures.Add($"{Setting.ForwardUrl.Variable} is '{text}', which is no http or https address. Set it like {Setting.ForwardUrl.Variable}=http://127.0.0.1:14317, or leave it out.");
        }
        else if (url.UserInfo.Length > 0 || url.Query.Length > 0 || url.Fragment.Length > 0)
        {
            failures.Add($"{Setting.ForwardUrl.Variable} has more than scheme, host, port and path. Put keys into {Setting.ForwardHeaders.Variable}=name=value.");
        }

        var protocol = Setting.ForwardProtocol.Read(configuration);
        if (protocol is not ("" or Grpc or Http))
        {
            failures.Add($"{Setting.ForwardProtocol.Variable} is '{protocol}': set it to {Grpc} or {Http}, or leave it out ({Grpc} for port {GrpcPort}, else {Http}).");
        }

        var isGrpc = protocol == Grpc || (protocol.Length == 0 && url?.Port == GrpcPort);
        if (isGrpc && url is { AbsolutePath: not "/" })
        {
            failures.Add($"{Setting.ForwardUrl.Variable} is '{text}': {Grpc} has no path. Leave '{url.AbsolutePath}' out, or set {Setting.ForwardProtocol.Variable}={Http}.");
        }

        var headers = HeadersOf(Setting.ForwardHeaders.Read(configuration), isGrpc, failures);
        var roots = ForwardRoots.Read(Setting.ForwardCertificate.Read(configuration), failures);
        if (roots is not null && url is { Scheme: "http" })
        {
            failures.Add($"{Setting.ForwardCertificate.Variable} is set, but {Setting.ForwardUrl.Variable} is '{text}', where no certificate is looked at. Begin it with https://, or leave {Setting.ForwardCertificate.Variable} out.");
        }

        return failures.Count == 0
            ? new ForwardOptions { Url = url!, IsGrpc = isGrpc, Headers = headers, Roots = roots }
            : throw new OptionsValidationException(nameof(ForwardOptions), typeof(ForwardOptions), failures);
    }

    /// <summary><c>name=value,name=value</c>, values percent-encoded, as OTEL_EXPORTER_OTLP_HEADERS has it. A value is never shown: it is a secret.</summary>
    private static List<KeyValuePair<string, string>> HeadersOf(string text, bool isGrpc, List<string> failures)
    {
        var headers = new List<KeyValuePair<string, string>>();
        using var known = new HttpRequestMessage();
        foreach (var pair in text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            var name = equals > 0 ? pair[..equals].Trim().ToLowerInvariant() : "";
            var value = equals > 0 ? Uri.UnescapeDataString(pair[(equals + 1)..].Trim()) : "";
            // What cannot be sent is said at the start: the transports would say it of each request, or end the process.
            if (name.Length == 0 || value.Any(letter => letter is < ' ' or > '~') || (isGrpc && !IsMetadata(name)) || !known.Headers.TryAddWithoutValidation(name, value))
            {
                failures.Add($"{Setting.ForwardHeaders.Variable}: entry {headers.Count + 1} is no name=value of a request header. Set it like {Setting.ForwardHeaders.Variable}=signoz-ingestion-key=KEY,x-team=a.");
                break;
            }

            headers.Add(KeyValuePair.Create(name, value));
        }

        return headers;
    }

    // Names with -bin hold bytes; those that begin with grpc- are gRPC's own.
    private static bool IsMetadata(string name) =>
        name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.') && !name.EndsWith("-bin", StringComparison.Ordinal) && !name.StartsWith("grpc-", StringComparison.Ordinal);
}
