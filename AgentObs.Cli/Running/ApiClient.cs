using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text.Json;

namespace AgentObs.Cli.Running;

/// <summary>The API of the running AgentObs.</summary>
internal sealed class ApiClient : IDisposable
{
    private readonly HttpClient _client;
    private readonly RunningAgentObs _running;

    public ApiClient(RunningAgentObs running)
    {
        _running = running;
        _client = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false }) { BaseAddress = running.Web };
        if (running.Token.Length > 0)
        {
            _client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", running.Token);
        }
    }

    /// <summary>The answer as JSON; null for 404.</summary>
    /// <exception cref="CommandException">Nothing answers there, or it answers with an error; names the address and the next command.</exception>
    public async Task<JsonDocument?> GetAsync(string path, CancellationToken cancellation)
    {
        using var response = await SendAsync(HttpMethod.Get, path, cancellation);
        return response is null
            ? null
            : await JsonDocument.ParseAsync(await response.Content.ReadAsStreamAsync(cancellation), default, cancellation);
    }

    /// <returns>False where there was nothing to delete.</returns>
    /// <exception cref="CommandException">As <see cref="GetAsync"/>.</exception>
    public async Task<bool> DeleteAsync(string path, CancellationToken cancellation)
    {
        using var response = await SendAsync(HttpMethod.Delete, path, cancellation);
        return response is not null;
    }

    /// <summary>Makes sure that something answers before work is put into it.</summary>
    public async Task RequireAsync(CancellationToken cancellation) =>
        (await SendAsync(HttpMethod.Get, "/healthz", cancellation))?.Dispose();

    public void Dispose() => _client.Dispose();

    private async Task<HttpResponseMessage?> SendAsync(HttpMethod method, string path, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(method, path);
        HttpResponseMessage response;
        try
        {
            response = await _client.SendAsync(request, cancellation);
        }
        catch (HttpRequestException error) when (error.InnerException is SocketException)
        {
            throw CommandException.Failed(
                $"AgentObs does not run: nothing answers at {_running.Web}.",
                Invocation.Of("serve") + "   (in another terminal; then this command again)");
        }
        catch (HttpRequestException error)
        {
            throw CommandException.Failed($"{_running.Web} does not answer like AgentObs: {error.Message}");
        }

        if (response.IsSuccessStatusCode)
        {
            return response;
        }

        using (response)
        {
            return response.StatusCode switch
            {
                HttpStatusCode.NotFound => null,
                HttpStatusCode.Unauthorized => throw CommandException.Failed(
                    $"{_running.Web} asks for its token.", "set AGENTOBS_TOKEN to the one that AgentObs was started with"),
                _ => throw CommandException.Failed(
                    $"{method} {new Uri(_running.Web, path)} answered {(int)response.StatusCode}: "
                    + $"{await response.Content.ReadAsStringAsync(cancellation)}"),
            };
        }
    }
}
