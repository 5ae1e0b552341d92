namespace AgentObs.Cli.Doctor;

/// <summary>Room on the disk of the data folder.</summary>
internal sealed class DiskCheck : DoctorCheck
{
    // The engine begins nothing more below 64 MiB (docs/spec/ingest.md); a merge needs as much as the parts it merges.
    private const long Kept = 64L << 20;
    private const long Little = 2_000_000_000;

    public override string Area => "disk";

    public override string Subject => "disk space";

    public override Task<IReadOnlyList<Finding>> RunAsync(Patient patient, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<Finding>>(patient.IsContainers ? [] : [Room(patient)]);

    private static Finding Room(Patient patient)
    {
        var folder = new DirectoryInfo(patient.DataFolder);
        while (!folder.Exists && folder.Parent is { } parent)
        {
            folder = parent;
        }

        var drive = new DriveInfo(folder.FullName);
        return Judge(patient.DataFolder, drive.AvailableFreeSpace, drive.TotalSize);
    }

    internal static Finding Judge(string dataFolder, long free, long total)
    {
        var evidence = $"{dataFolder}: {Words.Size(free)} free of {Words.Size(total)}";
        return free switch
        {
            <= Kept => Finding.Problem(
                "disk.room", $"The disk is full ({Words.Size(free)} free): agents are told to come again, and nothing is stored.",
                "free space on it (AgentObs goes on by itself), or AGENTOBS_DATA=<a folder with room> " + Invocation.Of("serve"), evidence),
            < Little => Finding.Warning(
                "disk.room", $"Only {Words.Size(free)} are free on the disk of the data folder.",
                $"AGENTOBS_RETENTION_GB=5 {Invocation.Of("serve")}   (keeps less), or free space on it", evidence),
            _ => Finding.Ok("disk.room", $"Disk: {Words.Size(free)} free.", evidence),
        };
    }
}
