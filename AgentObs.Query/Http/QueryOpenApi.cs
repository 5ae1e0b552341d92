using AgentObs.Conventions;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace AgentObs.Query;

/// <summary>What the document at /openapi/v1.json cannot see by itself: times, words, and what query parameters must be.</summary>
internal static class QueryOpenApi
{
    private const string Time = "date-time";

    public static void Configure(OpenApiOptions options)
    {
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info.Title = "AgentObs";
            document.Info.Description = "What the coding agents on this machine did. Times are ISO 8601 UTC with nanoseconds.";
            return Task.CompletedTask;
        });
        options.AddSchemaTransformer((schema, context, _) =>
        {
            Describe(schema, context);
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, _, _) =>
        {
            foreach (var parameter in operation.Parameters?.OfType<OpenApiParameter>() ?? [])
            {
                Describe(parameter);
            }

            return Task.CompletedTask;
        });
    }

    private static void Describe(OpenApiSchema schema, OpenApiSchemaTransformerContext context)
    {
        if (context.JsonTypeInfo.Type == typeof(UnixNano))
        {
            schema.Type = JsonSchemaType.String;
            schema.Format = Time;
            schema.Description = "ISO 8601 UTC with nanoseconds: 2026-11-22T13:37:15.000000001Z";
        }

        var words = (context.JsonPropertyInfo?.DeclaringType.Name, context.JsonPropertyInfo?.Name) switch
        {
            (nameof(SessionSummary), "state") => SessionStates.All,
            (nameof(TreeNode), "kind") =>
                [NodeKinds.Session, NodeKinds.Turn, NodeKinds.AgentRun, NodeKinds.ModelCall, NodeKinds.ToolCall, NodeKinds.PermissionWait, NodeKinds.Span],
            (nameof(EdgeEvidence), "grade") => [EdgeEvidence.Proven, EdgeEvidence.Inferred],
            (nameof(TreeNode) or nameof(SpanDetail), "status") => ["ok", "error", "unset"],
            _ => (IReadOnlyList<string>?)null,
        };
        if (words is not null)
        {
            schema.Enum = [.. words.Select(word => System.Text.Json.Nodes.JsonValue.Create(word)!)];
        }
    }

    private static void Describe(OpenApiParameter parameter)
    {
        if (parameter.In != ParameterLocation.Query || parameter.Schema is not OpenApiSchema schema)
        {
            return;
        }

        switch (parameter.Name)
        {
            case "limit":
                schema.Type = JsonSchemaType.Integer;
                (schema.Minimum, schema.Maximum, schema.Default) = ("1", "500", 50);
                break;
            case "from" or "to":
                schema.Type = JsonSchemaType.String;
                schema.Format = Time;
                break;
            case "folded" or "errors":
                schema.Type = JsonSchemaType.Boolean;
                schema.Default = parameter.Name == "folded";
                break;
            case "state":
                schema.Enum = [.. SessionStates.All.Select(word => System.Text.Json.Nodes.JsonValue.Create(word)!)];
                break;
            case "severity":
                schema.Enum = [.. Severities.Words.Select(word => System.Text.Json.Nodes.JsonValue.Create(word)!)];
                break;
            case "cursor":
                parameter.Description = "nextCursor of the page before";
                break;
        }
    }
}
