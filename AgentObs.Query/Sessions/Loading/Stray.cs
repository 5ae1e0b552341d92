namespace AgentObs.Query;

/// <summary>A trace without any id. Times in Unix nanoseconds.</summary>
internal sealed record Stray(string TraceId, string Service, string InstanceId, long Start, long End)
{
    public static Stray Read(System.Data.Common.DbDataReader row) =>
        new(row.GetString(0), row.GetString(1), row.GetString(2), row.GetInt64(3), row.GetInt64(4));
}
