using System.Reflection;

namespace AgentObs.Storage;

/// <summary>A statement that lies as a file beside its reader, with its values as <c>{name:Type}</c> parameters.</summary>
/// <param name="Name">Folder and file: <c>Traces/ReadTrace.sql</c>.</param>
/// <param name="Text">The statement.</param>
public sealed record SqlFile(string Name, string Text)
{
    /// <summary>Reads an embedded resource of the assembly: named by its path, whatever stands before it.</summary>
    /// <exception cref="StorageException">There is no such resource; the message lists what there is.</exception>
    public static SqlFile Load(Assembly a, string name)
    {
        var dotted = Dotted(name);
        var names = a.GetManifestResourceNames();
        var resource = Array.Find(names, found => Dotted(found) == dotted || Dotted(found).EndsWith("." + dotted, StringComparison.Ordinal))
            ?? throw new StorageException(
                $"{a.GetName().Name} embeds no {name}; it has {string.Join(", ", names)}. Add it as an EmbeddedResource.");
        using var reader = new StreamReader(a.GetManifestResourceStream(resource)!);
        return new SqlFile(name, reader.ReadToEnd());
    }

    /// <summary>
    /// Resources are named with dots by default, and with the slashes of either system where the project gives a LogicalName.
    /// </summary>
    private static string Dotted(string name) => name.Replace('/', '.').Replace('\\', '.');
}
