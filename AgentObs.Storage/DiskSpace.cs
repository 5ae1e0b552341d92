using AgentObs.Storage.Embedded;

namespace AgentObs.Storage;

/// <summary>Tells a full disk apart, and says what to do about it.</summary>
internal static class DiskSpace
{
    private const int NotEnoughSpace = 243;

    /// <summary>The failure with the folder and the way out in its message; any other failure as it is.</summary>
    internal static StorageException Explain(StorageException failure, StorageOptions options)
    {
        var isFull = failure.Code == NotEnoughSpace || failure.Message.Contains("No space left on device", StringComparison.Ordinal);
        return !isFull ? failure : new StorageException(
            options.ServerUrl is null
                ? $"The disk of the data folder {options.DataFolder} is full{Free(options.DataFolder)}: free space there, and it goes on by itself; "
                    + $"or stop AgentObs and set AGENTOBS_DATA to a folder with room. ({failure.Message})"
                : $"The disk of the ClickHouse server is full: free space there. ({failure.Message})",
            failure,
            NotEnoughSpace,
            isRetryable: true);
    }

    private static string Free(string folder)
    {
        try
        {
            return $" ({new DriveInfo(folder).AvailableFreeSpace >> 20} MiB free, {EngineArguments.KeptFreeBytes >> 20} MiB of them are kept)";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return "";
        }
    }
}
