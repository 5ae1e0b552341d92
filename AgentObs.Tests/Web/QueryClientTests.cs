using System.Net;
using AgentObs.Web;

namespace AgentObs.Tests.Web;

public sealed class QueryClientTests : IDisposable
{
    private readonly FakeApi _api = new();

    public void Dispose() => _api.Dispose();

    [Fact]
    public async Task A_nested_run_asked_as_a_session_names_the_session_it_belongs_to()
    {
        _api.Problem("/api/sessions/run", HttpStatusCode.NotFound, """{"title":"a nested run","detail":"ask for s1","sessionId":"s1"}""");
        var problem = await Assert.ThrowsAsync<QueryException>(() => _api.Client.FindSessionAsync("run", TestContext.Current.CancellationToken));
        Assert.Equal((404, "s1", "ask for s1"), (problem.Status, problem.SessionId, problem.Detail));
        Assert.Null(await _api.Client.FindSessionAsync("none", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task An_answer_without_problem_json_still_has_its_status()
    {
        _api.Problem("/api/spans/t/s", HttpStatusCode.BadGateway, "<html>");
        var problem = await Assert.ThrowsAsync<QueryException>(() => _api.Client.FindSpanAsync("t", "s", TestContext.Current.CancellationToken));
        Assert.True(problem.IsUnreachable);
    }

    [Fact]
    public async Task Answers_come_back_as_the_records_they_were()
    {
        var sent = Samples.Span();
        _api.Answer("/api/spans/t1/n1", sent);
        var read = await _api.Client.FindSpanAsync("t1", "n1", TestContext.Current.CancellationToken);
        Assert.Equal(sent.Start, read!.Start);
        Assert.Equal(sent.Attributes, read.Attributes);
        Assert.Equal(sent.Duplicates, read.Duplicates);
    }

    [Theory]
    [InlineData("trace:abc/def", "/api/sessions/trace%3Aabc%2Fdef")]
    public async Task Ids_are_escaped(string id, string path)
    {
        await _api.Client.FindSessionAsync(id, TestContext.Current.CancellationToken);
        Assert.Equal(path, Assert.Single(_api.Asked));
    }
}
