using Microsoft.Win32.SafeHandles;

namespace AgentObs.Storage.Embedded;

/// <summary>A <c>chdb_connection*</c>; closed when released.</summary>
internal sealed class ConnectionHandle() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
{
    /// <summary>The <c>chdb_connection</c> that the statements take: what the handle points to.</summary>
    internal unsafe nint Connection => *(nint*)handle;

    protected override bool ReleaseHandle()
    {
        Chdb.CloseConnection(handle);
        return true;
    }
}
