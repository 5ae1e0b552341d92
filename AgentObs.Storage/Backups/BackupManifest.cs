namespace AgentObs.Storage.Backups;

/// <summary>The first entry of a backup, <c>agentobs-backup.json</c>: by it a file is known for one.</summary>
/// <param name="Format">1.</param>
/// <param name="Schema">Number of the last schema file that was applied.</param>
/// <param name="Database">Name of the database in the engine's own backup.</param>
/// <param name="Files">Files of the engine's backup that follow: fewer are half a backup.</param>
public sealed record BackupManifest(int Format, int Schema, string Database, int Files)
{
    public const string EntryName = "agentobs-backup.json";
    public const int KnownFormat = 1;
}
