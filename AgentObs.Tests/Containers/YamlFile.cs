using AgentObs.Tests.Repository;
using YamlDotNet.RepresentationModel;

namespace AgentObs.Tests.Containers;

/// <summary>A YAML file of the repository, and what is at a path in it.</summary>
internal static class YamlFile
{
    public static YamlMappingNode Read(string relative)
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(RepositoryFiles.Read(relative)));
        return (YamlMappingNode)yaml.Documents.Single().RootNode;
    }

    /// <summary>The node below these keys; null where there is none.</summary>
    public static YamlNode? At(this YamlNode node, params string[] path)
    {
        foreach (var key in path)
        {
            if (node is not YamlMappingNode map || !map.Children.TryGetValue(new YamlScalarNode(key), out var child))
            {
                return null;
            }

            node = child;
        }

        return node;
    }

    public static IEnumerable<(string Key, YamlNode Value)> Pairs(this YamlNode? node) =>
        node is YamlMappingNode map ? map.Children.Select(pair => (((YamlScalarNode)pair.Key).Value!, pair.Value)) : [];

    public static IEnumerable<string> Texts(this YamlNode? node) => node switch
    {
        YamlSequenceNode list => list.Children.SelectMany(Texts),
        YamlScalarNode scalar => [scalar.Value ?? ""],
        _ => [],
    };

    /// <summary>Every scalar below the node with the path of keys to it; elements of a list are <c>[]</c>: <c>trace_statements.[].context</c>.</summary>
    public static IEnumerable<string> Leaves(this YamlNode node, string path = "") => node switch
    {
        YamlMappingNode map => map.Pairs().SelectMany(pair => pair.Value.Leaves(path.Length == 0 ? pair.Key : $"{path}.{pair.Key}")),
        YamlSequenceNode list => list.Children.SelectMany(child => child.Leaves($"{path}.[]")),
        _ => [path],
    };
}
