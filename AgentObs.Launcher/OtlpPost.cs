using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using AgentObs.Conventions;

namespace AgentObs.Launcher;

/// <summary>
/// One POST of OTLP/JSON over a connection of its own, answered when it came whole (Prefer: respond-async): a commit takes longer than all else here.
/// <see cref="HttpClient"/> costs a started process more than the whole launcher does.
/// </summary>
internal static class OtlpPost
{
    /// <summary>The command that looks for the reason.</summary>
    public const string Doctor = "agentobs doctor";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);

    /// <param name="address">For example <c>http://127.0.0.1:4318/v1/traces</c>.</param>
    /// <param name="token">AGENTOBS_TOKEN; empty where none is set.</param>
    /// <returns>Null when it was accepted, else what went wrong and what mends it.</returns>
    public static (string Problem, string Next)? Send(Uri address, string token, byte[] body)
    {
        try
        {
            using var client = new TcpClient { NoDelay = true, SendTimeout = (int)Limit.TotalMilliseconds, ReceiveTimeout = (int)Limit.TotalMilliseconds };
            client.Connect(address.DnsSafeHost, address.Port);
            using var stream = Open(client, address);
            var head = string.Create(
                CultureInfo.InvariantCulture,
                $"POST {address.AbsolutePath} HTTP/1.1\r\nHost: {address.Authority}\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\nPrefer: respond-async\r\nConnection: close\r\n");
            stream.Write([.. Encoding.ASCII.GetBytes(head + (token.Length > 0 ? $"Authorization: Bearer {token}\r\n\r\n" : "\r\n")), .. body]);
            var answer = new byte[64];
            var length = stream.ReadAtLeast(answer, "HTTP/1.1 200".Length, throwOnEndOfStream: false);
            var status = Encoding.ASCII.GetString(answer, 0, length).Split('\r')[0];
            return status.Split(' ') switch
            {
                [_, "200" or "202", ..] => null,
                [_, "401", ..] => ($"it asks for its token, and {Setting.Token.Variable} is {(token.Length == 0 ? "not set" : "another one")} here", $"export {Setting.Token.Variable}=... as AgentObs was started with it"),
                _ => (length == 0 ? "it closed the connection" : $"it answers {status}", Doctor),
            };
        }
        catch (Exception error)
        {
            // It runs on a thread of its own: whatever is wrong with the address or the other side must not end the launcher, and its child's terminal with it.
            return error is SocketException { SocketErrorCode: SocketError.ConnectionRefused }
                ? ("nothing listens there", "agentobs serve")
                : (error.Message.TrimEnd('.'), Doctor);
        }
    }

    private static Stream Open(TcpClient client, Uri address)
    {
        if (address.Scheme != Uri.UriSchemeHttps)
        {
            return client.GetStream();
        }

        var secure = new SslStream(client.GetStream());
        secure.AuthenticateAsClient(address.DnsSafeHost);
        return secure;
    }
}
