namespace AgentObs.Cli.Setup;

/// <summary>What the command line asks of setup.</summary>
/// <param name="Client">The one named; null for all that are installed.</param>
/// <param name="DryRun">Show only.</param>
/// <param name="Undo">The way back.</param>
/// <param name="Prompts">Whether what the person types is stored; null: not said.</param>
/// <param name="Yes">Do not ask.</param>
/// <param name="Replace">Take over an address of the user's own.</param>
/// <param name="Service">Start at login, in place of the clients.</param>
internal sealed record SetupOptions(string? Client, bool DryRun, bool Undo, bool? Prompts, bool Yes, bool Replace, bool Service = false)
{
    /// <summary>The same command with one more option, to be typed.</summary>
    public string Command(string more, string? client = null)
    {
        string[] words =
        [
            "setup", client ?? Client ?? "", Service ? "--service" : "", Undo ? "--undo" : "", Prompts is { } prompts ? $"--prompts {(prompts ? "on" : "off")}" : "", Replace && more != "--replace" ? "--replace" : "", more,
        ];
        return Invocation.Of(string.Join(' ', words.Where(word => word.Length > 0)));
    }
}
