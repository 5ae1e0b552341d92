using AgentObs.Cli.Doctor;

namespace AgentObs.Tests.Cli.Doctor;

/// <summary>A setting that silences an agent or breaks its nesting, and what the doctor says of it.</summary>
/// <param name="Name">The trap in words, as docs/spec/doctor.md has it.</param>
/// <param name="Set">Sets it in a user whose settings are otherwise right.</param>
/// <param name="Check">The check that sees it.</param>
/// <param name="Id">Its finding.</param>
/// <param name="Evidence">Stands in a line of its evidence.</param>
/// <param name="Fix">Stands in its fix.</param>
internal sealed record Trap(string Name, Action<ScratchUser> Set, DoctorCheck Check, string Id, FindingLevel Level, string Evidence, string Fix)
{
    /// <summary>A stock collector's ports take one protocol each.</summary>
    public bool Containers { get; init; }

    public string Token { get; init; } = "";
}
