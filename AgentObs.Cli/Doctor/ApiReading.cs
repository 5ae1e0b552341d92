using System.Text.Json;
using AgentObs.Cli.Running;
using AgentObs.Ingest;
using AgentObs.Query;

namespace AgentObs.Cli.Doctor;

/// <summary>Answers of the API as the records that they were written from.</summary>
internal static class ApiReading
{
    private static readonly JsonSerializerOptions OfIngest = new(JsonSerializerDefaults.Web);

    /// <summary>Null for 404: an older AgentObs.</summary>
    /// <exception cref="CommandException">Nothing answers, or with an error.</exception>
    public static async Task<T?> ReadAsync<T>(this ApiClient api, string path, CancellationToken cancellation)
        where T : class
    {
        using var answer = await api.GetAsync(path, cancellation);
        return answer?.Deserialize<T>(typeof(T) == typeof(IngestSummary) ? OfIngest : QueryJson.Options);
    }
}
