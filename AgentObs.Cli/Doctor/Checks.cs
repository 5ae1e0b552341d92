namespace AgentObs.Cli.Doctor;

/// <summary>All checks but the first, in the order of the report.</summary>
internal static class Checks
{
    /// <param name="live">With those that send something.</param>
    public static IReadOnlyList<DoctorCheck> All(bool live) =>
    [
        new PortsCheck(),
        new StorageCheck(),
        new DiskCheck(),
        new IngestCheck(),
        new ClockCheck(),
        new ProgramsCheck(),
        new ClaudeCheck(),
        new CodexCheck(),
        new OtherAgentsCheck(),
        new ShellCheck(),
        new TelemetryCheck(),
        new NestingCheck(),
        .. live ? [new LiveProbe()] : Array.Empty<DoctorCheck>(),
    ];
}
