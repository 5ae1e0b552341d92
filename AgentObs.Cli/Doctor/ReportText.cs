using Spectre.Console;

namespace AgentObs.Cli.Doctor;

/// <summary>The report for a person: a line a finding; evidence and fix below those that are not well.</summary>
internal static class ReportText
{
    private const string Indent = "         ";

    public static void Write(IAnsiConsole console, DoctorReport report)
    {
        foreach (var finding in report.Findings)
        {
            Write(console, finding);
        }

        var skipped = report.Examinations.Where(examination => examination.Skipped is not null).ToList();
        if (skipped.Count > 0)
        {
            Line(console, "grey", "-", $"Not looked at ({skipped[0].Skipped}): {string.Join(", ", skipped.Select(examination => examination.Area))}.");
        }

        console.WriteLine();
        console.WriteLine(report.Summary);
    }

    private static void Write(IAnsiConsole console, Finding finding)
    {
        var (word, colour) = finding.Level switch
        {
            FindingLevel.Ok => ("ok", "green"),
            FindingLevel.Warning => ("warning", "yellow"),
            _ => ("problem", "red"),
        };
        Line(console, colour, word, finding.Found);
        if (finding.Level == FindingLevel.Ok)
        {
            return;
        }

        foreach (var line in finding.Evidence)
        {
            Plain(console, $"{Indent}{line}", "grey");
        }

        if (finding.Fix is { } fix)
        {
            foreach (var (line, number) in fix.Split('\n').Select((line, number) => (line, number)))
            {
                Plain(console, $"{Indent}{(number == 0 ? "Fix: " : "     ")}{line}", "default");
            }
        }
    }

    private static void Line(IAnsiConsole console, string colour, string word, string text)
    {
        console.Markup($"[{colour}]{word,-7}[/]  ");
        Plain(console, text, "default");
    }

    // Not Spectre's wrapping: a command that is broken into two lines cannot be copied.
    private static void Plain(IAnsiConsole console, string text, string colour)
    {
        if (console.Profile.Capabilities.Ansi && colour != "default")
        {
            console.Write(new ControlCode($"\u001b[90m{text}\u001b[0m\n"));
        }
        else
        {
            console.Profile.Out.Writer.Write(text + "\n");
        }
    }
}
