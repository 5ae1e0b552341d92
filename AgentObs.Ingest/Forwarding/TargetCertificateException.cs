using System.Security.Authentication;

namespace AgentObs.Ingest.Forwarding;

/// <summary>The target's certificate is not taken; the message says why and what to set.</summary>
internal sealed class TargetCertificateException(string message) : AuthenticationException(message);
