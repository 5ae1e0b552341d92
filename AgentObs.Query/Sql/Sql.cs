using AgentObs.Storage;

namespace AgentObs.Query;

/// <summary>Loads the .sql files that lie beside their readers.</summary>
internal static class Sql
{
    public static SqlFile Load(string name) => SqlFile.Load(typeof(Sql).Assembly, name);
}
