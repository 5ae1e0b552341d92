using System.Net.Sockets;
using AgentObs.Cli.Serving;
using AgentObs.Conventions;

namespace AgentObs.Cli.Doctor;

/// <summary>Who holds the ports that AgentObs wants, or that clients send to by default.</summary>
internal sealed class PortsCheck : DoctorCheck
{
    private static readonly Setting[] Wanted = [Setting.WebUrl, Setting.OtlpGrpcUrl, Setting.OtlpHttpUrl];

    public override string Area => "ports";

    public override string Subject => "ports";

    public override async Task<IReadOnlyList<Finding>> RunAsync(Patient patient, CancellationToken cancellation)
    {
        var own = new[] { patient.Running.Web, patient.Running.OtlpGrpc, patient.Running.OtlpHttp };
        var findings = new List<Finding>();
        for (var i = 0; i < Wanted.Length; i++)
        {
            var setting = Wanted[i];
            var byDefault = new Uri(setting.Default);
            if (!patient.Answers)
            {
                Add(await TakenAsync(patient, setting, own[i], cancellation));
            }
            else if (setting != Setting.WebUrl && own.All(url => url.Port != byDefault.Port) && await IsTakenAsync(byDefault, cancellation))
            {
                Add(Finding.Warning(
                    "ports.default",
                    $"Port {byDefault.Port}, where clients send by default, is not this AgentObs's: it is held by {Holder(byDefault.Port)}.",
                    Invocation.Of("setup") + $"   (points the agents to {own[i].GetLeftPart(UriPartial.Authority)})",
                    $"this AgentObs takes telemetry at {own[i].GetLeftPart(UriPartial.Authority)}"));
            }
        }

        return findings;

        void Add(Finding? finding)
        {
            if (finding is not null)
            {
                findings.Add(finding);
            }
        }
    }

    private static async Task<Finding?> TakenAsync(Patient patient, Setting setting, Uri url, CancellationToken cancellation)
    {
        // A process of its own folder is told of by the first check.
        if (!await IsTakenAsync(url, cancellation) || patient.Written?.Pid == PortHolders.Find(url.Port)?.Pid && patient.Written is not null)
        {
            return null;
        }

        var holder = PortHolders.Find(url.Port);
        return holder is { IsAgentObs: true }
            ? Finding.Warning(
                "ports.taken", $"Port {url.Port} ({setting.Variable}) is held by an AgentObs (pid {holder.Pid}) with another data folder.",
                $"{Setting.Data.Variable}=<its data folder> {Invocation.Of("doctor")}", $"{setting.Variable}: {url.Authority}")
            : Finding.Problem(
                "ports.taken", $"Port {url.Port} ({setting.Variable}) is held by {Holder(url.Port)}: AgentObs cannot have it.",
                $"{setting.Variable}=http://127.0.0.1:0 {Invocation.Of("serve")}", $"{setting.Variable}: {url.Authority}");
    }

    private static string Holder(int port) => PortHolders.Find(port) is { } holder ? $"{holder.Name} (pid {holder.Pid})" : "a process of another user";

    private static async Task<bool> IsTakenAsync(Uri url, CancellationToken cancellation)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(url.Host.Trim('[', ']'), url.Port, cancellation);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
