using System.Text.Json;
using AgentObs.Query;

namespace AgentObs.Tests.Query;

public sealed class OpenApiTests
{
    [Fact]
    public async Task The_document_describes_every_route_with_its_answer()
    {
        await using var host = await QueryHost.StartAsync();
        using var document = JsonDocument.Parse(await host.TextAsync("/openapi/v1.json"));
        var paths = document.RootElement.GetProperty("paths");
        foreach (var (path, method, schema) in ((string, string, string)[])
        [
            ("/api/sessions", "get", "SessionList"), ("/api/sessions/{id}", "get", "SessionSummary"), ("/api/sessions/{id}/tree", "get", "SessionTree"),
            ("/api/traces", "get", "TraceList"), ("/api/traces/{traceId}", "get", "TraceDetail"), ("/api/spans/{traceId}/{spanId}", "get", "SpanDetail"),
            ("/api/logs", "get", "LogList"), ("/healthz", "get", "Health"),
        ])
        {
            var answer = paths.GetProperty(path).GetProperty(method).GetProperty("responses").GetProperty("200").GetProperty("content").GetProperty("application/json");
            Assert.EndsWith("/" + schema, answer.GetProperty("schema").GetProperty("$ref").GetString(), StringComparison.Ordinal);
        }

        Assert.True(paths.GetProperty("/api/sessions/{id}").GetProperty("delete").GetProperty("responses").TryGetProperty("204", out _));
        var limit = paths.GetProperty("/api/sessions").GetProperty("get").GetProperty("parameters").EnumerateArray().Single(p => p.GetProperty("name").GetString() == "limit");
        Assert.Equal(("integer", 500), (limit.GetProperty("schema").GetProperty("type").GetString(), limit.GetProperty("schema").GetProperty("maximum").GetInt32()));
        var schemas = document.RootElement.GetProperty("components").GetProperty("schemas");
        Assert.Equal(("string", "date-time"), Time(schemas, schemas.GetProperty("SessionSummary").GetProperty("properties").GetProperty("start")));
        Assert.Contains("running", schemas.GetProperty("SessionSummary").GetProperty("properties").GetProperty("state").GetProperty("enum").EnumerateArray().Select(word => word.GetString()));
        Assert.True(schemas.GetProperty("TreeNode").GetProperty("properties").EnumerateObject().Count() >= 21);
    }

    [Fact]
    public async Task Healthz_says_that_storage_answers()
    {
        await using var host = await QueryHost.StartAsync();
        Assert.Equal("ok", (await host.GetAsync<Health>("/healthz")).Status);
    }

    private static (string?, string?) Time(JsonElement schemas, JsonElement property)
    {
        if (property.TryGetProperty("$ref", out var reference))
        {
            property = schemas.GetProperty(reference.GetString()!.Split('/')[^1]);
        }

        return (property.GetProperty("type").GetString(), property.GetProperty("format").GetString());
    }
}
