using Microsoft.Win32.SafeHandles;

namespace AgentObs.Launcher;

/// <summary>
/// Reads a file of the user's that may be none: a pipe waits for somebody who writes, in a call that no signal ends, and a device may have no end.
/// </summary>
internal static class RegularFile
{
    private const int LargestBytes = 16 * 1024 * 1024;
    private const int ChunkBytes = 64 * 1024;

    private static int ReadWithoutWaiting => OperatingSystem.IsMacOS() ? 0x1000004 : 0x80800;

    /// <exception cref="IOException">It is not there, or it is a pipe, a device or a folder, or too large.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static byte[] Read(string path)
    {
        // A link to /dev/null switches a file off. It can be read, and root may write: a file would take the device's place.
        var target = File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? Path.GetFullPath(path);
        if (!OperatingSystem.IsWindows() && target.StartsWith("/dev/", StringComparison.Ordinal))
        {
            throw new IOException($"it is the device {target}, not a file");
        }

        using var stream = Open(path);
        if (!stream.CanSeek)
        {
            throw new IOException("it is a pipe, not a file");
        }

        using var bytes = new MemoryStream();
        var chunk = new byte[ChunkBytes];
        for (int read; (read = stream.Read(chunk)) > 0;)
        {
            if (bytes.Length + read > LargestBytes)
            {
                throw new IOException($"it has more than {LargestBytes >> 20} MB");
            }

            bytes.Write(chunk, 0, read);
        }

        return bytes.ToArray();
    }

    private static FileStream Open(string path)
    {
        if (OperatingSystem.IsWindows() || LibC.Open(path, ReadWithoutWaiting) is not (>= 0 and var descriptor))
        {
            // Says why it cannot be opened.
            return File.OpenRead(path);
        }

        var handle = new SafeFileHandle(descriptor, ownsHandle: true);
        try
        {
            return new FileStream(handle, FileAccess.Read, bufferSize: 0);
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }
}
