using AgentObs.Conventions;

namespace AgentObs.Cli.Running;

/// <summary>
/// The AgentObs that commands talk to: named by option or environment variable, else by <c>endpoints.json</c>, else the default
/// addresses.
/// </summary>
/// <param name="Token">Sent as <c>Authorization: Bearer</c>; empty where none is set.</param>
internal sealed record RunningAgentObs(Uri Web, Uri OtlpGrpc, Uri OtlpHttp, string Token)
{
    /// <summary>As <see cref="RunningAddresses.IsOurs"/>.</summary>
    public bool IsOurs(string endpoint) => new RunningAddresses(Web, OtlpGrpc, OtlpHttp, Token).IsOurs(endpoint);

    public static RunningAgentObs Find(Func<string, string?> configuration)
    {
        try
        {
            var (web, grpc, http, token) = RunningAddresses.Find(configuration);
            return new RunningAgentObs(web, grpc, http, token);
        }
        catch (FormatException wrong)
        {
            throw CommandException.Usage(wrong.Message);
        }
    }
}
