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
    public static Dictionary<DraftNode, TaskClaim> Read(SessionDraft draft)
    {
        var claims = new Dictionary<DraftNode, TaskClaim>();
        foreach (var run in draft.Runs.OrderBy(run => run.Start).ThenBy(run => run.Id, StringComparer.Ordinal))
        {
            if (OfRun(draft, run, run.Node!) is { } claim)
            {
                claims[run.Node!] = claim;
                run.Node!.Task = claim.TaskId;
            }
        }

        for (var i = 0; i < draft.Table.Count; i++)
        {
            if (draft.Home[i] is { } node && node.Span == i && OfSpan(draft, i, node) is { } claim && node.Task != claim.TaskId)
            {
                claims[node] = claim;
                node.Task = claim.TaskId;
            }
        }

        if (draft.Root?.Node is { } root && claims.TryGetValue(root, out var first) && first.Grade == Prompt)
        {
            OfTurns(draft, first, claims);
        }

        return claims;
    }

    /// <summary>Adds up what each claim's node did, without nested nodes that work on something else.</summary>
    public static List<TaskRun> Count(List<DraftNode> ordered, Dictionary<DraftNode, TaskClaim> claims)
    {
        var sums = claims.Keys.ToDictionary(node => node, _ => (Tokens: TokenCounts.Zero, Errors: 0));
        var nearest = new Dictionary<DraftNode, DraftNode>();
        foreach (var node in ordered)
        {
            var at = claims.ContainsKey(node) ? node : node.Parent is { } parent ? nearest.GetValueOrDefault(parent) : null;
            if (at is null)
            {
                continue;
            }

            nearest[node] = at;
            var (tokens, errors) = sums[at];
            sums[at] = (tokens + node.Tokens, errors + (node.Failed ? 1 : 0) + node.FoldedErrors);
            node.Task = node.Kind is NodeKinds.Session or NodeKinds.Turn or NodeKinds.AgentRun ? claims[at].TaskId : node.Task;
        }

        return [.. ordered.Where(claims.ContainsKey).Select(node => claims[node]).Select(claim => new TaskRun(
            claim.TaskId, claim.Title, claim.Url, claim.Node.Id, claim.Node.Agent, claim.Grade, claim.Evidence, sums[claim.Node].Tokens, sums[claim.Node].Errors,
            claim.Node.Start.Value == long.MaxValue ? default : claim.Node.Start,
            claim.Node.Start.Value == long.MaxValue ? 0 : Math.Max(0, claim.Node.End.Value - claim.Node.Start.Value)))];
    }

    // A span declares for itself; the prompts of one session may come from processes with tasks of their own.
    private static TaskClaim? OfSpan(SessionDraft draft, int i, DraftNode node)
    {
        var span = draft.Span(i);
        if (span.Attributes.First(ProvenanceKeys.TaskId) is { Length: > 0 } own)
        {
            return Claim(span.Attributes, own, node, Declared, $"{ProvenanceKeys.TaskId} on the span");
        }

        return node.Kind == NodeKinds.Turn && draft.RunOf[i] is { } run && span.Resource.First(ProvenanceKeys.TaskId) is { Length: > 0 } id
            && id != run.Resource.First(ProvenanceKeys.TaskId)
            ? Claim(span.Resource, id, node, Declared, $"{ProvenanceKeys.TaskId} on the resource")
            : null;
    }

    // A prompt that names another ticket changes the task for itself and for the prompts after it.
    private static void OfTurns(SessionDraft draft, TaskClaim first, Dictionary<DraftNode, TaskClaim> claims)
    {
        var current = first.TaskId;
        var evidence = first.Evidence;
        foreach (var turn in draft.Turns.All)
        {
            var named = Ticket(turn.Detail);
            evidence = named.Length > 0 ? "the prompt names it" : "an earlier prompt names it";
            current = named.Length > 0 ? named : current;
            if (current != first.TaskId && !claims.ContainsKey(turn) && draft.FindNode(turn.Id) is not null)
            {
                claims[turn] = new TaskClaim(current, "", "", turn, Prompt, evidence);
                turn.Task = current;
            }
        }
    }

    private static string Ticket(string prompt)
    {
        foreach (Match ticket in PromptTicket().Matches(prompt))
        {
            if (!NoTickets.Contains(ticket.Groups[1].Value))
            {
                return ticket.Value;
            }
        }

        return "";
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
            if (Ticket(prompt) is { Length: > 0 } ticket)
            {
                return new TaskClaim(ticket, "", "", node, Prompt, "the prompt names it");
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
