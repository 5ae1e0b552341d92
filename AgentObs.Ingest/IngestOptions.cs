using System.Net;
using AgentObs.Conventions;
using AgentObs.ServiceDefaults;
using Microsoft.Extensions.Options;

namespace AgentObs.Ingest;

/// <summary>Where OTLP comes in.</summary>
public sealed class IngestOptions
{
    /// <summary>Address of the port for gRPC; it takes HTTP too.</summary>
    public required Uri GrpcUrl { get; init; }

    /// <summary>Address of the port for HTTP; it takes gRPC too.</summary>
    public required Uri HttpUrl { get; init; }

    /// <param name="configuration">Reads a name, or null: environment variables and configuration keys.</param>
    /// <exception cref="OptionsValidationException">All that is wrong, each naming its variable.</exception>
    public static IngestOptions From(Func<string, string?> configuration)
    {
        var failures = new List<string>();
        var hasToken = Setting.Token.Read(configuration).Length > 0;
        var grpc = Address(Setting.OtlpGrpcUrl, configuration, hasToken, failures);
        var http = Address(Setting.OtlpHttpUrl, configuration, hasToken, failures);
        if (grpc.Port != 0 && grpc.Port == http.Port)
        {
            failures.Add($"{Setting.OtlpGrpcUrl.Variable} and {Setting.OtlpHttpUrl.Variable} are both port {grpc.Port}: give them two ports; each takes gRPC and HTTP.");
        }

        return failures.Count == 0
            ? new IngestOptions { GrpcUrl = grpc, HttpUrl = http }
            : throw new OptionsValidationException(nameof(IngestOptions), typeof(IngestOptions), failures);
    }

    private static Uri Address(Setting setting, Func<string, string?> configuration, bool hasToken, List<string> failures)
    {
        var text = setting.Read(configuration);
        if (!Uri.TryCreate(text, UriKind.Absolute, out var address) || address.Scheme != Uri.UriSchemeHttp || address.AbsolutePath != "/")
        {
            failures.Add($"{setting.Variable} is '{text}': it must be like {setting.Default}.");
            return new Uri(setting.Default);
        }

        if (address.Host != "localhost" && !IPAddress.TryParse(address.Host.Trim('[', ']'), out _))
        {
            failures.Add($"{setting.Variable} is '{text}': the host must be localhost or an IP address of this machine.");
        }
        else if (!hasToken && !LoopbackHost.IsLoopback(address.Host))
        {
            failures.Add($"{setting.Variable} is '{text}', which others can reach: set {Setting.Token.Variable}, or use 127.0.0.1.");
        }

        return address;
    }
}
