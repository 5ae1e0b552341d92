using System.Text;
using System.Text.RegularExpressions;
using AgentObs.Cli.Replaying;
using AgentObs.Cli.Rewriting;

namespace AgentObs.Tests.Cli;

/// <summary>Looks at bodies without the code under test: by their bytes.</summary>
internal static partial class RecordedBytes
{
    /// <summary>The session of a recording of this repository.</summary>
    public static async Task<string> SessionIdAsync(string name)
    {
        var recording = await RecordingReader.ReadAsync(Path.Combine(AgentObsProgram.Root, "recordings", name), CancellationToken.None);
        return recording[0].Requests
            .Where(request => request.Signal == "traces")
            .Select(request => request.Read(body => AttributeSearch.FirstValue(body, "session.id")))
            .OfType<string>()
            .First();
    }

    /// <summary>Everything in the body that is shaped like an id of an agent, and the trace and span ids as hex.</summary>
    public static HashSet<string> Ids(RecordedRequest request)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        request.Read(body => IdCollector.Collect(body, ids));
        foreach (Match match in IdShaped().Matches(Encoding.Latin1.GetString(request.Body)))
        {
            ids.Add(match.Value);
        }

        return ids;
    }

    /// <summary>The ids that stand in the body, as text or as raw bytes of a trace or span id.</summary>
    public static IEnumerable<string> Surviving(IReadOnlySet<string> ids, byte[] body)
    {
        var text = Encoding.Latin1.GetString(body);
        var raw = ids.Where(id => id.Length is 16 or 32 && AgentObs.Conventions.Ids.IsLowerHex(id)).Select(id => Convert.FromHexString(id)).ToList();
        var starts = raw.Select(id => BitConverter.ToUInt64(id)).ToHashSet();
        for (var at = 0; at + sizeof(ulong) <= body.Length; at++)
        {
            if (starts.Contains(BitConverter.ToUInt64(body, at)) && raw.Find(id => body.AsSpan(at).StartsWith(id)) is { } id)
            {
                yield return "raw " + Convert.ToHexStringLower(id);
            }
        }

        foreach (var id in ids.Where(id => text.Contains(id, StringComparison.Ordinal)))
        {
            yield return id;
        }
    }

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|(?:toolu|call|req|msg|resp)_[a-z0-9]*fake")]
    private static partial Regex IdShaped();
}
