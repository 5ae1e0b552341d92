using System.Text.Json;

namespace AgentObs.Tests.Cli.Doctor;

/// <summary><c>agentobs doctor --json</c> as a program reads it.</summary>
internal sealed record DoctorAnswer(int Format, int Problems, int Warnings, IReadOnlyList<DoctorAnswer.One> Findings, IReadOnlyList<DoctorAnswer.Left> Skipped)
{
    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
    };

    public static DoctorAnswer Read(CommandResult result)
    {
        try
        {
            return JsonSerializer.Deserialize<DoctorAnswer>(result.Output, Strict)!;
        }
        catch (JsonException error)
        {
            throw new InvalidOperationException($"{error.Message}: {result.Output} {result.Error}", error);
        }
    }

    public One Find(string id) => Findings.FirstOrDefault(finding => finding.Id == id)
        ?? throw new InvalidOperationException($"no {id} in {string.Join(", ", Findings.Select(finding => finding.Id))}");

    internal sealed record One(string Id, string Area, string Level, string Found, IReadOnlyList<string> Evidence, string? Fix);

    internal sealed record Left(string Area, string Why);
}
