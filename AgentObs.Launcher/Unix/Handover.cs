namespace AgentObs.Launcher;

/// <summary>Becomes another program, with this one's pid, descriptors and environment.</summary>
internal static unsafe class Handover
{
    /// <summary>Returns only where the program is not there or cannot be run.</summary>
    public static void To(string program, IReadOnlyList<string> arguments)
    {
        if (OperatingSystem.IsWindows() || !File.Exists(program))
        {
            return;
        }

        MakeExecutable(program);
        _ = LibC.Execute(
            NativeStrings.Text(program), NativeStrings.Array([program, .. arguments]), NativeStrings.Environment(new Dictionary<string, string?>()));
    }

    // A tool's package keeps no modes.
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    private static void MakeExecutable(string program)
    {
        if (LibC.Access(program, LibC.Executable) == 0)
        {
            return;
        }

        try
        {
            File.SetUnixFileMode(program, File.GetUnixFileMode(program) | UnixFileMode.UserExecute);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Not ours to change: the same code runs in this process then.
        }
    }
}
