using Microsoft.Win32.SafeHandles;

namespace AgentObs.Storage.Embedded;

/// <summary>A <c>chdb_insert_stream</c>. Releasing one that was not finished cancels the insert.</summary>
internal sealed class InsertHandle() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
{
    internal unsafe string? Error => Utf8.Read(Chdb.StreamInsertError(this));

    protected override bool ReleaseHandle()
    {
        Chdb.DestroyInsertStream(handle);
        return true;
    }
}
