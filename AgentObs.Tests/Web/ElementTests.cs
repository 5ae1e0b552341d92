using System.Diagnostics;

namespace AgentObs.Tests.Web;

/// <summary>Runs the TypeScript tests of the elements (node's own test runner), so that one command tests everything.</summary>
public sealed class ElementTests
{
    [Fact]
    public async Task The_elements_own_tests_pass()
    {
        var elements = Path.Combine(WebSource.Folder, "elements");
        if (!Directory.Exists(Path.Combine(elements, "node_modules", "esbuild")))
        {
            Assert.Skip("The elements' packages are not installed: dotnet build AgentObs.Web, without -p:SkipElements=true");
        }

        var ct = TestContext.Current.CancellationToken;
        Assert.Equal((0, ""), await RunAsync(elements, ct, "build.mjs", "--tests"));
        var tests = Directory.GetFiles(Path.Combine(elements, "out", "tests"), "*.test.mjs");
        Assert.NotEmpty(tests);
        var (exit, output) = await RunAsync(elements, ct, ["--test", .. tests]);
        Assert.True(exit == 0, output);
    }

    private static async Task<(int Exit, string Output)> RunAsync(string folder, CancellationToken ct, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("node", arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var output = process.StandardOutput.ReadToEndAsync(ct);
        var errors = process.StandardError.ReadToEndAsync(ct);
        await process.WaitForExitAsync(ct);
        return (process.ExitCode, await output + await errors);
    }
}
