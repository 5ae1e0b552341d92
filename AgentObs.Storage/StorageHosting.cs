using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AgentObs.Storage;

public static class StorageHosting
{
    /// <summary>
    /// Adds the <see cref="ClickHouseStore"/> of this process. It can be injected at once; it opens, and brings the schema up to date, in
    /// the first phase of the host's start, before any hosted service's StartAsync, and closes after the last one's StopAsync.
    /// </summary>
    public static IServiceCollection AddAgentObsStorage(this IServiceCollection s, StorageOptions o)
    {
        s.AddSingleton(o);
        s.AddSingleton(services => new ClickHouseStore(o, services.GetRequiredService<ILoggerFactory>()));
        s.AddSingleton<IHostedService, StorageStartup>();
        s.AddSingleton<Backups.DatabaseBackup>();
        return s;
    }
}
