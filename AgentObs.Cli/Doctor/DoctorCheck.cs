namespace AgentObs.Cli.Doctor;

/// <summary>Looks at one thing. It changes nothing.</summary>
internal abstract class DoctorCheck
{
    /// <summary>The first part of its findings' ids: <c>storage</c>.</summary>
    public abstract string Area { get; }

    /// <summary>In words, for the progress line: <c>storage and disk</c>.</summary>
    public abstract string Subject { get; }

    /// <summary>It asks the running AgentObs: left out where none answers.</summary>
    public virtual bool NeedsApi => false;

    /// <summary>It sends something: it runs when all others have looked at what is there.</summary>
    public virtual bool Sends => false;

    /// <summary>After this time it is given up.</summary>
    public virtual TimeSpan Limit => TimeSpan.FromSeconds(10);

    /// <exception cref="CommandException">What was asked did not answer; it becomes a finding.</exception>
    public abstract Task<IReadOnlyList<Finding>> RunAsync(Patient patient, CancellationToken cancellation);
}
