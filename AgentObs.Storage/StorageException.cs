namespace AgentObs.Storage;

/// <summary>Storage refused or failed. The message says what to do where there is something to do.</summary>
/// <param name="message">For the person who runs AgentObs.</param>
/// <param name="inner">The cause.</param>
/// <param name="code">ClickHouse's error number (60 = unknown table, 243 = disk full); 0 where it has none.</param>
/// <param name="isRetryable">The same statement may work later: disk full, memory, time, server away.</param>
public sealed class StorageException(string message, Exception? inner = null, int code = 0, bool isRetryable = false)
    : Exception(message, inner)
{
    public int Code { get; } = code;

    public bool IsRetryable { get; } = isRetryable;

    /// <summary>
    /// ClickHouse's numbers of failures that are a state of the machine or of the engine, not of the rows: 159 time, 202 too many queries,
    /// 209 and 210 network, 252 too many parts, 394 and 735 cancelled, 236 aborted, 242 read-only, 473 deadlock avoided, 692 too many
    /// mutations; memory 173 239 240 241 776 777 778; files and threads 74 75 76 77 83 87 88 107 172 204 214 294 384 400 425 439 458 521
    /// 531 566 586 641 738; a table on its way 218 733; 745 overloaded, 999 keeper; 1000 to 1002, what the engine's libraries throw: a
    /// disk that fills up in the middle of a part is 75 or one of those.
    /// </summary>
    internal static bool IsRetryableCode(int code) => code is
        159 or 202 or 209 or 210 or 252 or 394 or 735 or 236 or 242 or 473 or 692
        or 173 or 239 or 240 or 241 or 776 or 777 or 778
        or 74 or 75 or 76 or 77 or 83 or 87 or 88 or 107 or 172 or 204 or 214 or 243 or 294 or 384 or 400 or 425 or 439 or 458 or 521
        or 531 or 566 or 586 or 641 or 738
        or 218 or 733 or 745 or 999 or 1000 or 1001 or 1002;
}
