using AgentObs.Tests.Repository;

namespace AgentObs.Tests.Query.Sessions;

/// <summary>
/// The reviewed trees of the recorded scenarios, one text file each. AGENTOBS_UPDATE_EXPECTED=1 writes what came out instead of comparing: every
/// line that changes is to be checked against what the clients really did.
/// </summary>
internal static class ExpectedTrees
{
    private static string Folder => Path.Combine(RepositoryFiles.Root, "AgentObs.Tests", "Query", "Sessions", "Expected");

    public static void Check(string scenario, string actual)
    {
        var file = Path.Combine(Folder, scenario + ".txt");
        if (Environment.GetEnvironmentVariable("AGENTOBS_UPDATE_EXPECTED") == "1")
        {
            File.WriteAllText(file, actual);
        }

        Assert.Equal(File.Exists(file) ? File.ReadAllText(file) : "", actual);
    }
}
