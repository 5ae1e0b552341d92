using System.CommandLine;
using System.Globalization;
using AgentObs.Cli.Replaying;
using Spectre.Console;

namespace AgentObs.Cli.Commands;

/// <summary>Progress on stderr while recordings are replayed, the table of what was sent on stdout.</summary>
internal static class ReplayConsole
{
    public static async Task<ReplayTotals> RunAsync(
        Replayer replayer, IReadOnlyList<Recording> recordings, InvocationConfiguration console, CancellationToken cancellation)
    {
        var all = new List<ReplayTotals>();
        await Terminal.On(console.Error).Progress().AutoClear(true).StartAsync(async progress =>
        {
            var task = progress.AddTask("Replaying", maxValue: Math.Max(1, recordings.Sum(recording => recording.Requests.Count)));
            foreach (var recording in recordings)
            {
                task.Description = Markup.Escape(recording.Name);
                all.Add(await replayer.ReplayAsync(recording, () => task.Increment(1), cancellation));
            }
        });
        var sum = ReplayTotals.Sum(all);
        Terminal.On(console.Output).Write(Table(all.Count > 1 ? [.. all, sum] : all));
        return sum;
    }

    private static Table Table(IReadOnlyList<ReplayTotals> rows)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumn("recording");
        foreach (var name in (string[])["requests", "spans", "logs", "points", "refused"])
        {
            table.AddColumn(new TableColumn(name).RightAligned());
        }

        foreach (var row in rows)
        {
            table.AddRow(
                Markup.Escape(row.Recording), Number(row.Requests),
                Number(row.Spans), Number(row.Logs), Number(row.Points), Number(row.Refused));
        }

        return table;
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
