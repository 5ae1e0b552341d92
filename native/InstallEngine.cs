// Task of Engine.targets: compiled by MSBuild when the engine is missing, so it needs no project of its own.
using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

/// <summary>
/// Installs the engine's npm package into a staging folder and moves the library into place with one rename: a build that is killed
/// half-way leaves a folder that nobody reads. Builds at the same time wait for each other at a locked file, which dies with its owner.
/// </summary>
public sealed class InstallEngine : Task
{
    [Required]
    public string NativeFolder { get; set; } = "";

    [Required]
    public string Platform { get; set; } = "";

    [Required]
    public string TargetFolder { get; set; } = "";

    [Required]
    public string LibraryFile { get; set; } = "";

    public override bool Execute()
    {
        var engineFolder = Path.Combine(NativeFolder, "engine");
        Directory.CreateDirectory(engineFolder);
        using (WaitForLock(Path.Combine(engineFolder, "install.lock")))
        {
            return File.Exists(Path.Combine(TargetFolder, LibraryFile)) || Install(engineFolder);
        }
    }

    private bool Install(string engineFolder)
    {
        foreach (var left in Directory.GetDirectories(engineFolder, ".staging-*"))
        {
            Directory.Delete(left, true);
        }

        var staging = Path.Combine(engineFolder, ".staging-" + Guid.NewGuid().ToString("N"));
        Directory.CreateDirectory(staging);
        try
        {
            var manifest = Path.Combine(NativeFolder, Platform);
            var isLocked = false;
            foreach (var name in new[] { "package.json", "package-lock.json", ".npmrc" })
            {
                var from = Path.Combine(manifest, name);
                if (File.Exists(from))
                {
                    File.Copy(from, Path.Combine(staging, name));
                    isLocked |= name == "package-lock.json";
                }
            }

            Log.LogMessage(MessageImportance.High, "Installing the embedded engine for {0} (178 MB through npm, once)", Platform);
            return Npm(staging, isLocked ? "ci" : "install") && Place(staging);
        }
        finally
        {
            if (Directory.Exists(staging))
            {
                Directory.Delete(staging, true);
            }
        }
    }

    private bool Npm(string staging, string verb)
    {
        var start = new ProcessStartInfo("npm", verb + " --no-audit --no-fund --loglevel=error")
        {
            WorkingDirectory = staging,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        var output = "";
        try
        {
            using (var npm = Process.Start(start))
            {
                npm.OutputDataReceived += (_, line) => Log.LogMessage(MessageImportance.Low, "{0}", line.Data ?? "");
                npm.BeginOutputReadLine();
                output = npm.StandardError.ReadToEnd();
                npm.WaitForExit();
                if (npm.ExitCode == 0)
                {
                    return true;
                }
            }
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return Fail(
                "AGENTOBS001",
                "The embedded engine is fetched with npm, and npm is not on PATH. Install Node.js 20 or later (it brings npm) and build again; "
                + "or point AGENTOBS_LIBCHDB to a libchdb.so that you have; or build with -p:AgentObsTopology=containers.");
        }

        return Fail(
            "AGENTOBS002",
            "npm could not install the embedded engine for " + Platform + ". Check the network and 'npm config get registry', then build again: "
            + "nothing half-installed is kept. Without a network, point AGENTOBS_LIBCHDB to a libchdb.so that you have. npm says: "
            + Gist(output));
    }

    /// <summary>npm's reason on one line, without its call stack: MSBuild repeats the whole error for each line of it.</summary>
    private static string Gist(string output)
    {
        var lines = output.Split(new[] { '\n' }, StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Replace("npm error", "").Trim())
            .Where(line => line.Length != 0 && !line.StartsWith("at ", StringComparison.Ordinal));
        var text = string.Join("; ", lines);
        return text.Length <= 600 ? text : text.Substring(0, 600);
    }

    private bool Place(string staging)
    {
        var package = Path.Combine(staging, "node_modules", "@chdb", "lib-" + Platform);
        if (!File.Exists(Path.Combine(package, LibraryFile)))
        {
            return Fail("AGENTOBS003", "The package @chdb/lib-" + Platform + " was installed but has no " + LibraryFile
                + ": npm skips packages of another platform or C library. Run 'npm ls' in native/" + Platform + " and report what it says.");
        }

        if (Directory.Exists(TargetFolder))
        {
            Directory.Delete(TargetFolder, true);
        }

        Directory.CreateDirectory(Path.GetDirectoryName(TargetFolder));
        Directory.Move(package, TargetFolder);
        return true;
    }

    private bool Fail(string code, string message)
    {
        Log.LogError(null, code, null, "native/Engine.targets", 0, 0, 0, 0, "{0}", message);
        return false;
    }

    private FileStream WaitForLock(string path)
    {
        var isTold = false;
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException)
            {
                if (!isTold)
                {
                    Log.LogMessage(MessageImportance.High, "Another build is installing the embedded engine; waiting for it");
                    isTold = true;
                }

                Thread.Sleep(200);
            }
        }
    }
}
