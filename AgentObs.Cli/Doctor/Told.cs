namespace AgentObs.Cli.Doctor;

/// <summary>A setting's value and who gave it.</summary>
/// <param name="Where"><c>~/.claude/settings.json:4</c> or <c>this shell</c>.</param>
internal sealed record Told(string Value, string Where)
{
    public const string Shell = "this shell";

    public bool IsShell => Where == Shell;
}
