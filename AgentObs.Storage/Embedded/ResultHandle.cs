using Microsoft.Win32.SafeHandles;

namespace AgentObs.Storage.Embedded;

/// <summary>
/// A <c>chdb_result*</c>: a whole result, a chunk of a stream, or the stream itself. Its buffer lives as long as the handle.
/// </summary>
internal sealed class ResultHandle() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
{
    internal unsafe ReadOnlySpan<byte> Bytes
    {
        get
        {
            var length = checked((int)Chdb.ResultLength(this));
            return length == 0 ? [] : new ReadOnlySpan<byte>(Chdb.ResultBuffer(this), length);
        }
    }

    internal unsafe string? Error => Utf8.Read(Chdb.ResultError(this));

    protected override bool ReleaseHandle()
    {
        Chdb.DestroyResult(handle);
        return true;
    }
}
