namespace AgentObs.Launcher;

/// <summary>Becomes another program, with this one's pid, descriptors and environment.</summary>
internal static unsafe class Handover
{
    /// <summary>Returns only where the program is not there or cannot be run.</summary>
    public static void To(string program, IReadOnlyList<string> arguments)
    {
        if (!OperatingSystem.IsWindows() && File.Exists(program))
        {
            _ = LibC.Execute(
                NativeStrings.Text(program), NativeStrings.Array([program, .. arguments]), NativeStrings.Environment(new Dictionary<string, string?>()));
        }
    }
}
