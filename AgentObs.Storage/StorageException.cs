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
    /// ClickHouse's numbers of failures that pass: 159 time, 173 and 241 memory, 202 too many queries, 209 and 210 network, 243 disk full,
    /// 252 too many parts, 394 cancelled, 425 and 999 system.
    /// </summary>
    internal static bool IsRetryableCode(int code) => code is 159 or 173 or 202 or 209 or 210 or 241 or 243 or 252 or 394 or 425 or 999;
}
