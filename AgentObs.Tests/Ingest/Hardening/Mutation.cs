using System.IO.Compression;

namespace AgentObs.Tests.Ingest.Hardening;

/// <summary>Makes recorded bodies wrong in ways that know their structure. The same random numbers make the same body.</summary>
internal sealed class Mutation(Random random)
{
    private const int MaxBytes = 400_000;

    /// <summary>Some mutations, one after the other.</summary>
    public byte[] Of(byte[] body, bool isJson)
    {
        for (var changes = random.Next(1, 5); changes > 0; changes--)
        {
            body = body.Length == 0 ? [(byte)random.Next(256)] : isJson && random.Next(3) > 0 ? Text(body) : random.Next(2) == 0 ? Structure(body) : Bytes(body);
        }

        return body.Length > MaxBytes ? body[..MaxBytes] : body;
    }

    /// <summary>Bits of compressed data flipped, its end cut off, something put behind it.</summary>
    public byte[] Compressed(byte[] body)
    {
        var gzip = OtlpClient.Compress(body, s => random.Next(2) == 0 ? new GZipStream(s, CompressionLevel.Fastest) : new ZLibStream(s, CompressionLevel.Fastest));
        switch (random.Next(4))
        {
            case 0:
                gzip[random.Next(gzip.Length)] ^= (byte)(1 << random.Next(8));
                return gzip;
            case 1:
                return gzip[..random.Next(gzip.Length)];
            case 2:
                return [.. gzip, .. gzip];
            default:
                return gzip;
        }
    }

    /// <summary>A gRPC frame, mostly one whose flag or length is not its message's.</summary>
    public byte[] Frame(byte[] message, bool isCompressed)
    {
        var frame = GrpcRequest.Frame(message, isCompressed);
        switch (random.Next(5))
        {
            case 0:
                frame[random.Next(5)] = (byte)random.Next(256);
                return frame;
            case 1:
                return frame[..random.Next(frame.Length)];
            case 2:
                return [.. frame, .. frame];
            default:
                return frame;
        }
    }

    private byte[] Bytes(byte[] body)
    {
        var from = random.Next(body.Length);
        var to = random.Next(from, Math.Min(body.Length, from + 2000));
        switch (random.Next(4))
        {
            case 0:
                return body[..from];
            case 1:
                return [.. body[..from], .. body[to..]];
            case 2:
                return [.. body[..to], .. body[from..]];
            default:
                var changed = (byte[])body.Clone();
                changed[from] = (byte)random.Next(256);
                return changed;
        }
    }

    /// <summary>Changes one field of a message somewhere in the tree: its tag, its length, its content; or repeats it, or puts it into itself.</summary>
    private byte[] Structure(byte[] body)
    {
        var (start, head, end) = Field(body);
        if (end <= start)
        {
            return Bytes(body);
        }

        var field = body[start..end];
        byte[] replaced = random.Next(7) switch
        {
            0 => [(byte)random.Next(256), .. field[1..]],
            1 => [field[0], .. Varint((ulong)random.NextInt64()), .. body[head..end]],
            2 => [field[0], 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, (byte)random.Next(256), .. body[head..end]],
            3 => [.. Enumerable.Repeat(field, random.Next(2, 50)).SelectMany(f => f)],
            4 => Nested(field, random.Next(2, 200)),
            5 => [field[0], .. Varint((ulong)(end - head) + 1), .. body[head..end]],
            _ => [],
        };
        return [.. body[..start], .. replaced, .. body[end..]];
    }

    private static byte[] Nested(byte[] field, int levels)
    {
        for (; levels > 0 && field.Length < MaxBytes; levels--)
        {
            field = [field[0], .. Varint((ulong)field.Length), .. field];
        }

        return field;
    }

    private static byte[] Varint(ulong value)
    {
        var bytes = new List<byte>();
        for (; value >= 0x80; value >>= 7)
        {
            bytes.Add((byte)(value | 0x80));
        }

        return [.. bytes, (byte)value];
    }

    /// <summary>A length-delimited field: where its tag, its content and its end stand; goes down into it as often as chance will.</summary>
    private (int Start, int Head, int End) Field(byte[] body)
    {
        var best = (0, 0, 0);
        var (from, to) = (0, body.Length);
        while (true)
        {
            var found = Fields(body, from, to);
            if (found.Count == 0)
            {
                return best;
            }

            best = found[random.Next(found.Count)];
            if (random.Next(4) == 0)
            {
                return best;
            }

            (from, to) = (best.Item2, best.Item3);
        }
    }

    private static List<(int, int, int)> Fields(byte[] body, int from, int to)
    {
        var found = new List<(int, int, int)>();
        for (var at = from; at < to;)
        {
            var start = at;
            if (!ReadVarint(body, ref at, to, out var tag) || tag >> 3 is 0 or > 100)
            {
                return [];
            }

            switch (tag & 7)
            {
                case 0 when ReadVarint(body, ref at, to, out _):
                    break;
                case 1:
                    at += 8;
                    break;
                case 5:
                    at += 4;
                    break;
                case 2 when ReadVarint(body, ref at, to, out var length) && length <= (ulong)(to - at):
                    found.Add((start, at, at + (int)length));
                    at += (int)length;
                    break;
                default:
                    return [];
            }
        }

        return found;
    }

    private static bool ReadVarint(byte[] body, ref int at, int to, out ulong value)
    {
        value = 0;
        for (var shift = 0; at < to && shift < 64; shift += 7)
        {
            var next = body[at++];
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80)
            {
                return true;
            }
        }

        return false;
    }

    private byte[] Text(byte[] json)
    {
        var at = random.Next(json.Length);
        byte[] inserted = random.Next(8) switch
        {
            0 => "\""u8.ToArray(),
            1 => [.. Enumerable.Repeat((byte)'[', random.Next(1, 400))],
            2 => [.. Enumerable.Repeat("{\"arrayValue\":{\"values\":["u8.ToArray(), random.Next(1, 90)).SelectMany(b => b)],
            3 => "-1e999"u8.ToArray(),
            4 => "\\ud800"u8.ToArray(),
            5 => "null"u8.ToArray(),
            6 => "\0"u8.ToArray(),
            _ => "}"u8.ToArray(),
        };
        return [.. json[..at], .. inserted, .. json[Math.Min(json.Length, at + random.Next(3))..]];
    }
}
