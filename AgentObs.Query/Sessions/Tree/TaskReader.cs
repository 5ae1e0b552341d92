using System.Text.RegularExpressions;
using AgentObs.Conventions;

namespace AgentObs.Query;

/// <summary>
/// Which task each run works on: declared (<c>agentobs.task.id</c> by launcher or SDK), else the branch's name, else the prompt's text. A nested run
/// that says nothing itself works on its caller's task.
/// </summary>
internal static partial class TaskReader
{
    public const string Declared = "declared";
    public const string Branch = "branch";
    public const string Prompt = "prompt";

    // Standards and models that look like tickets.
    private static readonly HashSet<string> NoTickets = new(StringComparer.Ordinal)
    {
        "UTF", "SHA", "ISO", "RFC", "GPT", "MD", "AES", "HTTP", "TLS", "CVE", "ECMA", "ES", "IPV", "RS", "HS", "COVID", "IEEE", "CLAUDE", "ANSI", "BASE", "UCS", "LATIN",
    };

    /// <summary>Sets each node's task and says how it is known.</summary>
    public static List<TaskClaim> Read(SessionDraft draft)
    {
        var claims = new List<TaskClaim>();
        foreach (var run in draft.Runs.OrderBy(run => run.Start).ThenBy(run => run.Id, StringComparer.Ordinal))
        {
            var node = run.Node!;
            if (OfRun(draft, run, node) is { } claim)
            {
                claims.Add(claim);
                node.Task = claim.TaskId;
            }
        }

        for (var i = 0; i < draft.Table.Count; i++)
        {
            var id = draft.Span(i).Attributes.First(ProvenanceKeys.TaskId);
            if (id.Length > 0 && draft.Home[i] is { } node && node.Span == i && node.Task != id)
            {
                node.Task = id;
                claims.Add(Claim(draft.Span(i).Attributes, id, node, Declared, $"{ProvenanceKeys.TaskId} on the span"));
            }
        }

        return claims;
    }

    /// <summary>Adds up what each claim's node did, without nested nodes that work on something else.</summary>
    public static List<TaskRun> Count(List<DraftNode> ordered, List<TaskClaim> claims)
    {
        var byNode = claims.ToDictionary(claim => claim.Node);
        var sums = claims.ToDictionary(claim => claim.Node, _ => (Tokens: TokenCounts.Zero, Errors: 0));
        foreach (var node in ordered)
        {
            var at = node;
            while (at is not null && !byNode.ContainsKey(at))
            {
                at = at.Parent;
            }

            if (at is not null)
            {
                var (tokens, errors) = sums[at];
                sums[at] = (tokens + node.Tokens, errors + (node.Failed ? 1 : 0) + node.FoldedErrors);
                node.Task = node.Kind is NodeKinds.Session or NodeKinds.Turn or NodeKinds.AgentRun ? byNode[at].TaskId : node.Task;
            }
        }

        return [.. claims.Select(claim => new TaskRun(
            claim.TaskId, claim.Title, claim.Url, claim.Node.Id, claim.Node.Agent, claim.Grade, claim.Evidence, sums[claim.Node].Tokens, sums[claim.Node].Errors,
            claim.Node.Start, Math.Max(0, claim.Node.End.Value - claim.Node.Start.Value)))];
    }

    private static TaskClaim? OfRun(SessionDraft draft, AgentRun run, DraftNode node)
    {
        var declared = run.Resource.First(ProvenanceKeys.TaskId);
        if (declared.Length > 0)
        {
            return Claim(run.Resource, declared, node, Declared, $"{ProvenanceKeys.TaskId} on the resource");
        }

        var branch = run.Resource.FirstOf("vcs.ref.head.name", "agentobs.branch");
        if (BranchTicket().Match(branch) is { Success: true } match)
        {
            var id = match.Groups[1].Success ? match.Groups[1].Value : "#" + match.Groups[2].Value;
            return new TaskClaim(id, "", "", node, Branch, $"the branch is {branch}");
        }

        var prompts = ReferenceEquals(run, draft.Root) ? draft.Turns.All.Select(turn => turn.Detail) : [node.Detail];
        foreach (var prompt in prompts)
        {
            foreach (Match ticket in PromptTicket().Matches(prompt))
            {
                if (!NoTickets.Contains(ticket.Groups[1].Value))
                {
                    return new TaskClaim(ticket.Value, "", "", node, Prompt, "the prompt names it");
                }
            }
        }

        return null;
    }

    private static TaskClaim Claim(AttributeMap attributes, string id, DraftNode node, string grade, string evidence) =>
        new(id, attributes.First(ProvenanceKeys.TaskTitle), attributes.First(ProvenanceKeys.TaskUrl), node, grade, evidence);

    // feature/PROJ-123-login, 123-login, fix/123
    [GeneratedRegex(@"(?:^|/)(?:([A-Z][A-Z0-9]{1,9}-\d+)(?![\w])|(\d{1,6})(?:-|$))")]
    private static partial Regex BranchTicket();

    [GeneratedRegex(@"(?<![\w#/-])(?:([A-Z][A-Z0-9]{1,9})(-\d{1,6})|#\d{1,6})(?![\w-])")]
    private static partial Regex PromptTicket();
}
