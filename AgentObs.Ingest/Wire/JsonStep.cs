namespace AgentObs.Ingest.Wire;

/// <summary>One step of the path to the JSON value at hand: a field, and where it is a list the element's index (else -1).</summary>
internal record struct JsonStep(OtlpField Field, int Index);
