using AgentObs.Cli.Running;
using AgentObs.Conventions;
using AgentObs.Query;

namespace AgentObs.Cli.Doctor;

/// <summary>What the checks look at: this machine's user, and the AgentObs that should run.</summary>
/// <param name="Machine">Environment, home and programs.</param>
/// <param name="DataFolder">The embedded engine's.</param>
/// <param name="Written">Its <c>endpoints.json</c>; null where there is none or its process is gone.</param>
/// <param name="Running">Where AgentObs is, or would be.</param>
/// <param name="Api">Its API.</param>
/// <param name="Clock">Time.</param>
internal sealed record Patient(Machine Machine, string DataFolder, Endpoints? Written, RunningAgentObs Running, ApiClient Api, TimeProvider Clock)
{
    /// <summary>Where the launcher's shims lie.</summary>
    public string ShimFolder => Path.Combine(DataFolder, "launcher", "bin");

    /// <summary>True where <see cref="RunningCheck"/> got an answer from the API.</summary>
    public bool Answers { get; set; }

    /// <summary>Of the answering AgentObs; null where none answers or it is too old to tell.</summary>
    public StoredSummary? Stored { get; set; }

    /// <summary>The moment that its answer named.</summary>
    public DateTimeOffset? ServerDate { get; set; }

    /// <summary>A ClickHouse server and a stock collector: nothing of the data folder counts.</summary>
    public bool IsContainers => Stored?.Topology == "containers";
}
