using System.Globalization;

namespace AgentObs.Ingest.Rows;

/// <summary>What was wrong with records of one request, with a count for each reason; bounded, whatever the sender does.</summary>
internal sealed class ProblemList
{
    /// <summary>Reasons that are told apart; messages are ours and short.</summary>
    private const int MaxReasons = 8;

    private readonly List<(RecordProblem Problem, int Count)> reasons = [];
    private readonly Dictionary<string, int> limits = [];
    private int others;

    /// <summary>How often each limit was met, by its name.</summary>
    public IReadOnlyDictionary<string, int> Limits => limits;

    /// <summary><c>Span.trace_id: absent or zero</c>, or with counts: <c>2 x Span.trace_id: absent or zero; 1 x ...</c>; empty when all is well.</summary>
    public string Text => reasons switch
    {
        [] => "",
        [{ Count: 1 } only] when others == 0 => only.Problem.Text,
        _ => string.Join("; ", reasons.Select(r => string.Create(CultureInfo.InvariantCulture, $"{r.Count} x {r.Problem.Text}")))
            + (others == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"; {others} for other reasons")),
    };

    public void Add(RecordProblem problem)
    {
        if (problem.Limit.Length > 0)
        {
            limits[problem.Limit] = limits.GetValueOrDefault(problem.Limit) + 1;
        }

        var known = reasons.FindIndex(r => r.Problem.Text == problem.Text);
        if (known >= 0)
        {
            reasons[known] = (problem, reasons[known].Count + 1);
        }
        else if (reasons.Count < MaxReasons)
        {
            reasons.Add((problem, 1));
        }
        else
        {
            others++;
        }
    }

    public void Clear()
    {
        reasons.Clear();
        limits.Clear();
        others = 0;
    }
}
