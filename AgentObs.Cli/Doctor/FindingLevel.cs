namespace AgentObs.Cli.Doctor;

internal enum FindingLevel
{
    /// <summary>As it should be.</summary>
    Ok,

    /// <summary>Works, or may not matter here; something would be lost.</summary>
    Warning,

    /// <summary>Telemetry is lost or does not nest.</summary>
    Problem,
}
