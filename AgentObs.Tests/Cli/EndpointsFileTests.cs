using AgentObs.Conventions;

namespace AgentObs.Tests.Cli;

/// <summary>endpoints.json: how commands find the running AgentObs.</summary>
public sealed class EndpointsFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("agentobs-endpoints-");

    [Fact]
    public void Round_trip_in_a_file_of_the_user_alone()
    {
        var endpoints = Of(Environment.ProcessId);
        EndpointsFile.Write(_folder.FullName, endpoints);

        Assert.Equal(endpoints, EndpointsFile.Read(_folder.FullName));
        Assert.Contains("\"otlpGrpc\":\"http://127.0.0.1:2\"", File.ReadAllText(EndpointsFile.PathIn(_folder.FullName)), StringComparison.Ordinal);
        Assert.Contains("\"clickhouse\":null", File.ReadAllText(EndpointsFile.PathIn(_folder.FullName)), StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(EndpointsFile.PathIn(_folder.FullName)));
        }

        Assert.Single(_folder.GetFiles());
    }

    [Fact]
    public void A_file_of_a_process_that_is_gone_counts_as_none()
    {
        EndpointsFile.Write(_folder.FullName, Of(int.MaxValue));

        Assert.Null(EndpointsFile.Read(_folder.FullName));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{\"pid\":")]
    public void A_broken_file_counts_as_none(string content)
    {
        File.WriteAllText(EndpointsFile.PathIn(_folder.FullName), content);

        Assert.Null(EndpointsFile.Read(_folder.FullName));
    }

    [Fact]
    public void Only_its_own_process_removes_it()
    {
        EndpointsFile.Write(_folder.FullName, Of(Environment.ProcessId));
        EndpointsFile.Remove(_folder.FullName, Environment.ProcessId + 1);
        Assert.NotNull(EndpointsFile.Read(_folder.FullName));

        EndpointsFile.Remove(_folder.FullName, Environment.ProcessId);
        Assert.Empty(_folder.GetFiles());
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static Endpoints Of(int pid) => new(pid, "embedded", "http://127.0.0.1:1", "http://127.0.0.1:2", "http://127.0.0.1:3", null);
}
