using System.Runtime.InteropServices;
using System.Text;

namespace AgentObs.Storage.Embedded;

internal static unsafe class Utf8
{
    /// <summary>A terminated native string, or null where there is none. Bytes that are no UTF-8 become U+FFFD.</summary>
    internal static string? Read(byte* text) =>
        text is null ? null : Encoding.UTF8.GetString(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(text));
}
