using System.Globalization;

namespace AgentObs.Storage.Embedded;

/// <summary>The engine's command line, and the configuration file that keeps it from looking for others.</summary>
internal static class EngineArguments
{
    private const long Gigabyte = 1L << 30;

    /// <summary>The engine's own default is 90 % of the machine's memory: too much beside the agents that are being watched.</summary>
    private static long MemoryOfAll => Math.Clamp(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2, Gigabyte, 4 * Gigabyte);

    /// <summary>Arguments of the connection that starts the engine: limits of the whole process.</summary>
    internal static string[] OfEngine(string dataFolder, bool fsyncInserts)
    {
        // The engine loads a config.xml of the current folder, or one in the home folder, unless it is given one.
        var configuration = Path.Combine(dataFolder, EngineFolders.Work, "engine.xml");
        var mergeTree = fsyncInserts
            ? "<merge_tree><fsync_after_insert>1</fsync_after_insert><fsync_part_directory>1</fsync_part_directory></merge_tree>"
            : "";
        File.WriteAllText(configuration, $"<clickhouse>{mergeTree}</clickhouse>\n");

        return
        [
            $"--config-file={configuration}",
            string.Create(CultureInfo.InvariantCulture, $"--max_server_memory_usage={MemoryOfAll}"),

            // For some ten million spans; the default is 5 GB.
            "--mark_cache_size=268435456",
            "--background_pool_size=2",
            $"--backups.allowed_path={Path.Combine(dataFolder, EngineFolders.Backups)}",
        ];
    }

    /// <summary>Arguments of every connection.</summary>
    /// <param name="dataFolder">The data folder.</param>
    /// <param name="tag">What the connection's statements carry as <c>log_comment</c>.</param>
    internal static string[] OfConnection(string dataFolder, string tag) =>
    [
        $"--path={Path.Combine(dataFolder, EngineFolders.Store)}",
        $"--log_comment={tag}",

        // One greedy query fails alone, and inserts go on.
        string.Create(CultureInfo.InvariantCulture, $"--max_memory_usage={MemoryOfAll / 2}"),

        // Sorting out duplicates within a block at insertion costs a third of the speed; readers do it anyway.
        "--optimize_on_insert=0",

        // Filters here compare with scalars of subqueries (the bounds of a trace): the cache of filter results is not trusted with those.
        "--use_query_condition_cache=0",

        // Rows of many days in one commit are no error.
        "--max_partitions_per_insert_block=0",
    ];
}
