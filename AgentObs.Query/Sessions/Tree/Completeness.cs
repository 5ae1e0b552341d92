namespace AgentObs.Query;

/// <summary>The share of what a session's telemetry names that was received: parents that are named and never came, numbers left out in a count.</summary>
internal static class Completeness
{
    public static double Of(SessionDraft draft)
    {
        long missing = draft.Table.Missing.Count + MissingRecords(draft).Sum(gap => gap.Count);
        long received = draft.Table.Count + draft.Logs.Length;
        return missing == 0 ? 1 : Math.Round((double)received / (received + missing), 4);
    }

    /// <summary>Gaps in event.sequence, by run. A process counts from 0; one that continues a session sends its first records under another id.</summary>
    public static List<(string RunId, long After, long Count)> MissingRecords(SessionDraft draft)
    {
        var gaps = new List<(string, long, long)>();
        foreach (var run in draft.Runs)
        {
            var numbers = new SortedSet<long>();
            foreach (var i in run.Logs)
            {
                var number = draft.LogReadings[i].Sequence;
                if (number >= 0 && !numbers.Add(number))
                {
                    // The same number again: another process of the same session.
                    AddGaps(gaps, run.Id, numbers);
                    numbers = [number];
                }
            }

            AddGaps(gaps, run.Id, numbers);
        }

        return gaps;
    }

    private static void AddGaps(List<(string, long, long)> gaps, string runId, SortedSet<long> numbers)
    {
        long? last = null;
        foreach (var number in numbers)
        {
            if (last is { } before && number > before + 1)
            {
                gaps.Add((runId, before, number - before - 1));
            }

            last = number;
        }
    }
}
