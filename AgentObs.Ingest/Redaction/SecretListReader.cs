using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace AgentObs.Ingest.Redaction;

/// <summary>Reads <c>redaction.yaml</c> from its events: an object mapper costs a tenth of a second at the first request.</summary>
internal static class SecretListReader
{
    private static readonly Dictionary<string, LiteralRule> Rules = new()
    {
        ["contains"] = LiteralRule.Contains,
        ["starts"] = LiteralRule.Starts,
        ["assigned"] = LiteralRule.Assigned,
        ["userinfo"] = LiteralRule.UserInfo,
    };

    /// <exception cref="YamlException">The file is not what its head says; the message names line and column.</exception>
    public static SecretList Read(TextReader file)
    {
        var parser = new Parser(file);
        parser.Consume<StreamStart>();
        parser.Consume<DocumentStart>();
        parser.Consume<MappingStart>();
        var shapes = new List<SecretShape>();
        SecretShape? blockedKeys = null;
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            var key = parser.Consume<Scalar>();
            switch (key.Value)
            {
                case "shapes":
                    parser.Consume<SequenceStart>();
                    while (!parser.TryConsume<SequenceEnd>(out _))
                    {
                        shapes.Add(Shape(parser));
                    }

                    break;
                case "blocked_keys":
                    blockedKeys = Shape(parser);
                    break;
                default:
                    throw Unknown(key);
            }
        }

        return new SecretList(shapes, blockedKeys ?? throw new YamlException("redaction.yaml: blocked_keys is missing"));
    }

    private static SecretShape Shape(Parser parser)
    {
        var (name, pattern, after) = (SecretList.ByName, "", "");
        List<string> match = [], reject = [];
        List<(LiteralRule, string)> literals = [];
        parser.Consume<MappingStart>();
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            var key = parser.Consume<Scalar>();
            switch (key.Value)
            {
                case "name":
                    name = parser.Consume<Scalar>().Value;
                    break;
                case "pattern":
                    pattern = parser.Consume<Scalar>().Value;
                    break;
                case "after":
                    after = parser.Consume<Scalar>().Value;
                    break;
                case "match":
                    match = Texts(parser);
                    break;
                case "reject":
                    reject = Texts(parser);
                    break;
                default:
                    var rule = Rules.TryGetValue(key.Value, out var known) ? known : throw Unknown(key);
                    literals.AddRange(Texts(parser).Select(text => (rule, text)));
                    break;
            }
        }

        return new SecretShape(name, pattern, after, literals, match, reject);
    }

    private static List<string> Texts(Parser parser)
    {
        var texts = new List<string>();
        parser.Consume<SequenceStart>();
        while (!parser.TryConsume<SequenceEnd>(out _))
        {
            texts.Add(parser.Consume<Scalar>().Value);
        }

        return texts;
    }

    private static YamlException Unknown(Scalar key) => new(key.Start, key.End, $"redaction.yaml: unknown key {key.Value}");
}
