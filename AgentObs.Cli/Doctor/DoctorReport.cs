namespace AgentObs.Cli.Doctor;

/// <summary>All findings of one run.</summary>
internal sealed record DoctorReport(IReadOnlyList<Examination> Examinations)
{
    public IEnumerable<Finding> Findings => Examinations.SelectMany(examination => examination.Findings);

    public int Problems => Findings.Count(finding => finding.Level == FindingLevel.Problem);

    public int Warnings => Findings.Count(finding => finding.Level == FindingLevel.Warning);

    public int ExitCode => Problems == 0 ? Cli.ExitCode.Ok : Cli.ExitCode.Failed;

    /// <summary><c>2 problems, 1 warning.</c></summary>
    public string Summary => (Problems, Warnings) switch
    {
        (0, 0) => "All is well.",
        (0, var warnings) => $"No problems, {Count(warnings, "warning")}.",
        (var problems, 0) => $"{Count(problems, "problem")}.",
        var (problems, warnings) => $"{Count(problems, "problem")}, {Count(warnings, "warning")}.",
    };

    private static string Count(int count, string word) => count == 1 ? $"1 {word}" : $"{count} {word}s";
}
