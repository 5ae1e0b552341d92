namespace AgentObs.Query;

/// <summary>
/// Codex reports the sum of a turn on its turn span. Where responses were lost, the sum is more than the responses received: the rest is counted at
/// the turn itself. Where the turn's span was lost (a killed codex), its responses count alone.
/// </summary>
internal static class TurnTokens
{
    public static void AddRest(SessionDraft draft)
    {
        foreach (var run in draft.Runs)
        {
            List<int> turns = [.. run.Spans.Where(i => draft.Readings[i].TurnTokens is not null)];
            if (turns.Count == 0)
            {
                continue;
            }

            List<DraftNode> calls = [.. draft.Nodes
                .Where(node => node.Kind == NodeKinds.ModelCall && node.HasTokens && node.Conversation == run.Id)
                .OrderBy(node => node.Start)];
            var next = 0;
            foreach (var turn in turns)
            {
                var span = draft.Span(turn);
                var received = TokenCounts.Zero;
                while (next < calls.Count && calls[next].Start < span.End)
                {
                    received += calls[next].Start >= span.Start ? calls[next].Tokens : TokenCounts.Zero;
                    next++;
                }

                var rest = Rest(draft.Readings[turn].TurnTokens!, received);
                if (rest != TokenCounts.Zero && draft.Home[turn] is { } node)
                {
                    node.AddTokens(rest);
                }
            }
        }
    }

    private static TokenCounts Rest(TokenCounts sum, TokenCounts received) => new(
        Math.Max(0, sum.Input - received.Input),
        Math.Max(0, sum.CacheRead - received.CacheRead),
        Math.Max(0, sum.CacheWrite - received.CacheWrite),
        Math.Max(0, sum.Output - received.Output),
        Math.Max(0, sum.Reasoning - received.Reasoning));
}
