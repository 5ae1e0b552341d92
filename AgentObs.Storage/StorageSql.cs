namespace AgentObs.Storage;

/// <summary>Storage's own statements.</summary>
internal static class StorageSql
{
    internal static readonly SqlFile CreateDatabase = Load("CreateDatabase.sql");
    internal static readonly SqlFile CreateMigrations = Load("CreateMigrations.sql");
    internal static readonly SqlFile ReadMigrations = Load("ReadMigrations.sql");
    internal static readonly SqlFile RecordMigration = Load("RecordMigration.sql");
    internal static readonly SqlFile CloseDedupWindow = Load("CloseDedupWindow.sql");
    internal static readonly SqlFile EngineVersion = Load("EngineVersion.sql");
    internal static readonly SqlFile OpenDedupWindow = Load("OpenDedupWindow.sql");

    internal static readonly SqlFile ListTables = Load("ListTables.sql");
    internal static readonly SqlFile CountStored = Load("CountStored.sql");

    private static SqlFile Load(string name) => SqlFile.Load(typeof(StorageSql).Assembly, "Schema/" + name);
}
