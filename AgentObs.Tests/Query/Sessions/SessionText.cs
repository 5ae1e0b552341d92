using System.Globalization;
using System.Text;
using AgentObs.Query;

namespace AgentObs.Tests.Query.Sessions;

/// <summary>
/// A session's tree as text that a person can check: an indented line a node with kind, name, detail, tokens, status, the edge's grade and
/// evidence where it is not the plain span parent, and folds.
/// </summary>
internal static class SessionText
{
    public static string Of(BuiltSession built)
    {
        var text = new StringBuilder();
        var session = built.Session;
        text.Append(CultureInfo.InvariantCulture, $"{session.Id} [{session.Agent}] {session.State}: {session.Title}\n");
        text.Append(CultureInfo.InvariantCulture, $"turns {session.Turns}, runs {session.AgentRuns}, spans {session.Spans}, errors {session.Errors}, tokens {Tokens(session.Tokens)}, complete {session.Completeness}, traces {session.TraceIds.Count}, nodes {built.Nodes.Count}");
        text.Append(session.Tasks.Count > 0 ? $", tasks {string.Join(' ', session.Tasks)}\n" : "\n");
        var depth = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var node in built.Nodes)
        {
            var d = node.ParentId is null ? 0 : depth[node.ParentId] + 1;
            depth[node.Id] = d;
            text.Append(' ', 2 * d).Append(node.Placeholder ? "? " : "").Append(node.Kind).Append(' ').Append(node.Name);
            Append(text, node.Detail is null ? "" : $"`{Short(node.Detail)}`");
            Append(text, node.Tokens == TokenCounts.Zero ? "" : Tokens(node.Tokens));
            Append(text, node.Status == "unset" ? "" : node.Status);
            Append(text, node.ExitCode is { } exit ? $"exit {exit}" : "");
            Append(text, node.Error is null ? "" : $"!{Short(node.Error)}");
            Append(text, node.Attempts > 1 ? $"attempts {node.Attempts}" : "");
            Append(text, node.Folded.Spans > 0 ? $"+{node.Folded.Spans}" : "");
            Append(text, node.Folded.Errors > 0 ? $"+{node.Folded.Errors} errors" : "");
            Append(text, node.Edge is { } edge && !(edge.Grade == EdgeEvidence.Proven && edge.Evidence is ["span parent in the same trace"])
                ? $"<{edge.Grade}: {string.Join("; ", edge.Evidence)}>" : "");
            text.Append('\n');
        }

        return text.ToString();
    }

    private static string Tokens(TokenCounts t) => string.Create(CultureInfo.InvariantCulture, $"{t.Input}/{t.CacheRead}/{t.CacheWrite}/{t.Output}/{t.Reasoning}");

    private static string Short(string text)
    {
        var line = text.ReplaceLineEndings(" ");
        return line.Length <= 60 ? line : line[..59] + "…";
    }

    private static void Append(StringBuilder text, string part)
    {
        if (part.Length > 0)
        {
            text.Append(' ').Append(part);
        }
    }
}
