namespace AgentObs.Storage.Protocol;

/// <summary>A request of ClickHouse's HTTP protocol, freed of how it came: in this process or over a socket.</summary>
internal sealed record ClickHouseRequest
{
    /// <summary>The <c>query</c> parameter. With it the body is an INSERT's data, without it the body begins with the statement.</summary>
    public string Query { get; init; } = "";

    public string Database { get; init; } = "default";

    /// <summary>The format of a result whose statement names none.</summary>
    public string DefaultFormat { get; init; } = "TabSeparated";

    public string QueryId { get; init; } = "";

    /// <summary>The statement's <c>{name:Type}</c> values, in escaped text form as the protocol carries them.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Parameters { get; init; } = [];

    /// <summary>Engine settings for this statement alone.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Settings { get; init; } = [];

    /// <summary>The body without its content encoding.</summary>
    public Stream Body { get; init; } = Stream.Null;
}
