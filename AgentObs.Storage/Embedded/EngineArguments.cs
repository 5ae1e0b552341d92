using System.Globalization;

namespace AgentObs.Storage.Embedded;

/// <summary>The engine's command line, and the configuration file that keeps it from looking for others.</summary>
internal static class EngineArguments
{
    private const long Gigabyte = 1L << 30;

    /// <summary>
    /// Nothing is begun with less room on the disk than this. A merge that meets the end of the disk in its middle can leave a part with
    /// empty files behind and drop the good parts it was made of (seen in 26.7.2: "Empty marks file", CORRUPTED_DATA): so what is under way
    /// when the line is crossed must have room to end.
    /// </summary>
    internal const long KeptFreeBytes = 64L << 20;

    private static readonly string Disk = string.Create(
        CultureInfo.InvariantCulture, $"<storage_configuration><disks><default><keep_free_space_bytes>{KeptFreeBytes}</keep_free_space_bytes></default></disks></storage_configuration>");

    /// <summary>
    /// How much more the merged parts weigh than the largest of them before they are worth merging; the engine's default is 5, for commits of
    /// hundreds of thousands of rows. Here a commit is often fifty rows: with 20 the merges beside 2,000 spans a second take a third of the CPU,
    /// and some twenty parts more stay (docs/benchmarks.md, "Merges").
    /// </summary>
    private const string Merges = "<merge_selector_base>20</merge_selector_base>";

    /// <summary>Of merges too: this build of the engine drops the parts a merge was made of at once (old_parts_lifetime is 0), synced or not.</summary>
    private const string Fsync =
        "<fsync_after_insert>1</fsync_after_insert><fsync_part_directory>1</fsync_part_directory>"
        + "<min_rows_to_fsync_after_merge>1</min_rows_to_fsync_after_merge><min_compressed_bytes_to_fsync_after_merge>1</min_compressed_bytes_to_fsync_after_merge>";

    /// <summary>The engine's own default is 90 % of the machine's memory: too much beside the agents that are being watched.</summary>
    private static long MemoryOfAll => Math.Clamp(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2, Gigabyte, 4 * Gigabyte);

    /// <summary>Arguments of the connection that starts the engine: limits of the whole process.</summary>
    internal static string[] OfEngine(string dataFolder, bool fsyncInserts)
    {
        // The engine loads a config.xml of the current folder, or one in the home folder, unless it is given one.
        var configuration = Path.Combine(dataFolder, EngineFolders.Work, "engine.xml");

        // One <merge_tree>: of two, the engine reads the first and says nothing of the other.
        File.WriteAllText(configuration, $"<clickhouse>{Disk}<merge_tree>{Merges}{(fsyncInserts ? Fsync : "")}</merge_tree></clickhouse>\n");

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
