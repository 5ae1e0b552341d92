using System.Text;
using AgentObs.Ingest.Redaction;
using AgentObs.Ingest.Rows;

namespace AgentObs.Tests.Ingest.Redaction;

/// <summary>Texts as they are stored.</summary>
internal static class Redacted
{
    public static string Text(string text) => Encoding.UTF8.GetString(Bytes(Encoding.UTF8.GetBytes(text)));

    public static byte[] Bytes(byte[] text)
    {
        var finder = new SecretFinder(SecretList.Default);
        if (!finder.Find(text))
        {
            return text;
        }

        using var target = new PooledBuffer();
        finder.Write(text, 0, target);
        return target.Written.ToArray();
    }
}
