namespace AgentObs.Cli.Setup;

/// <summary>A settings file that setup wrote.</summary>
/// <param name="Client"><c>claude</c>, <c>codex</c>.</param>
/// <param name="Path">As the client names it: a link, where it is one.</param>
/// <param name="Backup">What stood there before the first change; null where there was no file.</param>
/// <param name="BackupHash">Of the backup's bytes, SHA-256 in hex; empty without one.</param>
/// <param name="WrittenHash">Of the bytes that setup left.</param>
/// <param name="IsWhole">False where somebody else edited the file between two runs of setup: the backup is older than that edit.</param>
/// <param name="Keys">What was changed in it.</param>
internal sealed record ChangedFile(
    string Client, string Path, string? Backup, string BackupHash, string WrittenHash, bool IsWhole, IReadOnlyList<ChangedKey> Keys);
