namespace AgentObs.Cli.Setup;

/// <summary>Where a property of a JSON object stands, in bytes.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Start">The name's first quote.</param>
/// <param name="ValueStart">The value's first byte.</param>
/// <param name="End">Behind the value.</param>
/// <param name="Comma">The comma behind it; null where there is none.</param>
internal sealed record JsonPlace(string Name, int Start, int ValueStart, int End, int? Comma);
