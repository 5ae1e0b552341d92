using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using AgentObs.Conventions;

namespace AgentObs.Ingest.Forwarding;

/// <summary>Roots that a target is trusted by in place of the system's: a company's own CA, or the target's own certificate where it issued that itself.</summary>
/// <param name="File">Where they were read from; told where a target is not trusted.</param>
/// <param name="Certificates">At least one is a root; others are intermediates that a target may leave out.</param>
public sealed record ForwardRoots(string File, X509Certificate2Collection Certificates)
{
    /// <returns>Null without a file, or with one that is added to <paramref name="failures"/>.</returns>
    /// <param name="file">PEM: one block or more of <c>-----BEGIN CERTIFICATE-----</c>.</param>
    /// <param name="failures">What is wrong, with the fix.</param>
    public static ForwardRoots? Read(string file, List<string> failures)
    {
        if (file.Length == 0)
        {
            return null;
        }

        var said = $"{Setting.ForwardCertificate.Variable} is '{file}'";
        var certificates = new X509Certificate2Collection();
        try
        {
            certificates.ImportFromPem(System.IO.File.ReadAllText(file));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            failures.Add($"{said}, which cannot be read: {error.Message} Name the PEM file with the CA of the target, or leave it out for the system's.");
            return null;
        }
        catch (CryptographicException error)
        {
            failures.Add($"{said}, which holds a certificate that cannot be read: {error.Message} Each is a block of base64 between -----BEGIN CERTIFICATE----- and -----END CERTIFICATE-----.");
            return null;
        }

        if (certificates.Count == 0)
        {
            failures.Add($"{said}, in which there is no -----BEGIN CERTIFICATE-----. It has to be PEM; one in DER becomes it with: openssl x509 -inform der -in '{file}' -out ca.pem");
            return null;
        }

        if (!certificates.Any(certificate => certificate.SubjectName.RawData.AsSpan().SequenceEqual(certificate.IssuerName.RawData)))
        {
            failures.Add($"{said}, which holds no root: '{certificates[0].Subject}' is issued by '{certificates[0].Issuer}'. Add the certificate of that CA to the file.");
            return null;
        }

        return new ForwardRoots(file, certificates);
    }
}
