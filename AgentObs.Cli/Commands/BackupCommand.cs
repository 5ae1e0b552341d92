using System.CommandLine;
using System.Globalization;
using AgentObs.Cli.Running;
using AgentObs.Conventions;

namespace AgentObs.Cli.Commands;

/// <summary><c>agentobs backup FILE</c>: all that the running AgentObs stores, as one file.</summary>
internal sealed class BackupCommand : Verb
{
    private readonly Argument<string?> _file;
    private readonly SettingOptions _settings;

    public BackupCommand()
        : base(
            "backup",
            "Writes all that the running AgentObs stores into one file. Agents may go on working.",
            "agentobs backup                            # agentobs-20261122-1337.tar.gz in this folder",
            "agentobs backup ~/backups/agentobs.tar.gz")
    {
        _file = new Argument<string?>("file") { Description = "The file to write; it must not exist yet", Arity = ArgumentArity.ZeroOrOne };
        Arguments.Add(_file);
        _settings = new SettingOptions(this, Setting.WebUrl, Setting.Data);
    }

    protected override async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var file = Path.GetFullPath(parsed.GetValue(_file) is { Length: > 0 } given
            ? given
            : string.Create(CultureInfo.InvariantCulture, $"agentobs-{TimeProvider.System.GetLocalNow():yyyyMMdd-HHmm}.tar.gz"));
        if (Path.Exists(file))
        {
            throw CommandException.Usage($"{file} exists already.", "give another name, or remove it first");
        }

        // Under another name until it is whole: half a backup is none.
        var partial = file + ".partial";
        using var transfer = new BackupTransfer(RunningAgentObs.Find(_settings.Configuration(parsed)), parsed.InvocationConfiguration.Error);
        long bytes;
        var created = false;
        try
        {
            await using (var to = new FileStream(partial, OwnersOnly()))
            {
                created = true;
                bytes = await transfer.FetchAsync(to, cancellation);
                to.Flush(flushToDisk: true);
            }

            File.Move(partial, file, overwrite: false);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or HttpRequestException)
        {
            throw CommandException.Failed($"{file} could not be written: {error.Message.TrimEnd('.')}. Nothing of it was left.");
        }
        finally
        {
            if (created)
            {
                File.Delete(partial);
            }
        }

        await parsed.InvocationConfiguration.Output.WriteLineAsync(
            string.Create(CultureInfo.InvariantCulture, $"{file} ({bytes / 1e6:#,0.0} MB). Restore it with: {Invocation.Of("restore")} {file}"));
        return ExitCode.Ok;
    }

    /// <summary>Prompts and tool output are in it.</summary>
    private static FileStreamOptions OwnersOnly()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return options;
    }
}
