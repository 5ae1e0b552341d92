namespace AgentObs.Launcher;

/// <summary>Finds a program as a shell does, but never one of our own shims: those would start the launcher again.</summary>
internal static class ProgramSearch
{
    /// <summary>A line of every shim, by which it is known under any name, link or data folder.</summary>
    public const string ShimMark = "# agentobs shim";

    private const int HeadBytes = 64;

    /// <param name="command">A path, or a name that is looked for in <paramref name="path"/>.</param>
    /// <param name="path">PATH.</param>
    /// <param name="problem">What is wrong where it is not found, with the exit code that a shell gives: 127 not there, 126 not executable.</param>
    /// <param name="chain">Is passed over; see <see cref="WrapperChain"/>.</param>
    public static string? Find(string command, string path, out ChildExit problem, IReadOnlyList<string>? chain = null)
    {
        problem = new ChildExit(127, Problem: "there is no such command");
        if (command.Contains('/', StringComparison.Ordinal))
        {
            return Check(command, ref problem) ? command : null;
        }

        var found = new List<string>();
        foreach (var folder in path.Split(':'))
        {
            // An empty entry is the current folder.
            var candidate = Path.Combine(folder.Length == 0 ? "." : folder, command);
            if (Check(candidate, ref problem) && !IsShim(candidate))
            {
                found.Add(candidate);
                if (chain is not { Count: > 0 })
                {
                    break;
                }
            }
        }

        return WrapperChain.Choose(chain ?? [], found, ref problem);
    }

    /// <summary>Whether a file is a shim of any data folder.</summary>
    public static bool IsShim(string file)
    {
        try
        {
            using var stream = File.OpenRead(file);
            var head = new byte[HeadBytes];
            var length = stream.ReadAtLeast(head, HeadBytes, throwOnEndOfStream: false);
            return System.Text.Encoding.Latin1.GetString(head, 0, length).Contains(ShimMark, StringComparison.Ordinal);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static bool Check(string file, ref ChildExit problem)
    {
        if (Directory.Exists(file))
        {
            problem = new ChildExit(126, Problem: "it is a folder");
            return false;
        }

        if (!File.Exists(file))
        {
            return false;
        }

        if (LibC.Access(file, LibC.Executable) == 0)
        {
            return true;
        }

        problem = new ChildExit(126, Problem: "it is not executable");
        return false;
    }
}
