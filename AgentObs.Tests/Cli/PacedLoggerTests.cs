using AgentObs.Cli.Serving;
using Microsoft.Extensions.Logging;

namespace AgentObs.Tests.Cli;

/// <summary>A hostile sender's refusals do not fill the log.</summary>
public sealed class PacedLoggerTests
{
    [Fact]
    public void A_line_a_second_of_each_kind_says_how_many_were_left_out()
    {
        var time = new Clock();
        var lines = new Lines();
        using var provider = new PacedLoggerProvider(lines, time);
        var log = provider.CreateLogger("AgentObs.Ingest.Otlp.OtlpReceiver");
        var other = provider.CreateLogger("AgentObs.Query.SessionProjection");
        for (var i = 0; i < 1000; i++)
        {
            AgentObs.Ingest.Log.Refused(log, "hostile", "traces", "Undecodable", $"{i}");
            AgentObs.Ingest.Log.Refused(log, "other", "traces", "Overloaded", $"{i}");
            AgentObs.Ingest.Log.Refused(other, "unpaced", "traces", "Undecodable", $"{i}");
        }

        Assert.Equal(1000, lines.Written.RemoveAll(line => line.StartsWith("unpaced", StringComparison.Ordinal)));
        Assert.Equal(["hostile: traces refused, Undecodable: 0", "other: traces refused, Overloaded: 0"], lines.Written);
        time.Now += TimeSpan.FromSeconds(1);
        AgentObs.Ingest.Log.Refused(log, "hostile", "traces", "Undecodable", "again");
        Assert.Equal("hostile: traces refused, Undecodable: again (999 more like this were not logged)", lines.Written[^1]);
        time.Now += TimeSpan.FromSeconds(1);
        AgentObs.Ingest.Log.Refused(log, "hostile", "traces", "Undecodable", "last");
        Assert.Equal("hostile: traces refused, Undecodable: last", lines.Written[^1]);
    }

    private sealed class Clock : TimeProvider
    {
        public TimeSpan Now { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now.Ticks;
    }

    private sealed class Lines : ILogger, ILoggerProvider
    {
        public List<string> Written { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public ILogger CreateLogger(string categoryName) => this;

        public void Dispose()
        {
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Written.Add(formatter(state, exception));
    }
}
