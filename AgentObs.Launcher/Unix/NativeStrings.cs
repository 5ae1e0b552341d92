using System.Runtime.InteropServices;

namespace AgentObs.Launcher;

/// <summary>A null-terminated array of UTF-8 strings (argv, envp). Never freed: it lives as long as the process that hands it over.</summary>
internal static unsafe class NativeStrings
{
    public static byte* Text(string text) => (byte*)Marshal.StringToCoTaskMemUTF8(text);

    public static byte** Array(IReadOnlyList<string> texts)
    {
        var array = New(texts.Count);
        for (var i = 0; i < texts.Count; i++)
        {
            array[i] = Text(texts[i]);
        }

        return array;
    }

    /// <summary>
    /// This process's environment with some variables set or (null) removed. The others are handed on as the bytes they are: a value need not be
    /// UTF-8.
    /// </summary>
    public static byte** Environment(IReadOnlyDictionary<string, string?> changes)
    {
        var current = Current();
        var count = 0;
        while (current[count] is not null)
        {
            count++;
        }

        var array = New(count + changes.Count);
        var at = 0;
        for (var i = 0; i < count; i++)
        {
            if (!changes.ContainsKey(NameOf(current[i])))
            {
                array[at++] = current[i];
            }
        }

        foreach (var (name, value) in changes)
        {
            if (value is not null)
            {
                array[at++] = Text($"{name}={value}");
            }
        }

        array[at] = null;
        return array;
    }

    private static string NameOf(byte* entry)
    {
        var text = MemoryMarshal.CreateReadOnlySpanFromNullTerminated(entry);
        var equals = text.IndexOf((byte)'=');
        return System.Text.Encoding.UTF8.GetString(equals < 0 ? text : text[..equals]);
    }

    private static byte** Current() => OperatingSystem.IsMacOS()
        ? *LibC.EnvironmentOfMac()
        : *(byte***)NativeLibrary.GetExport(NativeLibrary.Load("libc"), "environ");

    private static byte** New(int count) => (byte**)NativeMemory.AllocZeroed((nuint)(count + 1), (nuint)sizeof(byte*));
}
