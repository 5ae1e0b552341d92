using System.Text.Json;

namespace AgentObs.Cli.Replaying;

/// <summary>One entry of an <c>index.json</c>; every complaint names file, entry and field.</summary>
internal readonly struct IndexEntry(string file, int position, JsonElement element)
{
    public bool Has(string field) => Find(field) is not null;

    public string Text(string field) =>
        Find(field) is { ValueKind: JsonValueKind.String } value && value.GetString() is { Length: > 0 } text
            ? text
            : throw Wrong(field, "must be a text");

    public long Number(string field) =>
        Find(field) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt64(out var number) && number >= 0
            ? number
            : throw Wrong(field, "must be a whole number of 0 or more");

    public string OneOf(string field, params ReadOnlySpan<string> allowed)
    {
        var text = Text(field);
        return allowed.Contains(text) ? text : throw Wrong(field, $"is '{text}'; it must be one of {string.Join(", ", allowed.ToArray())}");
    }

    public CommandException Wrong(string field, string what) =>
        CommandException.Failed($"{file}: field \"{field}\" of entry {position} {what}.");

    private JsonElement? Find(string field) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(field, out var value) ? value : null;
}
