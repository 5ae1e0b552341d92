using System.Text.RegularExpressions;
using System.Xml.Linq;
using AgentObs.Storage;
using AgentObs.Tests.Repository;
using AgentObs.Tests.Storage;
using AgentObs.Tests.Storage.Front;
using YamlDotNet.RepresentationModel;

namespace AgentObs.Tests.Containers;

/// <summary>The collector's configuration names only what exists, and our tables take what its exporter inserts.</summary>
public sealed partial class CollectorConfigTests
{
    private static readonly string[] Kinds = ["receivers", "processors", "exporters", "extensions"];

    public static TheoryData<string> Files => ["collector/config.yaml", "collector/signoz.yaml"];

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_component_and_option_exists(string file)
    {
        var config = YamlFile.Read(file);
        Assert.Empty(config.Pairs().Select(pair => pair.Key).Except([.. Kinds, "service"]));
        foreach (var kind in Kinds)
        {
            foreach (var (name, component) in config.At(kind).Pairs())
            {
                // `transform/park` is the component `transform` under a name of its own.
                Assert.Empty(component.Leaves().Except(CollectorFiles.Options[$"{kind}/{name.Split('/')[0]}"]));
            }
        }
    }

    [Fact]
    public void Pipelines_use_what_is_defined_and_all_of_it()
    {
        var config = YamlFile.Read("collector/config.yaml");
        var pipelines = config.At("service", "pipelines").Pairs().ToList();
        Assert.Equal(["logs", "metrics", "traces"], pipelines.Select(pipeline => pipeline.Key).Order());
        Assert.Equal(Names(config, "extensions"), config.At("service", "extensions").Texts().Order());
        foreach (var kind in Kinds[..3])
        {
            Assert.Equal(Names(config, kind), pipelines.SelectMany(pipeline => pipeline.Value.At(kind).Texts()).Distinct().Order());
        }

        // It refuses before anything is decoded further, and nothing is stored that was not looked through.
        Assert.All(pipelines, pipeline => Assert.Equal("memory_limiter", pipeline.Value.At("processors").Texts().First()));
        Assert.All(pipelines, pipeline => Assert.Contains("redaction", pipeline.Value.At("processors").Texts()));
    }

    [Fact]
    public void What_was_accepted_survives_a_crash()
    {
        var exporter = YamlFile.Read("collector/config.yaml").At("exporters", "clickhouse")!;
        Assert.Equal("file_storage", exporter.At("sending_queue", "storage").Texts().Single());
        Assert.Null(YamlFile.Read("collector/config.yaml").At("processors", "batch"));
        Assert.Equal("false", exporter.At("create_schema").Texts().Single());
        Assert.Equal("false", exporter.At("async_insert").Texts().Single());
    }

    [Fact]
    public void The_companion_gets_what_is_stored_and_never_holds_it_up()
    {
        var signoz = YamlFile.Read("collector/signoz.yaml");
        Assert.All(signoz.At("service", "pipelines").Pairs(), pipeline => Assert.Equal(["clickhouse", "otlp_grpc/signoz"], pipeline.Value.At("exporters").Texts()));
        Assert.Equal("false", signoz.At("exporters", "otlp_grpc/signoz", "retry_on_failure", "enabled").Texts().Single());
        Assert.Null(signoz.At("exporters", "otlp_grpc/signoz", "sending_queue", "storage"));
    }

    [Fact]
    public void Every_variable_has_a_default_and_the_units_set_known_ones()
    {
        var text = RepositoryFiles.Read("collector/config.yaml");
        Assert.Equal(AnyVariable().Count(text), WithDefault().Count(text));
        var known = CollectorFiles.Variables("collector/config.yaml");
        Assert.Empty(Ours().Matches(RepositoryFiles.Read("collector/agentobs-collector.service")).Select(match => match.Value).Except(known));
        var plist = XDocument.Parse(RepositoryFiles.Read("collector/dev.agentobs.collector.plist").Replace("<!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\" \"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">", "", StringComparison.Ordinal));
        Assert.Empty(plist.Descendants("dict").Last().Elements("key").Select(key => key.Value).Except(known));
    }

    [Fact]
    public async Task Our_tables_have_every_column_the_exporter_inserts_and_ask_for_no_other()
    {
        await using var store = await EngineFixture.OpenDatabaseAsync();
        var inserts = RecordedExchange.All().Where(exchange => exchange.Kind == "insert").Select(exchange => Insert().Match(Uri.UnescapeDataString(exchange.Url.Replace('+', ' ')))).ToList();
        var lists = inserts.GroupBy(match => match.Groups[1].Value).ToDictionary(group => group.Key, group => Columns(group.First()));
        Assert.Equal(7, lists.Count);
        foreach (var (table, inserted) in lists)
        {
            var ours = await store.QueryAsync(
                new SqlFile("columns", "SELECT name, default_kind FROM system.columns WHERE database = currentDatabase() AND table = {table:String}"),
                new Dictionary<string, object?> { ["table"] = table }, row => (Name: row.GetString(0), Default: row.GetString(1)), TestContext.Current.CancellationToken);

            // A value for a computed column is refused; a column that is neither inserted nor has a default would be silently empty.
            Assert.Empty(inserted.Except(ours.Where(column => column.Default.Length == 0).Select(column => column.Name)));
            Assert.Empty(ours.Where(column => column.Default.Length == 0).Select(column => column.Name).Except(inserted));
        }

        Assert.Contains("EventName", lists["otel_logs"]);
        Assert.Equal(22, lists["otel_traces"].Count);
    }

    private static List<string> Names(YamlMappingNode config, string kind) => [.. config.At(kind).Pairs().Select(pair => pair.Key).Order()];

    private static List<string> Columns(Match insert) =>
        [.. insert.Groups[2].Value.Split(',').Select(column => column.Trim().Trim('`', '"').Replace("`", "", StringComparison.Ordinal)).Where(column => column.Length > 0)];

    [GeneratedRegex("""INSERT INTO ["`]otel["`]\.["`](\w+)["`] \(([^)]+)\)""")]
    private static partial Regex Insert();

    [GeneratedRegex(@"\$\{env:")]
    private static partial Regex AnyVariable();

    [GeneratedRegex(@"\$\{env:[A-Z_]+:-[^}]*\}")]
    private static partial Regex WithDefault();

    [GeneratedRegex("AGENTOBS_[A-Z_]+")]
    private static partial Regex Ours();
}
