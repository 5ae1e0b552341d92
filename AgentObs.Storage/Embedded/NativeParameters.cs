using System.Runtime.InteropServices;
using System.Text;

namespace AgentObs.Storage.Embedded;

/// <summary>The names and values of a statement's <c>{name:Type}</c> parameters, laid out as the four arrays the ABI takes.</summary>
internal sealed unsafe class NativeParameters : IDisposable
{
    private readonly void* block;

    /// <param name="parameters">Name and value; the value in ClickHouse's escaped text form (<c>\t</c>, <c>\n</c>, <c>\\</c>).</param>
    internal NativeParameters(IReadOnlyList<KeyValuePair<string, string>> parameters)
    {
        Count = (nuint)parameters.Count;
        if (parameters.Count == 0)
        {
            return;
        }

        var text = 0;
        foreach (var (name, value) in parameters)
        {
            text += Encoding.UTF8.GetByteCount(name) + Encoding.UTF8.GetByteCount(value);
        }

        var arrays = parameters.Count * sizeof(nuint);
        block = NativeMemory.Alloc((nuint)((4 * arrays) + text));
        Names = (byte**)block;
        NameLengths = (nuint*)((byte*)block + arrays);
        Values = (byte**)((byte*)block + (2 * arrays));
        ValueLengths = (nuint*)((byte*)block + (3 * arrays));
        var next = (byte*)block + (4 * arrays);
        var end = next + text;
        for (var i = 0; i < parameters.Count; i++)
        {
            Names[i] = next;
            next += NameLengths[i] = Write(parameters[i].Key, next, end);
            Values[i] = next;
            next += ValueLengths[i] = Write(parameters[i].Value, next, end);
        }
    }

    ~NativeParameters() => NativeMemory.Free(block);

    internal nuint Count { get; }

    internal byte** Names { get; }

    internal nuint* NameLengths { get; }

    internal byte** Values { get; }

    internal nuint* ValueLengths { get; }

    public void Dispose()
    {
        NativeMemory.Free(block);
        GC.SuppressFinalize(this);
    }

    private static nuint Write(string text, byte* at, byte* end) =>
        (nuint)Encoding.UTF8.GetBytes(text, new Span<byte>(at, checked((int)(end - at))));
}
