using Microsoft.Extensions.Logging;

namespace AgentObs.Storage;

internal static partial class Log
{
    [LoggerMessage(1000, LogLevel.Information, "Engine open on {DataFolder} after {Milliseconds:F0} ms ({Library})")]
    internal static partial void EngineOpened(ILogger logger, string dataFolder, string library, double milliseconds);

    [LoggerMessage(1001, LogLevel.Information, "Schema file {Name} applied to database {Database} in {Milliseconds:F0} ms")]
    internal static partial void SchemaApplied(ILogger logger, string name, string database, double milliseconds);
}
