namespace AgentObs.Cli;

/// <summary>
/// A failure that a person can act on: printed on stderr without a stack trace.
/// </summary>
/// <param name="exitCode">One of <see cref="ExitCode"/>.</param>
/// <param name="message">What is wrong, naming the file, field, variable or address.</param>
/// <param name="next">The command or setting that helps; one line each.</param>
internal sealed class CommandException(int exitCode, string message, params IReadOnlyList<string> next) : Exception(message)
{
    public int ExitCode { get; } = exitCode;

    public IReadOnlyList<string> Next { get; } = next;

    public static CommandException Failed(string message, params IReadOnlyList<string> next) => new(Cli.ExitCode.Failed, message, next);

    public static CommandException Usage(string message, params IReadOnlyList<string> next) => new(Cli.ExitCode.Usage, message, next);
}
