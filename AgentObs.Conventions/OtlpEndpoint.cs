namespace AgentObs.Conventions;

/// <summary>Compares the OTLP endpoints that clients are set to, as people write them, with an address of AgentObs's own.</summary>
public static class OtlpEndpoint
{
    /// <summary><c>localhost:4317</c> is taken for http, as gRPC clients take it.</summary>
    /// <returns>Null where it is no address.</returns>
    public static Uri? Read(string endpoint) =>
        Uri.TryCreate(endpoint.Contains("://", StringComparison.Ordinal) ? endpoint : "http://" + endpoint, UriKind.Absolute, out var url) && url.Host.Length > 0 ? url : null;

    /// <summary>True for the same port of the same host. All names of this machine's loopback, and the address that stands for each of its own, are one.</summary>
    public static bool IsSame(Uri url, Uri own) => url.Port == own.Port && (url.IdnHost == own.IdnHost || (IsHere(url) && IsHere(own)));

    /// <summary>True for an address that is this machine wherever it is said.</summary>
    public static bool IsHere(Uri url) => url.IsLoopback || url.Host is "0.0.0.0" or "[::]";
}
