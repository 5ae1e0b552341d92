using AgentObs.Cli;
using AgentObs.Cli.Replaying;

namespace AgentObs.Tests.Cli;

/// <summary>A folder that is no recording says what is wrong, with file and field.</summary>
public sealed class RecordingReaderTests : IDisposable
{
    private const string Entry =
        """{"seq":1,"file":"1.pb","t_ms":5,"signal":"traces","protocol":"http","path":"/v1/traces","content_type":"application/x-protobuf","encoding":"identity"}""";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("agentobs-recording-");

    [Theory]
    [InlineData("{}", "is not a list of requests")]
    [InlineData("[", "is not JSON")]
    [InlineData("[3]", "\"seq\" of entry 0")]
    [InlineData("""[{"seq":1,"file":"../x"}]""", "\"file\" of entry 0 leads out of the folder")]
    [InlineData("""[{"seq":1,"file":"gone.pb"}]""", "\"file\" of entry 0 names gone.pb, which is not there")]
    [InlineData("""[{"seq":1,"file":"1.pb","t_ms":-1}]""", "\"t_ms\" of entry 0")]
    [InlineData("""[{"seq":1,"file":"1.pb","t_ms":1,"signal":"spans"}]""", "\"signal\" of entry 0 is 'spans'; it must be one of traces, logs, metrics")]
    public async Task Bad_index(string index, string expected)
    {
        await WriteAsync("1.pb", "");
        await WriteAsync("index.json", index);

        var error = await Assert.ThrowsAsync<CommandException>(() => RecordingReader.ReadAsync(_folder.FullName, TestContext.Current.CancellationToken));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.Contains("index.json", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Folder_of_folders_in_order_of_names()
    {
        foreach (var name in (string[])["b", "a"])
        {
            Directory.CreateDirectory(Path.Combine(_folder.FullName, name));
            await WriteAsync(Path.Combine(name, "1.pb"), "");
            await WriteAsync(Path.Combine(name, "index.json"), $"[{Entry}]");
        }

        var recordings = await RecordingReader.ReadAsync(_folder.FullName, TestContext.Current.CancellationToken);

        Assert.Equal(["a", "b"], recordings.Select(recording => recording.Name));
    }

    [Fact]
    public async Task Order_is_that_of_the_sequence_numbers()
    {
        await WriteAsync("1.pb", "");
        await WriteAsync("index.json", $"[{Entry.Replace("\"seq\":1", "\"seq\":2", StringComparison.Ordinal).Replace("5", "9", StringComparison.Ordinal)},{Entry}]");

        var recording = (await RecordingReader.ReadAsync(_folder.FullName, TestContext.Current.CancellationToken))[0];

        Assert.Equal([5, 9], recording.Requests.Select(request => request.AtMilliseconds));
    }

    [Fact]
    public async Task Bytes_that_are_no_request_name_the_file()
    {
        await WriteAsync("1.pb", "no protobuf");
        await WriteAsync("index.json", $"[{Entry}]");
        var recording = (await RecordingReader.ReadAsync(_folder.FullName, TestContext.Current.CancellationToken))[0];

        var error = Assert.Throws<CommandException>(() => recording.Requests[0].Count());

        Assert.Contains("1.pb is not an OTLP request of traces", error.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private Task WriteAsync(string name, string content) => File.WriteAllTextAsync(Path.Combine(_folder.FullName, name), content);
}
