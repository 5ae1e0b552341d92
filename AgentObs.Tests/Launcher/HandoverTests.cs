using AgentObs.Tests.Cli;

namespace AgentObs.Tests.Launcher;

/// <summary>Which launcher <c>agentobs run</c> becomes: the one compiled ahead of time, else the built one, else the same code in its own process.</summary>
public sealed class HandoverTests : IDisposable
{
    private readonly ScratchFolder _scratch = new();

    [Fact]
    public async Task The_native_launcher_stands_before_the_built_one_and_no_launcher_is_none_needed()
    {
        // All that is loaded before the handover.
        foreach (var file in (string[])["agentobs.dll", "agentobs.runtimeconfig.json", "agentobs-launcher.dll", "AgentObs.Conventions.dll"])
        {
            File.Copy(Path.Combine(AgentObsProgram.Folder, file), Path.Combine(_scratch.Path, file));
        }

        Assert.Equal((5, "here a b\n"), await RunAsync());

        // A tool's package keeps no modes.
        await File.WriteAllTextAsync(Path.Combine(_scratch.Path, "agentobs-launcher"), "#!/bin/sh\necho built \"$@\"\nexit 6\n", TestContext.Current.CancellationToken);
        Assert.Equal((6, "built --task T -- sh -c echo here \"$1\"; exit 5 sh a b\n"), await RunAsync());

        _scratch.Script("native-launcher/agentobs-launcher", "#!/bin/sh\necho native\nexit 7\n");
        Assert.Equal((7, "native\n"), await RunAsync());

        // Of another machine's kind: it cannot be run.
        await File.WriteAllBytesAsync(Path.Combine(_scratch.Path, "native-launcher", "agentobs-launcher"), [0x7f, 0x45, 0x4c, 0x46, 0], TestContext.Current.CancellationToken);
        Assert.Equal(6, (await RunAsync()).ExitCode);
    }

    public void Dispose() => _scratch.Dispose();

    private async Task<(int ExitCode, string Output)> RunAsync()
    {
        var result = await AgentObsProgram.RunAsync(
            ["run", "--task", "T", "--", "sh", "-c", "echo here \"$1\"; exit 5", "sh", "a b"], LauncherProgram.Alone(Path.Combine(_scratch.Path, "data")), _scratch.Path);
        return (result.ExitCode, result.Output);
    }
}
