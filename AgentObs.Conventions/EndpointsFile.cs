using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace AgentObs.Conventions;

/// <summary>
/// <c>endpoints.json</c> in the data folder (mode 0600): how commands find the running AgentObs.
/// <code>{"pid":4711,"topology":"embedded","web":"http://127.0.0.1:5317","otlpGrpc":"http://127.0.0.1:4317","otlpHttp":"http://127.0.0.1:4318","clickhouse":null}</code>
/// </summary>
public static class EndpointsFile
{
    public const string Name = "endpoints.json";

    public static string PathIn(string dataFolder) => Path.Combine(dataFolder, Name);

    /// <summary>Replaces the file in one step: a reader sees the old one or the new one, never half of it.</summary>
    public static void Write(string dataFolder, Endpoints endpoints)
    {
        var temporary = PathIn(dataFolder) + "." + Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var stream = new FileStream(temporary, options))
        {
            JsonSerializer.Serialize(stream, endpoints, EndpointsJson.Default.Endpoints);
        }

        File.Move(temporary, PathIn(dataFolder), overwrite: true);
    }

    /// <summary>The running AgentObs of this data folder; null when there is no file, it cannot be read, or its process is gone.</summary>
    public static Endpoints? Read(string dataFolder)
    {
        try
        {
            using var stream = File.OpenRead(PathIn(dataFolder));
            var endpoints = JsonSerializer.Deserialize(stream, EndpointsJson.Default.Endpoints);
            return endpoints is not null && IsRunning(endpoints.Pid) ? endpoints : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Removes the file if it is the one of <paramref name="pid"/>.</summary>
    public static void Remove(string dataFolder, int pid)
    {
        if (Read(dataFolder)?.Pid == pid)
        {
            File.Delete(PathIn(dataFolder));
        }
    }

    // After a crash the pid can belong to anything. The start time would tell too, but it moves when the wall clock is set.
    private static bool IsRunning(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            return process.ProcessName.Contains("agentobs", StringComparison.OrdinalIgnoreCase)
                || process.ProcessName.Contains("dotnet", StringComparison.OrdinalIgnoreCase);
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
