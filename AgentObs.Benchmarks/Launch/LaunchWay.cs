namespace AgentObs.Benchmarks.Launch;

/// <summary>One way to start a program that does nothing, and how long it took each time.</summary>
internal sealed record LaunchWay(string Name, string Program, IReadOnlyList<string> Arguments)
{
    /// <summary>Stands first on PATH.</summary>
    public string? Path { get; init; }

    public string? Data { get; init; }

    public List<double> Took { get; } = [];
}
