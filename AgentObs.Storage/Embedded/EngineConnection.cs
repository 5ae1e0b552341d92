using System.Runtime.InteropServices;
using System.Text;

namespace AgentObs.Storage.Embedded;

/// <summary>
/// One session of the engine: it runs one statement at a time and its calls block. After any failure it is dropped, because what a failed
/// <c>chdb_query</c> had put out is prepended to the next result of the same connection.
/// </summary>
internal sealed unsafe class EngineConnection : IDisposable
{
    private readonly ConnectionHandle handle;

    /// <summary>The result or insert that was last begun: the engine must be rid of it before it closes the connection.</summary>
    private SafeHandle? begun;

    private EngineConnection(ConnectionHandle handle)
    {
        this.handle = handle;
    }

    /// <summary>The database that unqualified names of this connection mean now.</summary>
    internal string Database { get; private set; } = "default";

    /// <param name="arguments">As on a command line: <c>--path=/data</c>, <c>--max_threads=2</c>.</param>
    /// <returns>Null where the engine refuses; it writes its reason to standard error only.</returns>
    internal static EngineConnection? TryOpen(IReadOnlyList<string> arguments)
    {
        var texts = new nint[arguments.Count + 1];
        try
        {
            texts[0] = Marshal.StringToCoTaskMemUTF8("agentobs");
            for (var i = 0; i < arguments.Count; i++)
            {
                texts[i + 1] = Marshal.StringToCoTaskMemUTF8(arguments[i]);
            }

            fixed (nint* argv = texts)
            {
                var handle = Chdb.Connect(texts.Length, (byte**)argv);
                return handle.IsInvalid ? null : new EngineConnection(handle);
            }
        }
        finally
        {
            foreach (var text in texts)
            {
                Marshal.FreeCoTaskMem(text);
            }
        }
    }

    internal void UseDatabase(string database)
    {
        if (database == Database)
        {
            return;
        }

        using (Execute("USE {database:Identifier}", "TabSeparated", [new("database", database)]))
        {
            Database = database;
        }
    }

    /// <summary>Changes settings for the rest of the connection's life.</summary>
    /// <param name="settings">Names that have been checked to be names; values as text, which the engine takes for numbers too.</param>
    internal void Set(IReadOnlyList<KeyValuePair<string, string>> settings)
    {
        var assignments = settings.Select(setting =>
        {
            var literal = setting.Value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal);
            return $"{setting.Key} = '{literal}'";
        });
        Execute($"SET {string.Join(", ", assignments)}", "Null", []).Dispose();
    }

    /// <summary>Runs a statement to its end and answers the whole result: for statements that answer little.</summary>
    internal ResultHandle Execute(string sql, string format, IReadOnlyList<KeyValuePair<string, string>> parameters)
    {
        using var bound = new NativeParameters(parameters);
        var text = Encoding.UTF8.GetBytes(sql);
        var formatText = Encoding.UTF8.GetBytes(format);
        fixed (byte* sqlBytes = text, formatBytes = formatText)
        {
            return Checked(Chdb.Query(
                handle.Connection, sqlBytes, (nuint)text.Length, formatBytes, (nuint)formatText.Length,
                bound.Names, bound.NameLengths, bound.Values, bound.ValueLengths, bound.Count));
        }
    }

    /// <summary>Starts a statement whose result is read in chunks with <see cref="Fetch"/>.</summary>
    internal ResultHandle Stream(string sql, string format, IReadOnlyList<KeyValuePair<string, string>> parameters)
    {
        using var bound = new NativeParameters(parameters);
        var text = Encoding.UTF8.GetBytes(sql);
        var formatText = Encoding.UTF8.GetBytes(format);
        fixed (byte* sqlBytes = text, formatBytes = formatText)
        {
            var stream = Checked(Chdb.StreamQuery(
                handle.Connection, sqlBytes, (nuint)text.Length, formatBytes, (nuint)formatText.Length,
                bound.Names, bound.NameLengths, bound.Values, bound.ValueLengths, bound.Count));
            begun = stream;
            return stream;
        }
    }

    /// <returns>The next chunk; null at the end.</returns>
    internal ResultHandle? Fetch(ResultHandle stream)
    {
        var chunk = Checked(Chdb.StreamFetch(handle.Connection, stream));
        if (Chdb.ResultLength(chunk) != 0)
        {
            return chunk;
        }

        chunk.Dispose();
        return null;
    }

    internal void CancelStream(ResultHandle stream) => Chdb.StreamCancel(handle.Connection, stream);

    /// <param name="sql">The INSERT up to, without, its FORMAT clause.</param>
    /// <param name="format">The format of the bytes to come.</param>
    /// <param name="parameters">The statement's parameters.</param>
    internal InsertHandle BeginInsert(string sql, string format, IReadOnlyList<KeyValuePair<string, string>> parameters)
    {
        using var bound = new NativeParameters(parameters);
        var text = Encoding.UTF8.GetBytes(sql);
        var formatText = Encoding.UTF8.GetBytes(format);
        fixed (byte* sqlBytes = text, formatBytes = formatText)
        {
            var insert = Chdb.StreamInsert(
                handle.Connection, sqlBytes, (nuint)text.Length, formatBytes, (nuint)formatText.Length,
                bound.Names, bound.NameLengths, bound.Values, bound.ValueLengths, bound.Count);
            if (insert.Error is { } error)
            {
                insert.Dispose();
                throw EngineException.From(error);
            }

            begun = insert;
            return insert;
        }
    }

    /// <summary>A failure frees the insert: it must go before its connection, which is dropped then.</summary>
    internal static bool Append(InsertHandle insert, ReadOnlySpan<byte> data)
    {
        fixed (byte* bytes = data)
        {
            if (Chdb.StreamAppend(insert, bytes, (nuint)data.Length) == 0)
            {
                return true;
            }
        }

        // The reason is known only after the stream is finished.
        using (insert)
        {
            using var result = Chdb.StreamDone(insert);
            throw EngineException.From(result.Error ?? insert.Error ?? "the insert was refused without a reason");
        }
    }

    /// <summary>Ends the data and waits for the commit; frees the insert.</summary>
    internal static ResultHandle Commit(InsertHandle insert)
    {
        using (insert)
        {
            return Checked(Chdb.StreamDone(insert));
        }
    }

    public void Dispose()
    {
        begun?.Dispose();
        handle.Dispose();
    }

    private static ResultHandle Checked(ResultHandle result)
    {
        if (result.IsInvalid)
        {
            throw new EngineException("the engine answered nothing", 0);
        }

        if (result.Error is { } error)
        {
            result.Dispose();
            throw EngineException.From(error);
        }

        return result;
    }
}
