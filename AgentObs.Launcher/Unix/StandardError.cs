using System.Text;

namespace AgentObs.Launcher;

/// <summary>
/// One line on stderr in one write. <see cref="Console"/> would set up the terminal, which is the child's; a stream would write at a place of its own
/// where stderr is a file that the child writes to as well.
/// </summary>
internal static unsafe class StandardError
{
    public static void Say(string line)
    {
        // Nobody may read it: the child matters, not the message.
        var bytes = Encoding.UTF8.GetBytes($"agentobs: {line}\n");
        fixed (byte* start = bytes)
        {
            _ = LibC.Write(2, start, (nuint)bytes.Length);
        }
    }
}
