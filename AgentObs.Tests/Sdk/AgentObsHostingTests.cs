using System.Diagnostics;
using AgentObs.Sdk;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Trace;

namespace AgentObs.Tests.Sdk;

/// <summary><c>AddAgentObs</c> in a real host; what is sent, and below which span.</summary>
public sealed class AgentObsHostingTests
{
    private const string TraceId = "0af7651916cd43dd8448eb211c80319c";
    private const string CallerId = "b7ad6b7169203331";

    private static readonly ActivitySource Shop = new("Shop.Orders");

    [Theory]
    [InlineData("01")]
    [InlineData("00")]
    public async Task What_the_program_does_is_below_the_span_that_started_it_sampled_or_not(string flags)
    {
        var seen = await SeenActivities.OfAsync(
            new() { ["TRACEPARENT"] = $"00-{TraceId}-{CallerId}-{flags}", ["TRACESTATE"] = "shop=1" }, OrderAsync, options => options.Sources.Add("Shop.*"));

        var order = seen.Ended.Single(activity => activity.Source == Shop);
        var program = seen.Ended.Single(activity => activity.SpanId == order.ParentSpanId);
        Assert.Equal((TraceId, CallerId, "shop=1"), (program.TraceId.ToHexString(), program.ParentSpanId.ToHexString(), program.TraceStateString));
        Assert.Equal(TraceId, order.TraceId.ToHexString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("00-not-a-context-01")]
    public async Task Without_a_caller_the_programs_own_roots_stay_roots(string? traceParent)
    {
        var environment = new Dictionary<string, string>();
        if (traceParent is not null)
        {
            environment["TRACEPARENT"] = traceParent;
        }

        var seen = await SeenActivities.OfAsync(environment, OrderAsync, options => options.Sources.Add("Shop.*"));

        Assert.Equal("", Assert.Single(seen.Ended).ParentSpanId.ToHexString().Trim('0'));
    }

    [Fact]
    public async Task Provenance_is_on_everything_that_is_sent_and_a_span_may_name_another_task()
    {
        var seen = await SeenActivities.OfAsync(
            new()
            {
                ["AGENTOBS_TASK_ID"] = "SHOP-12",
                ["AGENTOBS_TASK_TITLE"] = "Pay by card",
                ["AGENTOBS_TASK_URL"] = "https://tickets.test/SHOP-12",
                ["AGENTOBS_ROLE"] = "tester",
                ["AGENTOBS_RUN_ID"] = "run-7",
            },
            OrderAsync,
            options =>
            {
                options.ServiceName = "orders";
                options.Sources.Add("Shop.*");
            });

        Assert.Equal(
            ["SHOP-12", "Pay by card", "https://tickets.test/SHOP-12", "tester", "run-7", "orders"],
            ((string[])["agentobs.task.id", "agentobs.task.title", "agentobs.task.url", "agentobs.role", "agentobs.run.id", "service.name"])
                .Select(key => seen.Resource[key]));
        Assert.Equal("SHOP-13", Assert.Single(seen.Ended).GetTagItem("agentobs.task.id"));
    }

    [Fact]
    public async Task A_call_through_Extensions_AI_is_one_span_without_its_words()
    {
        var seen = await SeenActivities.OfAsync([], async () =>
        {
            using var chat = new UsageChatClient().AsBuilder().UseOpenTelemetry().Build();
            await chat.GetResponseAsync("Say good morning", cancellationToken: TestContext.Current.CancellationToken);
            using var direct = new UsageChatClient();
            await direct.GetResponseAsync("Say good morning", cancellationToken: TestContext.Current.CancellationToken);
        });

        Assert.Equal(["Experimental.Microsoft.Extensions.AI", "OpenAI.ChatClient"], seen.Ended.Select(activity => activity.Source.Name));
        Assert.Equal(11, seen.Ended.First().GetTagItem("gen_ai.usage.input_tokens"));
        Assert.DoesNotContain("good morning", string.Join('\n', seen.Ended.SelectMany(activity => activity.TagObjects).Select(tag => tag.Value)), StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>A tool that the model called asks a model itself: the tool's span is of Microsoft.Extensions.AI too, but has no tokens.</summary>
    [Fact]
    public async Task A_call_that_a_tool_makes_is_not_taken_for_the_tool()
    {
        var seen = await SeenActivities.OfAsync([], async () =>
        {
            using var ai = new ActivitySource("Experimental.Microsoft.Extensions.AI");
            using var tool = ai.StartActivity("execute_tool ask", ActivityKind.Internal, default(ActivityContext), [new("gen_ai.operation.name", "execute_tool")]);
            using var direct = new UsageChatClient();
            await direct.GetResponseAsync("Say good morning", cancellationToken: TestContext.Current.CancellationToken);
        });

        Assert.Equal(["OpenAI.ChatClient", "Experimental.Microsoft.Extensions.AI"], seen.Ended.Select(activity => activity.Source.Name));
    }

    [Fact]
    public async Task A_program_that_exits_in_the_middle_is_sent()
    {
        await using var target = await Ingest.Forwarding.ForwardTarget.StartAsync(isGrpc: false);
        var otlp = new OtlpTarget(target.Url, "");
        using var provider = OpenTelemetry.Sdk.CreateTracerProviderBuilder().AddSource(ProgramActivity.SourceName).AddOtlpExporter(options => otlp.Configure(options, "traces")).Build();
        var program = ProgramActivity.Begin(_ => $"00-{TraceId}-{CallerId}-01")!;
        program.SendTo(provider);

        program.Exit(this, EventArgs.Empty);

        Assert.Contains(CallerId, Convert.ToHexStringLower((await target.NextAsync()).Body), StringComparison.Ordinal);
    }

    [Fact]
    public void A_program_that_dies_of_an_exception_says_so_with_its_type_alone()
    {
        using var seen = new SeenActivities();
        using var provider = OpenTelemetry.Sdk.CreateTracerProviderBuilder().AddSource(ProgramActivity.SourceName).AddProcessor(seen).Build();
        var program = ProgramActivity.Begin(_ => $"00-{TraceId}-{CallerId}-01")!;
        program.SendTo(provider);

        program.Fail(this, new UnhandledExceptionEventArgs(new InvalidOperationException("what was worked on"), isTerminating: true));

        var ended = Assert.Single(seen.Ended);
        Assert.Equal((ActivityStatusCode.Error, "System.InvalidOperationException"), (ended.Status, ended.StatusDescription));
    }

    [Fact]
    public void Adding_it_again_changes_nothing()
    {
        var services = new ServiceCollection();
        AgentObsHosting.Add(services, null, _ => null);
        var count = services.Count;

        AgentObsHosting.Add(services, null, _ => null);

        Assert.Equal(count, services.Count);
    }

    [Fact]
    public void A_wrong_address_is_named_with_a_right_one()
    {
        var error = Assert.Throws<FormatException>(() => AgentObsHosting.Add(
            new ServiceCollection(), null, name => name == "AGENTOBS_OTLP_HTTP_URL" ? "localhost:4318" : null));

        Assert.Contains("AGENTOBS_OTLP_HTTP_URL is 'localhost:4318'", error.Message, StringComparison.Ordinal);
        Assert.Contains("http://127.0.0.1:4318", error.Message, StringComparison.Ordinal);
    }

    private static Task OrderAsync()
    {
        using var order = Shop.StartActivity("order").SetTask("SHOP-13");
        return Task.CompletedTask;
    }
}
