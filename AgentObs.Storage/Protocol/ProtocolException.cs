namespace AgentObs.Storage.Protocol;

/// <summary>
/// A request is refused before the engine sees it; with one of ClickHouse's error numbers, as its clients read nothing else.
/// </summary>
internal sealed class ProtocolException(string message, int code) : Exception(message)
{
    private const int BadArguments = 36;
    private const int QueryIsTooLarge = 223;

    internal int Code { get; } = code;

    internal static ProtocolException BadRequest(string message) => new(message, BadArguments);

    internal static ProtocolException TooLarge(string message) => new(message, QueryIsTooLarge);
}
