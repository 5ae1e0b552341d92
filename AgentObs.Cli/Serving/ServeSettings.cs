using AgentObs.Conventions;
using AgentObs.Ingest.Forwarding;
using AgentObs.Query;
using AgentObs.ServiceDefaults;
using AgentObs.Storage;
using AgentObs.Storage.Front;
using Microsoft.Extensions.Options;

namespace AgentObs.Cli.Serving;

/// <summary>What <c>serve</c> was told, checked as a whole.</summary>
/// <param name="ClickHouse">The front over the engine; null: off.</param>
/// <param name="Telemetry">Where AgentObs's own telemetry goes; null: nowhere.</param>
/// <param name="Forward">Where what is stored goes besides; null: nowhere.</param>
internal sealed record ServeSettings(
    ListenAddress Web, ListenAddress OtlpGrpc, ListenAddress OtlpHttp, string DataFolder, string Token, FrontOptions? ClickHouse = null, Uri? Telemetry = null,
    ForwardOptions? Forward = null)
{
    /// <summary>Of the front; null: off.</summary>
    public ListenAddress? ClickHouseAddress => AddressOf(ClickHouse);

    public IReadOnlyList<ListenAddress> Addresses => [.. new[] { Web, OtlpGrpc, OtlpHttp, ClickHouseAddress }.OfType<ListenAddress>()];

    /// <exception cref="CommandException">Exit code 2; has a line for each setting that is wrong.</exception>
    public static ServeSettings Read(Func<string, string?> configuration)
    {
        var errors = new List<string>();
        var web = ListenAddress.Read(Setting.WebUrl, configuration, errors);
        var grpc = ListenAddress.Read(Setting.OtlpGrpcUrl, configuration, errors);
        var http = ListenAddress.Read(Setting.OtlpHttpUrl, configuration, errors);
        var token = Setting.Token.Read(configuration);
        var front = FrontOf(configuration, errors);
        ListenAddress[] addresses = [.. new[] { web, grpc, http, AddressOf(front) }.OfType<ListenAddress>()];
        errors.AddRange(SameTwice(addresses));
        errors.AddRange(Open(addresses, token));
        var telemetry = TelemetryOf(addresses, configuration, errors);
        var forward = ForwardOf(addresses, configuration, errors);
        var folder = DataFolderOf(configuration, errors);
        CheckStorage(configuration, errors);
        CheckRetention(configuration, errors);
        if (errors.Count > 0)
        {
            throw CommandException.Usage(
                string.Join(Environment.NewLine + "agentobs: ", errors),
                $"{Invocation.Of("serve --help")}   (all settings and their defaults)");
        }

        return new ServeSettings(web!, grpc!, http!, folder, token, front, telemetry, forward);
    }

    // By the port it came to a request is told apart: for pages, OTLP or SQL. So two IP addresses do not share one.
    private static IEnumerable<string> SameTwice(ListenAddress[] addresses) =>
        from one in addresses
        from other in addresses
        where Array.IndexOf(addresses, one) < Array.IndexOf(addresses, other)
            && one.Port == other.Port && one.Port != 0
        select $"{other.Setting.Variable} and {one.Setting.Variable} are both port {one.Port}. "
            + $"Set {other.Setting.Variable} to another port, or to port 0 for a free one.";

    private static IEnumerable<string> Open(ListenAddress[] addresses, string token) => token.Length > 0
        ? []
        : addresses.Where(address => !address.IsLoopback).Select(address =>
            OpenAddresses.Problem(address.Setting.Variable, address.Url.Authority, $"{address.Setting.Variable}={address.Setting.Default}"));

    private static ListenAddress? AddressOf(FrontOptions? front) => front is null ? null : new(Setting.ClickHouseUrl, front.Url);

    private static FrontOptions? FrontOf(Func<string, string?> configuration, List<string> errors)
    {
        try
        {
            return FrontOptions.From(configuration);
        }
        catch (StorageException error)
        {
            errors.Add(error.Message);
            return null;
        }
    }

    /// <summary>AgentObs's own telemetry must not come back to it: each export would be a request to tell of in the next.</summary>
    private static Uri? TelemetryOf(ListenAddress[] own, Func<string, string?> configuration, List<string> errors)
    {
        var text = Setting.TelemetryUrl.Read(configuration);
        if (text.Length == 0)
        {
            return null;
        }

        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
        {
            errors.Add($"{Setting.TelemetryUrl.Variable} is '{text}', which is not an http address. Set it like {Setting.TelemetryUrl.Variable}=http://127.0.0.1:14317, or leave it out.");
            return null;
        }

        if (url.IsLoopback && own.FirstOrDefault(address => address.Port == url.Port) is { } same)
        {
            errors.Add($"{Setting.TelemetryUrl.Variable} and {same.Setting.Variable} are both {url.Authority}: AgentObs would store its own telemetry for ever. Name another collector, or leave {Setting.TelemetryUrl.Variable} out.");
            return null;
        }

        return url;
    }

    private static ForwardOptions? ForwardOf(ListenAddress[] own, Func<string, string?> configuration, List<string> errors)
    {
        try
        {
            var forward = ForwardOptions.From(configuration);
            if (forward is not null && OtlpEndpoint.IsHere(forward.Url) && own.FirstOrDefault(address => address.Port == forward.Url.Port) is { } same)
            {
                errors.Add($"{Setting.ForwardUrl.Variable} and {same.Setting.Variable} are both {forward.Url.Authority}: AgentObs would send everything to itself. Name another collector, or leave {Setting.ForwardUrl.Variable} out.");
            }

            return forward;
        }
        catch (OptionsValidationException error)
        {
            errors.AddRange(error.Failures);
            return null;
        }
    }

    /// <summary>The rest of what Storage reads: the database's name.</summary>
    private static void CheckStorage(Func<string, string?> configuration, List<string> errors)
    {
        try
        {
            _ = StorageOptions.From(name => name == Setting.Data.Variable ? null : configuration(name));
        }
        catch (StorageException error)
        {
            errors.Add(error.Message);
        }
    }

    private static void CheckRetention(Func<string, string?> configuration, List<string> errors)
    {
        try
        {
            _ = RetentionOptions.From(configuration);
        }
        catch (OptionsValidationException error)
        {
            errors.AddRange(error.Failures);
        }
    }

    private static string DataFolderOf(Func<string, string?> configuration, List<string> errors)
    {
        var text = Setting.Data.Read(configuration);
        try
        {
            var folder = DataHome.Resolve(text);
            if (File.Exists(folder))
            {
                errors.Add($"{Setting.Data.Variable} is '{text}', which is a file. Set it to a folder.");
            }

            return folder;
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException or PathTooLongException)
        {
            errors.Add($"{Setting.Data.Variable} is '{text}', which is no folder: {error.Message}");
            return "";
        }
    }
}
