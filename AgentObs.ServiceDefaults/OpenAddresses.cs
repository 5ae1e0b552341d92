using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;

namespace AgentObs.ServiceDefaults;

/// <summary>
/// Addresses that other machines can reach are refused where no token is asked for: the guard keeps web pages out by their headers, and a program of
/// another machine writes into those what it likes.
/// </summary>
public static class OpenAddresses
{
    /// <summary>The exit code of a host that was told to open one.</summary>
    public const int ExitCode = 2;

    /// <summary>What is said of one, with the two ways to mend it.</summary>
    /// <param name="setting">The one that has it: <c>AGENTOBS_WEB_URL</c>.</param>
    /// <param name="authority"><c>0.0.0.0:5317</c>.</param>
    /// <param name="instead">Setting and value that are good without a token: <c>AGENTOBS_WEB_URL=http://127.0.0.1:5317</c>.</param>
    public static string Problem(string setting, string authority, string instead) =>
        $"{setting} is {authority}, which other machines can reach, and telemetry holds prompts and commands. Set AGENTOBS_TOKEN to a secret, or {instead}.";

    /// <summary>
    /// One line for each address that ASP.NET is told to listen on (<c>urls</c>, else <c>http_ports</c> and <c>https_ports</c>; <c>Kestrel:Endpoints</c>)
    /// and that is not loopback. None with a token, and none in a container: its wildcard is in a network of its own, what is published decides.
    /// </summary>
    /// <exception cref="FormatException">One of them is no address.</exception>
    public static IReadOnlyList<string> Of(IConfiguration configuration, string token)
    {
        if (token.Length > 0 || configuration["DOTNET_RUNNING_IN_CONTAINER"] is "true" or "1" || configuration["RUNNING_IN_CONTAINER"] is "true" or "1")
        {
            return [];
        }

        var urls = Texts(configuration, "urls");
        var setting = configuration["AGENTOBS_WEB_URL"] is { Length: > 0 } own && own == configuration["urls"] ? "AGENTOBS_WEB_URL" : "ASPNETCORE_URLS";
        IEnumerable<(string Setting, string Url)> told = urls.Length > 0
            ? urls.Select(url => (setting, url))
            : [
                .. Texts(configuration, "http_ports").Select(port => ("ASPNETCORE_HTTP_PORTS", $"http://*:{port}")),
                .. Texts(configuration, "https_ports").Select(port => ("ASPNETCORE_HTTPS_PORTS", $"https://*:{port}")),
            ];
        var endpoints = configuration.GetSection("Kestrel:Endpoints").GetChildren()
            .Where(endpoint => endpoint["Url"] is { Length: > 0 })
            .Select(endpoint => (Setting: $"Kestrel__Endpoints__{endpoint.Key}__Url", Url: endpoint["Url"]!));
        return
        [
            .. from one in told.Concat(endpoints)
               let address = BindingAddress.Parse(one.Url)
               where !address.IsUnixPipe && !address.IsNamedPipe && !LoopbackHost.IsLoopback(address.Host)
               select Problem(one.Setting, $"{address.Host}:{address.Port}", $"{Loopback(one.Setting)}={address.Scheme}://127.0.0.1:{address.Port}"),
        ];
    }

    // Ports alone are of every address.
    private static string Loopback(string setting) => setting.EndsWith("_PORTS", StringComparison.Ordinal) ? "ASPNETCORE_URLS" : setting;

    private static string[] Texts(IConfiguration configuration, string key) =>
        (configuration[key] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
