using System.Globalization;

namespace AgentObs.Cli.Doctor;

/// <summary>Runs the checks at once, each within its time; those that send something after them. What fails in one is a finding of that one.</summary>
/// <param name="first">Runs before all others: it tells whether AgentObs answers.</param>
/// <param name="others">In the order of the report; those that send something last.</param>
internal sealed class Examiner(DoctorCheck first, IReadOnlyList<DoctorCheck> others)
{
    /// <param name="patient">What is looked at.</param>
    /// <param name="tell">Is told which subjects are still being looked at.</param>
    /// <param name="cancellation">Ends all checks.</param>
    /// <returns>One a check, in order.</returns>
    public async Task<IReadOnlyList<Examination>> RunAsync(Patient patient, Action<IReadOnlyCollection<string>> tell, CancellationToken cancellation)
    {
        tell([first.Subject]);
        var answers = await ExamineAsync(first, patient, cancellation);
        var open = others.Select(check => check.Subject).ToList();
        tell(open);
        var looked = await Task.WhenAll(others.Where(check => !check.Sends).Select(ExamineAndTellAsync));
        var sent = new List<Examination>();
        foreach (var check in others.Where(check => check.Sends))
        {
            sent.Add(await ExamineAndTellAsync(check));
        }

        return [answers, .. looked, .. sent];

        async Task<Examination> ExamineAndTellAsync(DoctorCheck check)
        {
            var examination = await ExamineAsync(check, patient, cancellation);
            lock (open)
            {
                open.Remove(check.Subject);
                tell([.. open]);
            }

            return examination;
        }
    }

    private static async Task<Examination> ExamineAsync(DoctorCheck check, Patient patient, CancellationToken cancellation)
    {
        if (check.NeedsApi && !patient.Answers)
        {
            return new Examination(check.Area, [], "AgentObs does not answer");
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        try
        {
            // A thread of its own: what blocks in one check (a dead network drive) holds up no other.
            var run = Task.Run(() => check.RunAsync(patient, limit.Token), CancellationToken.None);
            var findings = await run.WaitAsync(check.Limit, patient.Clock, cancellation);
            return new Examination(check.Area, findings, null);
        }
        catch (Exception error) when (!cancellation.IsCancellationRequested)
        {
            return new Examination(check.Area, [Failure(check, error)], null);
        }
        finally
        {
            await limit.CancelAsync();
        }
    }

    private static Finding Failure(DoctorCheck check, Exception error) => error switch
    {
        TimeoutException => Finding.Warning(
            $"{check.Area}.timeout",
            string.Create(CultureInfo.InvariantCulture, $"Looking at {check.Subject} was given up after {check.Limit.TotalSeconds:0} s."),
            Invocation.Of("doctor") + "   (again; where it stays so, something there does not answer)"),
        CommandException failure => Finding.Problem(
            $"{check.Area}.failed", Sentence(failure.Message), failure.Next.Count > 0 ? failure.Next[0] : Invocation.Of("serve --verbose")),
        _ => Finding.Warning(
            $"{check.Area}.failed", $"Looking at {check.Subject} failed: {Sentence(error.Message)}", "Nothing to mend is known: please report it.", error.GetType().Name),
    };

    private static string Sentence(string text) => text.EndsWith('.') ? text : text + ".";
}
