using System.Net.Http.Headers;
using System.Text;

namespace AgentObs.AppHost;

/// <summary>The ClickHouse container's button in the dashboard.</summary>
internal static class ClickHouseCommands
{
    internal const string User = "agentobs";

    private const string Database = "otel";

    /// <summary>The server's own BACKUP, into <c>backups/</c> of its volume: the one folder that its stock configuration allows.</summary>
    internal static IResourceBuilder<ContainerResource> WithBackUpCommand(this IResourceBuilder<ContainerResource> clickhouse, ParameterResource password) =>
        clickhouse.WithHttpCommand("/", "Back up", "http", "back-up", new HttpCommandOptions
        {
            Description = $"BACKUP DATABASE {Database} into the folder backups of the server's volume",
            IconName = "ArrowDownload",
            Method = HttpMethod.Post,
            PrepareRequest = async context =>
            {
                var login = $"{User}:{await password.GetValueAsync(context.CancellationToken)}";
                context.Request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(login)));
                context.Request.Content = new StringContent($"BACKUP DATABASE {Database} TO File('agentobs-{Guid.NewGuid():N}')");
            },
            ResultMode = HttpCommandResultMode.Text,
        });
}
