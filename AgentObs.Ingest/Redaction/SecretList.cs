using System.Reflection;
using System.Text;

namespace AgentObs.Ingest.Redaction;

/// <summary>The list of secrets that this build carries: <c>collector/redaction.yaml</c>. Immutable; made on first use.</summary>
internal sealed class SecretList
{
    /// <summary>Kind of a value that goes because of its attribute's key.</summary>
    public const string ByName = "by-name";

    /// <summary>Bit of <see cref="Filter"/>: a text may be a key of <see cref="BlockedKeys"/>.</summary>
    public const ulong KeyBit = 1UL << 62;

    /// <summary>Bit of <see cref="Filter"/>: an escape may hide a literal.</summary>
    public const ulong EscapeBit = 1UL << 63;

    private static readonly string[] Colours = ["\\u001b[", "\\x1b[", "\\033["];

    private static readonly Lazy<SecretList> Built = new(() =>
    {
        using var file = Assembly.GetExecutingAssembly().GetManifestResourceStream("redaction.yaml")!;
        return SecretListReader.Read(new StreamReader(file));
    });

    public SecretList(IReadOnlyList<SecretShape> shapes, SecretShape blockedKeys)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(shapes.Count, 62);
        Shapes = shapes;
        BlockedKeys = blockedKeys;
        Kinds = [.. shapes.Select(s => s.Name), ByName];
        Labels = [.. Kinds.Select(k => Encoding.ASCII.GetBytes($"[redacted:{k}]"))];
        Filter = new LiteralFilter(
        [
            .. shapes.SelectMany((s, i) => s.Literals.Select(l => new SecretLiteral(l.Text, l.Rule, s.IgnoresCase, 1UL << i))),
            .. blockedKeys.Literals.Select(l => new SecretLiteral(l.Text, l.Rule, true, KeyBit)),

            // sk\u002dant, https:\/\/user:password@host
            new SecretLiteral("\\u00", LiteralRule.PrintableEscape, false, EscapeBit),
            new SecretLiteral(":\\/", LiteralRule.Contains, false, EscapeBit),

            // API_\u001b[01;31mKEY\u001b[m=...
            .. Colours.Concat("mK0123456789".Select(c => "\u001b[" + c)).Select(t => new SecretLiteral(t, LiteralRule.Contains, true, EscapeBit)),
        ]);
    }

    public static SecretList Default => Built.Value;

    public IReadOnlyList<SecretShape> Shapes { get; }

    /// <summary>Keys whose whole value is a secret.</summary>
    public SecretShape BlockedKeys { get; }

    /// <summary>Names of the shapes, then <see cref="ByName"/>.</summary>
    public IReadOnlyList<string> Kinds { get; }

    /// <summary>What is stored instead, by kind.</summary>
    public IReadOnlyList<byte[]> Labels { get; }

    public LiteralFilter Filter { get; }
}
