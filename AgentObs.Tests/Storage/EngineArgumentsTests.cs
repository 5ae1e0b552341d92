using System.Globalization;
using AgentObs.Storage;
using AgentObs.Storage.Embedded;

namespace AgentObs.Tests.Storage;

/// <summary>What the engine itself says of its settings: it keeps silent about those that it does not take.</summary>
public sealed class EngineArgumentsTests
{
    private static readonly SqlFile Effective = new("settings", """
        SELECT name, value FROM system.server_settings WHERE name IN {names:Array(String)}
        UNION ALL SELECT name, value FROM system.merge_tree_settings WHERE name IN {names:Array(String)}
        UNION ALL SELECT name, value FROM system.settings WHERE name IN {names:Array(String)} AND NOT is_obsolete
        UNION ALL SELECT 'keep_free_space_bytes', toString(keep_free_space) FROM system.disks WHERE name = 'default'
        """);

    [Fact]
    public async Task Every_setting_reaches_the_engine()
    {
        await using var store = await EngineFixture.OpenDatabaseAsync();
        var given = EngineArguments.OfConnection(EngineFixture.DataFolder, "tests")
            .Concat(EngineArguments.OfEngine(Directory.CreateDirectory(Path.Combine(EngineFixture.DataFolder, "arguments", "work")).Parent!.FullName, fsyncInserts: false))
            .Select(argument => argument.TrimStart('-').Split('=', 2))
            .Where(argument => argument[0] is not ("path" or "config-file" or "log_comment" or "backups.allowed_path"))
            .ToDictionary(argument => argument[0], argument => argument[1]);
        given.Add("merge_selector_base", "20");
        given.Add("keep_free_space_bytes", EngineArguments.KeptFreeBytes.ToString(CultureInfo.InvariantCulture));
        var effective = await store.QueryAsync(
            Effective, new Dictionary<string, object?> { ["names"] = given.Keys.ToArray() }, row => (row.GetString(0), row.GetString(1)), TestContext.Current.CancellationToken);
        Assert.Equal(given.Select(setting => (setting.Key, setting.Value)).Order(), effective.Order());
    }
}
