using System.Reflection;
using System.Runtime.InteropServices;

namespace AgentObs.Storage.Embedded;

/// <summary>Loads libchdb once per process, from a path instead of the system's search.</summary>
internal static class EngineLibrary
{
    private static readonly Lock Gate = new();
    private static nint library;

    internal static void Load(string path)
    {
        lock (Gate)
        {
            if (library != 0)
            {
                return;
            }

            try
            {
                library = NativeLibrary.Load(path);
            }
            catch (Exception e) when (e is DllNotFoundException or BadImageFormatException)
            {
                throw new StorageException(
                    $"The engine's library {path} cannot be loaded: {e.Message} "
                    + "If the file is damaged, delete its folder and run: agentobs engine install",
                    e);
            }

            NativeLibrary.SetDllImportResolver(
                Assembly.GetExecutingAssembly(), (name, _, _) => name == Chdb.Library ? library : 0);

            // Before the first connection, or the engine takes the signals that the runtime turns into NullReferenceException.
            Chdb.SetSignalHandlersEnabled(0);
        }
    }
}
