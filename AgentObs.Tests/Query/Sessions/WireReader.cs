using System.Buffers.Binary;
using System.Text;

namespace AgentObs.Tests.Query.Sessions;

/// <summary>Reads protobuf's wire format: enough for recorded OTLP bodies, and nothing shared with the code under test.</summary>
internal ref struct WireReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    public int Field { get; private set; }
    public ulong Number { get; private set; }
    public ReadOnlySpan<byte> Bytes { get; private set; }

    public readonly string Text => Encoding.UTF8.GetString(Bytes);

    public readonly string Hex => Convert.ToHexStringLower(Bytes);

    public bool Next()
    {
        if (_rest.IsEmpty)
        {
            return false;
        }

        var key = Varint();
        Field = (int)(key >> 3);
        switch (key & 7)
        {
            case 0:
                Number = Varint();
                break;
            case 1:
                Number = BinaryPrimitives.ReadUInt64LittleEndian(_rest);
                _rest = _rest[8..];
                break;
            case 2:
                var length = (int)Varint();
                Bytes = _rest[..length];
                _rest = _rest[length..];
                break;
            case 5:
                Number = BinaryPrimitives.ReadUInt32LittleEndian(_rest);
                _rest = _rest[4..];
                break;
            default:
                throw new InvalidDataException($"wire type {key & 7}");
        }

        return true;
    }

    private ulong Varint()
    {
        ulong value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var b = _rest[0];
            _rest = _rest[1..];
            value |= (ulong)(b & 0x7f) << shift;
            if (b < 0x80)
            {
                return value;
            }
        }
    }
}
