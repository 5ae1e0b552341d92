using System.Globalization;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using AgentObs.Conventions;

namespace AgentObs.Ingest.Forwarding;

/// <summary>Whether a target is the one that was named: its certificate, judged as the runtime judges it, and said so that somebody can act on it.</summary>
internal static class TargetCertificate
{
    public static SslClientAuthenticationOptions Options(ForwardOptions options) => new()
    {
        CertificateChainPolicy = options.Roots is { } roots ? Only(roots) : null,
        RemoteCertificateValidationCallback = (_, certificate, chain, errors) =>
            errors == SslPolicyErrors.None ? true : throw new TargetCertificateException(WordsOf(options, certificate, chain, errors)),
    };

    /// <summary>Revocation is not asked for, as the runtime does not by default: a private CA rarely answers.</summary>
    private static X509ChainPolicy Only(ForwardRoots roots)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.AddRange(roots.Certificates);
        return policy;
    }

    private static string WordsOf(ForwardOptions options, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        var name = Setting.ForwardCertificate.Variable;
        var problems = chain is null ? X509ChainStatusFlags.NoError : chain.ChainStatus.Aggregate(X509ChainStatusFlags.NoError, (all, status) => all | status.Status);
        return errors switch
        {
            _ when certificate is null => "the target shows no certificate.",
            _ when errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch) =>
                $"the target's certificate is not for '{options.Url.Host}': name the host in {Setting.ForwardUrl.Variable} as the certificate does.",
            _ when problems.HasFlag(X509ChainStatusFlags.NotTimeValid) =>
                $"the target's certificate, or one of its issuers, has expired or is not valid yet (its own: {DatesOf(certificate)}).",
            _ when options.Roots is { } roots => $"the target's certificate is not issued by one in '{roots.File}', which is what {name} names ({problems}).",
            _ => $"the target's certificate is not trusted here ({problems}). Set {name} to the PEM file with the CA that issued it.",
        };
    }

    private static string DatesOf(X509Certificate certificate)
    {
        using var read = new X509Certificate2(certificate);
        return string.Create(CultureInfo.InvariantCulture, $"{read.NotBefore.ToUniversalTime():u} to {read.NotAfter.ToUniversalTime():u}");
    }
}
