using System.CommandLine;

namespace AgentObs.Cli;

/// <summary>
/// A verb of the command line: its options are made in the constructor, <see cref="RunAsync"/> returns an <see cref="ExitCode"/>.
/// </summary>
internal abstract class Verb : Command
{
    protected Verb(string name, string description, params string[] examples)
        : base(name, description)
    {
        Examples = examples;
        SetAction(RunAsync);
    }

    /// <summary>Whole command lines, shown by <c>--help</c>.</summary>
    public IReadOnlyList<string> Examples { get; }

    protected abstract Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation);

    protected T With<T>(T option)
        where T : Option
    {
        Options.Add(option);
        return option;
    }
}
