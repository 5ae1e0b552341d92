namespace AgentObs.Query;

/// <summary>A request's parameter cannot be used; answered as 400 with the field's name.</summary>
internal sealed class BadParameterException(string field, string message) : Exception(message)
{
    public string Field { get; } = field;
}
