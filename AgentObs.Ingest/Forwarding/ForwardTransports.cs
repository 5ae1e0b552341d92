using AgentObs.Conventions;

namespace AgentObs.Ingest.Forwarding;

/// <summary>What both transports have in common.</summary>
internal static class ForwardTransports
{
    /// <summary>Header of what was forwarded once: an AgentObs that receives it stores it and does not send it on, so that two never play ball.</summary>
    public const string Mark = "agentobs-forwarded";

    public const string TooSlow = "no answer within 10 s";

    /// <summary>OTLP exporters give up after 10 s by default.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan ConnectPatience = TimeSpan.FromSeconds(5);

    public static IForwardTransport For(ForwardOptions options) => options.IsGrpc ? new ForwardGrpc(options) : new ForwardHttp(options);

    /// <summary>Redirects are not followed: the headers hold keys. A proxy is none of a loopback target's.</summary>
    public static SocketsHttpHandler Handler(ForwardOptions options) => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = !options.Url.IsLoopback,
        ConnectTimeout = ConnectPatience,
        SslOptions = TargetCertificate.Options(options),
    };

    /// <summary>Why no answer came.</summary>
    public static string WordsOf(HttpRequestException error, ForwardOptions options) => TargetWords.Of(
        error switch
        {
            { InnerException: TargetCertificateException distrust } => distrust.Message,
            { HttpRequestError: HttpRequestError.SecureConnectionError } =>
                $"no TLS connection: {error.InnerException?.Message ?? error.Message} ({Setting.ForwardUrl.Variable} begins with https://: does the target speak TLS at that port?)",
            { HttpRequestError: HttpRequestError.ResponseEnded or HttpRequestError.InvalidResponse or HttpRequestError.HttpProtocolError } when options.Url.Scheme == "http" =>
                $"no answer to read: {(error.InnerException ?? error).Message} ({Setting.ForwardUrl.Variable} begins with http://, {Setting.ForwardProtocol.Variable} is {options.Protocol}: does the target speak TLS at that port, or the other protocol?)",
            _ => error.Message,
        },
        options);
}
