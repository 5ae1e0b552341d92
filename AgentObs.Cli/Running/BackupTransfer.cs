using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using Spectre.Console;

namespace AgentObs.Cli.Running;

/// <summary>Moves a backup between a file and the running AgentObs, with progress on stderr.</summary>
internal sealed class BackupTransfer(RunningAgentObs running, TextWriter error) : IDisposable
{
    private const double Megabyte = 1e6;
    private const int BufferBytes = 1 << 20;

    private readonly HttpClient client = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false })
    {
        BaseAddress = running.Web,
        Timeout = Timeout.InfiniteTimeSpan,
    };

    /// <exception cref="CommandException">Nothing answers, or it refuses.</exception>
    public async Task<long> FetchAsync(Stream to, CancellationToken ct)
    {
        using var request = Request("/api/backup");
        return await Terminal.On(error).Status().StartAsync("The engine makes its backup ...", async status =>
        {
            using var response = await SendAsync(request, ct);
            await using var from = await response.Content.ReadAsStreamAsync(ct);
            return await CopyAsync(from, to, done => status.Status = Text($"{Mb(done)} MB received"), ct);
        });
    }

    /// <exception cref="CommandException">As <see cref="FetchAsync"/>.</exception>
    public async Task SendAsync(FileStream from, bool replace, CancellationToken ct)
    {
        using var request = Request($"/api/restore?replace={(replace ? "true" : "false")}");
        await Terminal.On(error).Status().StartAsync("Sending the backup ...", async status =>
        {
            var total = from.Length;
            using var content = new PushedFile(to => CopyAsync(
                from, to, done => status.Status = Text(done < total ? $"{Mb(done)} of {Mb(total)} MB sent" : "The engine restores ..."), ct));
            content.Headers.ContentType = new MediaTypeHeaderValue("application/gzip");
            content.Headers.ContentLength = total;
            request.Content = content;

            // What is refused is refused before the file is sent.
            request.Headers.ExpectContinue = true;
            using var response = await SendAsync(request, ct, from.Name + ": ");
        });
    }

    public void Dispose() => client.Dispose();

    private static string Text(string text) => Markup.Escape(text);

    private static string Mb(long bytes) => (bytes / Megabyte).ToString("#,0", CultureInfo.InvariantCulture);

    private static async Task<long> CopyAsync(Stream from, Stream to, Action<long> tell, CancellationToken ct)
    {
        var buffer = new byte[BufferBytes];
        long done = 0;
        for (int read; (read = await from.ReadAsync(buffer, ct)) > 0; tell(done))
        {
            await to.WriteAsync(buffer.AsMemory(0, read), ct);
            done += read;
        }

        return done;
    }

    private HttpRequestMessage Request(string path)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path);
        request.Headers.Authorization = running.Token.Length == 0 ? null : new AuthenticationHeaderValue("Bearer", running.Token);
        return request;
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken ct, string file = "")
    {
        HttpResponseMessage response;
        try
        {
            response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
        }
        catch (HttpRequestException failure)
        {
            throw CommandException.Failed($"{running.Web} does not answer: {failure.Message}", Invocation.Of("serve") + "   (in another terminal; then this command again)");
        }

        if (response.IsSuccessStatusCode)
        {
            return response;
        }

        using (response)
        {
            throw CommandException.Failed(file + Detail(await response.Content.ReadAsStringAsync(ct)), [.. response.StatusCode == System.Net.HttpStatusCode.Conflict ? ["the same command with --replace   (what is stored goes)"] : Array.Empty<string>()]);
        }
    }

    private static string Detail(string body)
    {
        try
        {
            using var problem = JsonDocument.Parse(body);
            return problem.RootElement.TryGetProperty("detail", out var detail) ? detail.GetString() ?? body : body;
        }
        catch (JsonException)
        {
            return body;
        }
    }
}
