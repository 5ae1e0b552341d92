namespace AgentObs.Cli.Doctor;

/// <summary>One thing that was looked at.</summary>
/// <param name="Id">Stays the same over versions: <c>claude.beta</c>. docs/spec/doctor.md lists them.</param>
/// <param name="Found">One sentence.</param>
/// <param name="Evidence">Where it was seen: file:line, variable, pid, number; one line each.</param>
/// <param name="Fix">The command or line that mends it; null where there is nothing to mend.</param>
internal sealed record Finding(string Id, FindingLevel Level, string Found, IReadOnlyList<string> Evidence, string? Fix)
{
    public static Finding Ok(string id, string found, params IReadOnlyList<string> evidence) => new(id, FindingLevel.Ok, found, evidence, null);

    public static Finding Warning(string id, string found, string fix, params IReadOnlyList<string> evidence) => new(id, FindingLevel.Warning, found, evidence, fix);

    public static Finding Problem(string id, string found, string fix, params IReadOnlyList<string> evidence) => new(id, FindingLevel.Problem, found, evidence, fix);
}
