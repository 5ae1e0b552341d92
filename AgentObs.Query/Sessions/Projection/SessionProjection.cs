namespace AgentObs.Query;

/// <summary>
/// Keeps agentobs_session equal to what SessionTreeBuilder makes of each session. One pass finds what was received, resolves the sessions
/// that it touches, rebuilds those that are due and writes their rows. Passes never overlap (<see cref="ProjectionGate"/>).
/// </summary>
internal sealed class SessionProjection(
    SessionLinks links,
    StrayReader strays,
    SessionLoader loader,
    SessionRowStore rows,
    InferredJoins joins,
    ReceivedKeys received,
    LiveSessions live,
    ProjectionPace pace,
    TimeProvider time,
    ILogger<SessionProjection> logger)
{
    private const int ChunkSize = 1000;
    private const int BuildChunk = 50;
    private const int MaxStrayOwners = 200_000;
    private readonly Dictionary<string, OpenSession> open = new(StringComparer.Ordinal);
    private readonly HashSet<string> reopened = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> strayOwners = new(StringComparer.Ordinal);
    private long passes;
    private long projectedTo;
    private bool resumed;

    /// <param name="urgent">Somebody waits for the pass: sessions rest less.</param>
    /// <param name="ct">Ends the pass; what it found stays to be done.</param>
    public async Task<PassResult> RunAsync(bool urgent, CancellationToken ct)
    {
        if (!resumed)
        {
            projectedTo = await rows.ProjectedToAsync(ct);
            received.StartAt(projectedTo);
            resumed = true;
        }

        passes++;
        var keys = await received.ReadNewAsync(ct);
        var unlinked = await FindOpenAsync(keys.Keys, received.IsPlaced, ct);
        received.Handled(keys, unlinked, time.GetUtcNow().ToUnixTimeMilliseconds());
        await BuildDueAsync(urgent, ct);
        projectedTo = open.Values.Select(session => session.ReceivedFrom).Append(received.Cursor).Min();
        return new PassResult(
            passes,
            open.Where(session => !pace.IsFailing(session.Key)).Min(session => (long?)session.Value.Pass),
            open.Count == 0 ? null : open.Keys.Min(id => pace.Rest(id, urgent: false)),
            open.Count == 0 ? null : open.Keys.Min(id => pace.Rest(id, urgent: true)));
    }

    /// <summary>Forgets what was seen: the tables hold something else now. Within a turn of the gate.</summary>
    public void Restart()
    {
        open.Clear();
        reopened.Clear();
        strayOwners.Clear();
        received.Clear();
        resumed = false;
    }

    /// <summary>Has sessions rebuilt although nothing of them was received: rows of them were dropped. Within a turn of the gate.</summary>
    /// <param name="traceIds">Traces that may be strays and fit another session now.</param>
    public Task ReopenAsync(IEnumerable<string> runIds, IEnumerable<string> traceIds, CancellationToken ct) => FindOpenAsync(
        [
            .. runIds.Select(run => new ReceivedKey("", run, received.Cursor)),
            .. traceIds.Select(trace => new ReceivedKey(trace, "", received.Cursor)),
        ],
        _ => false,
        ct);

    /// <summary>Marks the sessions that the keys belong to as open.</summary>
    /// <param name="isPlaced">Strays of such a key have their places already: their session is not rebuilt for them in every pass that they wait for links.</param>
    /// <returns>The keys that no link leads to a session from; true where their strays have their places.</returns>
    private async Task<Dictionary<ReceivedKey, bool>> FindOpenAsync(IReadOnlyCollection<ReceivedKey> keys, Func<ReceivedKey, bool> isPlaced, CancellationToken ct)
    {
        var unlinked = new Dictionary<ReceivedKey, bool>();
        foreach (var chunk in keys.GroupBy(key => key.TraceId, StringComparer.Ordinal).Chunk(ChunkSize))
        {
            var from = chunk.Min(trace => trace.Min(key => key.At));
            var runs = chunk.SelectMany(trace => trace).Select(key => key.RunId).Where(run => run.Length > 0).ToHashSet(StringComparer.Ordinal);
            var traces = chunk.Select(trace => trace.Key).Where(trace => trace.Length > 0).ToHashSet(StringComparer.Ordinal);
            var found = await links.ResolveAsync(runs, traces, ct);
            traces.ExceptWith(found.SelectMany(session => session.TraceIds));
            runs.ExceptWith(found.SelectMany(session => session.RunIds));
            foreach (var key in chunk.SelectMany(trace => trace).Where(key => key.RunId.Length > 0 ? runs.Contains(key.RunId) : traces.Contains(key.TraceId)))
            {
                unlinked[key] = isPlaced(key);
            }

            found.AddRange(await PlaceStraysAsync(chunk.Where(trace => traces.Contains(trace.Key)).SelectMany(trace => trace), unlinked, ct));
            foreach (var session in found)
            {
                Open(session.SessionId, from);
            }
        }

        return unlinked;
    }

    /// <summary>The sessions that show strays which have no place yet. A key whose rows the fitting saw has one from here on.</summary>
    private async Task<List<SessionMembers>> PlaceStraysAsync(IEnumerable<ReceivedKey> keys, Dictionary<ReceivedKey, bool> unlinked, CancellationToken ct)
    {
        var placeless = keys.Where(key => !unlinked.GetValueOrDefault(key)).ToList();
        if (placeless.Count == 0)
        {
            return [];
        }

        // Read first: what the fitting sees is at least this.
        var traces = placeless.Select(key => key.TraceId).Distinct().ToList();
        var known = await strays.BoundsKnownToAsync(traces, ct);
        var runs = (await strays.OfTracesAsync(traces, ct)).Select(fit => fit.RunId).ToHashSet(StringComparer.Ordinal);
        foreach (var key in placeless.Where(key => unlinked.ContainsKey(key)))
        {
            unlinked[key] = known.GetValueOrDefault(key.TraceId) >= key.At;
        }

        return runs.Count == 0 ? [] : await links.ResolveAsync(runs, [], ct);
    }

    /// <summary>Marks a session that another one's rebuild changed; also one of the batch that is being built, which is built once more.</summary>
    private void Reopen(string sessionId) => reopened.Add(sessionId);

    private void Open(string sessionId, long receivedFrom)
    {
        if (!open.ContainsKey(sessionId))
        {
            open[sessionId] = new OpenSession(passes, receivedFrom);
        }
    }

    private async Task BuildDueAsync(bool urgent, CancellationToken ct)
    {
        foreach (var chunk in open.Keys.Where(id => pace.Rest(id, urgent) <= TimeSpan.Zero).Chunk(BuildChunk).ToArray())
        {
            var due = chunk.ToHashSet(StringComparer.Ordinal);
            var written = new List<SessionRow>();
            // Resolved anew: what an earlier pass found may have moved into another session since.
            foreach (var session in (await links.ResolveAsync(chunk, [], ct)).Where(session => due.Overlaps(session.RunIds)))
            {
                if (await BuildAsync(session, written, ct) is { } sessionId)
                {
                    await NestAsync(session, sessionId, written, ct);
                }
                else
                {
                    due.Remove(session.SessionId);
                }
            }

            await rows.WriteAsync(written, ct);
            foreach (var sessionId in due)
            {
                open.Remove(sessionId);
            }

            foreach (var sessionId in reopened)
            {
                Open(sessionId, received.Cursor);
            }

            reopened.Clear();
            live.Changed(written);
        }
    }

    /// <returns>The session's id, which its tree decides; null where it could not be built.</returns>
    private async Task<string?> BuildAsync(SessionMembers session, List<SessionRow> written, CancellationToken ct)
    {
        var began = time.GetTimestamp();
        try
        {
            var input = await loader.LoadAsync(session, ct);
            var sessionId = session.SessionId;
            if (SessionTreeBuilder.Build(input) is { } built)
            {
                sessionId = built.Session.Id;
                written.Add(SessionRow.Of(built, projectedTo));
                foreach (var joined in await joins.FindAsync(session, built, ct))
                {
                    Reopen(joined);
                }
            }

            ClaimStrays(session.SessionId, input.Strays);
            pace.Built(session.SessionId, time.GetElapsedTime(began));
            return sessionId;
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            Log.SessionFailed(logger, session.SessionId, pace.Failed(session.SessionId), error);
            Open(session.SessionId, received.Cursor);
            return null;
        }
    }

    /// <summary>Runs that were sessions of their own until it showed whose they are leave the list.</summary>
    private async Task NestAsync(SessionMembers session, string sessionId, List<SessionRow> written, CancellationToken ct)
    {
        foreach (var run in await rows.ProjectedAsync([.. session.RunIds.Where(run => run != sessionId)], ct))
        {
            written.Add(new SessionRow { SessionId = run, NestedIn = sessionId, ProjectedTo = projectedTo });
        }
    }

    /// <summary>A stray may fit a session only until a better one arrives: the one that showed it before is rebuilt too.</summary>
    private void ClaimStrays(string sessionId, IReadOnlyList<StrayTrace> claimed)
    {
        if (strayOwners.Count > MaxStrayOwners)
        {
            strayOwners.Clear();
        }

        foreach (var stray in claimed)
        {
            if (strayOwners.TryGetValue(stray.TraceId, out var before) && before != sessionId)
            {
                Reopen(before);
            }

            strayOwners[stray.TraceId] = sessionId;
        }
    }
}
