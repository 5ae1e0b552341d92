using AgentObs.Conventions;

namespace AgentObs.Storage;

/// <summary>Where telemetry is kept.</summary>
public sealed class StorageOptions
{
    /// <summary>The embedded engine's folder, absolute. It is made with mode 0700.</summary>
    public string DataFolder { get; init; } = DataHome.Default;

    public string Database { get; init; } = Setting.Database.Default;

    /// <summary>A ClickHouse server's HTTP address, <c>http://user:password@host:8123</c>; null for the embedded engine.</summary>
    public Uri? ServerUrl { get; init; }

    /// <summary>The engine's library, a file or its folder, in place of the installed one; empty for that.</summary>
    public string EngineLibrary { get; init; } = "";

    /// <summary>Wait for the disk at every insert: safe against a power cut, at half the rate of small inserts (<see cref="Setting.Fsync"/>).</summary>
    public bool FsyncInserts { get; init; }

    /// <param name="configuration">Reads a name, or null: environment variables and configuration keys.</param>
    /// <exception cref="StorageException">The database's name is not one, or AGENTOBS_FSYNC is neither 0 nor 1.</exception>
    public static StorageOptions From(Func<string, string?> configuration) => new()
    {
        DataFolder = DataHome.Resolve(Setting.Data.Read(configuration)),
        Database = DatabaseName.Check(Setting.Database.Read(configuration)),
        EngineLibrary = Setting.EngineLibrary.Read(configuration),
        FsyncInserts = Setting.Fsync.Read(configuration) switch
        {
            "1" => true,
            "0" => false,
            var other => throw new StorageException($"{Setting.Fsync.Variable} is '{other}'; it must be 1 (every commit waits for the disk) or 0."),
        },
    };

    /// <summary>As <see cref="From"/>, for a process that reads a server: the container topology.</summary>
    /// <exception cref="StorageException">AGENTOBS_CLICKHOUSE_URL is missing or is not an http address.</exception>
    public static StorageOptions FromServer(Func<string, string?> configuration)
    {
        var url = Setting.ClickHouseUrl.Read(configuration);
        return new()
        {
            Database = DatabaseName.Check(Setting.Database.Read(configuration)),
            ServerUrl = Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
                ? address
                : throw new StorageException($"AGENTOBS_CLICKHOUSE_URL is '{url}'; it must be like http://user:password@host:8123."),
        };
    }
}
