using System.Net;
using System.Text;
using System.Text.Json;
using AgentObs.Query;
using AgentObs.Web;

namespace AgentObs.Tests.Web;

/// <summary>Answers for the API's paths, in the API's own JSON; keeps what was asked.</summary>
internal sealed class FakeApi : HttpMessageHandler
{
    private readonly Dictionary<string, (HttpStatusCode Status, string Body)> _answers = new(StringComparer.Ordinal);

    public List<string> Asked { get; } = [];

    /// <summary>Every request fails as it does when nothing listens.</summary>
    public bool Down { get; set; }

    public QueryClient Client => new(new HttpClient(this, disposeHandler: false) { BaseAddress = new Uri("http://127.0.0.1:5317") });

    public FakeApi Answer(string path, object body, HttpStatusCode status = HttpStatusCode.OK)
    {
        _answers[path] = (status, JsonSerializer.Serialize(body, body.GetType(), QueryJson.Options));
        return this;
    }

    public FakeApi Problem(string path, HttpStatusCode status, string json)
    {
        _answers[path] = (status, json);
        return this;
    }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (Down)
        {
            throw new HttpRequestException("Connection refused");
        }

        var path = request.RequestUri!.PathAndQuery;
        Asked.Add(path);
        var (status, body) = _answers.TryGetValue(path, out var answer) ? answer : (HttpStatusCode.NotFound, """{"title":"Not found"}""");
        return Task.FromResult(new HttpResponseMessage(status) { Content = new StringContent(body, Encoding.UTF8, "application/json") });
    }
}
