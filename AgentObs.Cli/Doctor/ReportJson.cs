using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AgentObs.Cli.Doctor;

/// <summary>The report for programs; docs/spec/doctor.md states its shape. <c>format</c> rises when a field goes or changes its meaning.</summary>
internal static class ReportJson
{
    private const int Format = 1;

    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(DoctorReport report) => new JsonObject
    {
        ["format"] = Format,
        ["problems"] = report.Problems,
        ["warnings"] = report.Warnings,
        ["findings"] = new JsonArray([.. report.Examinations.SelectMany(examination => examination.Findings.Select(finding => (JsonNode)Write(examination.Area, finding)))]),
        ["skipped"] = new JsonArray([.. report.Examinations
            .Where(examination => examination.Skipped is not null)
            .Select(examination => (JsonNode)new JsonObject { ["area"] = examination.Area, ["why"] = examination.Skipped })]),
    }.ToJsonString(Readable);

    private static JsonObject Write(string area, Finding finding) => new JsonObject
    {
        ["id"] = finding.Id,
        ["area"] = area,
        ["level"] = finding.Level switch { FindingLevel.Ok => "ok", FindingLevel.Warning => "warning", _ => "problem" },
        ["found"] = finding.Found,
        ["evidence"] = new JsonArray([.. finding.Evidence.Select(line => (JsonNode)line)]),
        ["fix"] = finding.Fix,
    };
}
