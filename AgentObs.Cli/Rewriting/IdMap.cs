using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using AgentObs.Conventions;

namespace AgentObs.Cli.Rewriting;

/// <summary>
/// New ids for old ones: of the same length and alphabet, so that they can be written over the old ones in place, and the same
/// whenever the salt is the same.
/// </summary>
internal sealed class IdMap
{
    private const int MaxAttempts = 100;
    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdefABCDEF");

    private readonly Dictionary<string, string> _map = new(StringComparer.Ordinal);
    private readonly SearchValues<string> _search;
    private readonly int[] _lengths;

    public IdMap(IReadOnlySet<string> ids, string salt)
    {
        var taken = new HashSet<string>(ids, StringComparer.Ordinal);
        foreach (var id in ids.Order(StringComparer.Ordinal))
        {
            _map.Add(id, Fresh(id, salt, taken));
        }

        _search = SearchValues.Create([.. _map.Keys], StringComparison.Ordinal);
        _lengths = [.. _map.Keys.Select(id => id.Length).Distinct().OrderDescending()];
    }

    public int Count => _map.Count;

    /// <summary>The new id; null for what is no known id (an absent or all-zero one).</summary>
    public string? Of(string id) => _map.GetValueOrDefault(id);

    /// <summary>Writes new ids over all old ones in the body's texts.</summary>
    public void Substitute(Span<byte> body)
    {
        // Latin-1 maps every byte to one character and back: offsets stay, and ids are ASCII.
        var text = Encoding.Latin1.GetString(body).AsSpan();
        var lookup = _map.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var at = 0; at < text.Length;)
        {
            var found = text[at..].IndexOfAny(_search);
            if (found < 0)
            {
                return;
            }

            at += found;
            foreach (var length in _lengths)
            {
                if (at + length <= text.Length && lookup.TryGetValue(text.Slice(at, length), out var replacement))
                {
                    Encoding.Latin1.GetBytes(replacement, body.Slice(at, length));
                    at += length;
                    break;
                }
            }
        }
    }

    // Ids of few digits (copilot-otel-11465-0) can meet an old or another new one: then the next attempt counts.
    private static string Fresh(string id, string salt, HashSet<string> taken)
    {
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            var candidate = Derive(id, $"{salt}/{attempt}");
            if (taken.Add(candidate))
            {
                return candidate;
            }
        }

        throw new InvalidDataException($"no new id of the shape of '{id}' is free");
    }

    private static string Derive(string id, string salt)
    {
        var noise = HKDF.DeriveKey(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(id), id.Length, Encoding.UTF8.GetBytes(salt));
        var isUuid = IdShapes.Uuid().Match(id).Length == id.Length;
        var isHex = isUuid || Ids.IsLowerHex(id);
        var result = id.ToCharArray();
        for (var start = 0; start < id.Length;)
        {
            var end = start;
            while (end < id.Length && char.IsAsciiLetterOrDigit(id[end]))
            {
                end++;
            }

            // Words without a digit are the id's name: toolu_, req_, copilot-otel-.
            var run = id.AsSpan(start, end - start);
            if (isHex || run.ContainsAnyInRange('0', '9'))
            {
                Scramble(run, noise.AsSpan(start), result.AsSpan(start), isHex || !run.ContainsAnyExcept(HexDigits));
            }

            start = end + 1;
        }

        if (isUuid)
        {
            // Version and variant: readers tell a v7 from a v4 by them.
            result[14] = id[14];
            result[19] = id[19];
        }

        return new string(result);
    }

    private static void Scramble(ReadOnlySpan<char> run, ReadOnlySpan<byte> noise, Span<char> result, bool isHex)
    {
        const string hex = "0123456789abcdef";
        for (var i = 0; i < run.Length; i++)
        {
            result[i] = run[i] switch
            {
                _ when isHex && run.ContainsAnyInRange('A', 'F') => char.ToUpperInvariant(hex[noise[i] % 16]),
                _ when isHex && run.ContainsAnyInRange('a', 'f') => hex[noise[i] % 16],
                >= '0' and <= '9' => (char)('0' + (noise[i] % 10)),
                >= 'A' and <= 'Z' => (char)('A' + (noise[i] % 26)),
                _ => (char)('a' + (noise[i] % 26)),
            };
        }
    }
}
