using System.Net;
using System.Net.Http.Headers;
using System.Text;
using ClickHouse.Driver.ADO;

namespace AgentObs.Storage;

internal static class DriverSettings
{
    /// <summary>What stands for the embedded engine in messages; nothing is ever resolved or connected.</summary>
    private static readonly Uri Embedded = new("http://embedded:8123/");

    /// <param name="options">Say where to.</param>
    /// <param name="embedded">The engine in this process; null to reach the server.</param>
    internal static HttpClient Client(StorageOptions options, HttpMessageHandler? embedded)
    {
        var address = options.ServerUrl ?? Embedded;
        var (user, password) = User(address);
        var client = new HttpClient(embedded ?? new SocketsHttpHandler
        {
            AutomaticDecompression = DecompressionMethods.All,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        })
        {
            BaseAddress = new UriBuilder(address) { UserName = "", Password = "", Path = "/", Query = "" }.Uri,

            // Statements have limits of their own; a long one is ended by its caller's token.
            Timeout = Timeout.InfiniteTimeSpan,
        };
        client.DefaultRequestHeaders.Authorization =
            new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")));
        return client;
    }

    internal static ClickHouseClientSettings Of(StorageOptions options, string database, HttpClient http)
    {
        var address = options.ServerUrl ?? Embedded;
        var (user, password) = User(address);
        return new ClickHouseClientSettings
        {
            Protocol = address.Scheme,
            Host = address.Host,
            Port = (ushort)address.Port,
            Database = database,
            Username = user,
            Password = password,
            HttpClient = http,

            // Within one process compression is work for nothing.
            UseCompression = options.ServerUrl is not null,
        };
    }

    private static (string User, string Password) User(Uri address)
    {
        var parts = address.UserInfo.Split(':', 2);
        var user = parts[0].Length == 0 ? "default" : Uri.UnescapeDataString(parts[0]);
        return (user, parts.Length < 2 ? "" : Uri.UnescapeDataString(parts[1]));
    }
}
