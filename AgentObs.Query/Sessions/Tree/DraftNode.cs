using AgentObs.Conventions;

namespace AgentObs.Query;

/// <summary>A node while the tree is being made.</summary>
internal sealed class DraftNode(string id, string kind)
{
    public string Id { get; } = id;
    public string Kind { get; set; } = kind;
    public string Name { get; set; } = "";
    public string Detail { get; set; } = "";
    public string Agent { get; set; } = "";
    public string Conversation { get; set; } = "";

    /// <summary>The subagent that it is, or is inside, of those that share their caller's run id.</summary>
    public string Subagent { get; set; } = "";

    /// <summary>Index of its own span; -1 where none stands behind it.</summary>
    public int Span { get; set; } = -1;

    /// <summary>The span that it waits for, of a placeholder.</summary>
    public SpanKey? Waits { get; set; }

    /// <summary>Known by other signs, while its own span, which brings the id that it keeps, is on its way: counted in the node above until then.</summary>
    public bool Pending { get; set; }
    public UnixNano Start { get; set; } = new(long.MaxValue);
    public UnixNano End { get; set; } = new(long.MinValue);
    public bool Failed { get; set; }
    public bool Succeeded { get; set; }
    public string Error { get; set; } = "";
    public int? ExitCode { get; set; }
    public TokenCounts Tokens { get; set; } = TokenCounts.Zero;
    public bool HasTokens { get; set; }
    public TokenCounts Total { get; set; } = TokenCounts.Zero;
    public DraftNode? Parent { get; private set; }

    /// <summary>Filled when the tree is written.</summary>
    public List<DraftNode> Children { get; } = [];
    public string Grade { get; private set; } = EdgeEvidence.Proven;
    public List<string> Evidence { get; } = [];
    public int FoldedSpans { get; set; }
    public int FoldedErrors { get; set; }
    public string Task { get; set; } = "";
    public int Attempts { get; set; } = 1;

    public void Hang(DraftNode parent, string grade, params ReadOnlySpan<string> evidence)
    {
        Parent = parent;
        Grade = grade;
        Evidence.Clear();
        Evidence.AddRange(evidence);
    }

    public void Cover(UnixNano start, UnixNano end)
    {
        Start = start < Start ? start : Start;
        End = end > End ? end : End;
    }

    public void Fail(string error)
    {
        Failed = true;
        Error = Error.Length > 0 ? Error : error;
    }

    public void AddTokens(TokenCounts tokens)
    {
        Tokens += tokens;
        HasTokens = true;
    }

    public bool IsInside(DraftNode other)
    {
        // Broken telemetry may have made a loop of parents, which the writer cuts: the second pointer goes half as fast and is met there.
        var behind = this;
        var steps = 0;
        for (var at = this; at is not null; at = at.Parent, steps++)
        {
            if (ReferenceEquals(at, other))
            {
                return true;
            }

            if (steps > 0 && steps % 2 == 0)
            {
                behind = behind.Parent!;
                if (ReferenceEquals(at, behind))
                {
                    return false;
                }
            }
        }

        return false;
    }
}
