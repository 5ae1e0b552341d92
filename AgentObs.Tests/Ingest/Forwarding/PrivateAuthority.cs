using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace AgentObs.Tests.Ingest.Forwarding;

/// <summary>A CA that nobody else knows, as companies have them, with files for its certificate.</summary>
internal sealed class PrivateAuthority : IDisposable
{
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    private readonly X509Certificate2 own;
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("agentobs-ca-");
    private int files;

    /// <param name="name">Common name.</param>
    /// <param name="issuer">Of an intermediate; null: a root.</param>
    public PrivateAuthority(string name, PrivateAuthority? issuer = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true));
        if (issuer is null)
        {
            own = request.CreateSelfSigned(Now.AddDays(-30), Now.AddDays(30));
        }
        else
        {
            using var issued = request.Create(issuer.own, Now.AddDays(-25), Now.AddDays(25), RandomNumberGenerator.GetBytes(8));
            own = issued.CopyWithPrivateKey(key);
        }

        PemFile = File(System.Text.Encoding.ASCII.GetBytes(own.ExportCertificatePem()));
    }

    public string PemFile { get; }

    public byte[] Der => own.RawData;

    /// <summary>A file with these bytes, which goes with the authority.</summary>
    public string File(byte[] content)
    {
        var path = Path.Combine(folder.FullName, $"{++files}.pem");
        System.IO.File.WriteAllBytes(path, content);
        return path;
    }

    /// <summary>A server's certificate with its key.</summary>
    public X509Certificate2 Issue(string host, bool isExpired = false)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={host}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        if (IPAddress.TryParse(host, out var address))
        {
            names.AddIpAddress(address);
        }
        else
        {
            names.AddDnsName(host);
        }

        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.Create(own, Now.AddDays(-20), Now.AddDays(isExpired ? -10 : 20), RandomNumberGenerator.GetBytes(8));
        using var withKey = certificate.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(withKey.Export(X509ContentType.Pkcs12), null);
    }

    public void Dispose()
    {
        own.Dispose();
        folder.Delete(recursive: true);
    }
}
