using System.Collections.Concurrent;
using Grpc.Core;
using Grpc.Net.Client;

namespace AgentObs.Tests.Ingest.Hardening;

/// <summary>
/// Clients that export over gRPC as SDKs do: several requests in flight each, and a request that was not acknowledged is sent again, to
/// whatever process answers then.
/// </summary>
internal sealed class Flood(int spansPerRequest) : IDisposable
{
    private const int Clients = 4;
    private const int InFlight = 4;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private static readonly Marshaller<byte[]> Raw = new(bytes => bytes, bytes => bytes);
    private static readonly Method<byte[], byte[]> Export =
        new(MethodType.Unary, "opentelemetry.proto.collector.trace.v1.TraceService", "Export", Raw, Raw);

    private readonly ConcurrentDictionary<int, byte> acknowledged = [];
    private readonly ConcurrentQueue<RpcException> failures = [];
    private readonly ConcurrentDictionary<int, int> sessions = [];
    private volatile GrpcChannel[] channels = [];
    private int next;
    private int end = int.MaxValue;

    public static IEnumerable<string> Sessions => Enumerable.Range(0, Clients).Select(Session);

    public int SpansPerRequest => spansPerRequest;

    /// <summary>Numbers of the requests that were answered with OK.</summary>
    public ICollection<int> Acknowledged => acknowledged.Keys;

    /// <summary>Requests handed out so far: none above this number was sent.</summary>
    public int Sent => Volatile.Read(ref next);

    /// <summary>What was answered instead of OK.</summary>
    public IReadOnlyCollection<RpcException> Failures => failures;

    /// <summary>Called after each acknowledgement, with their number.</summary>
    public Action<int>? OnAcknowledged { get; set; }

    /// <summary>False: what fails is not sent again.</summary>
    public bool Repeats { get; init; } = true;

    public static string Session(int client) => $"flood-{client}";

    /// <summary>Spans of a session that were acknowledged.</summary>
    public int SpansOf(string session) => spansPerRequest * acknowledged.Keys.Count(request => Session(sessions[request]) == session);

    /// <summary>Where to from now on.</summary>
    public void Connect(Uri target)
    {
        var old = channels;
        channels = [.. Enumerable.Range(0, Clients).Select(_ => GrpcChannel.ForAddress(target))];
        foreach (var channel in old)
        {
            channel.Dispose();
        }
    }

    /// <summary>Sends requests until each of so many is acknowledged (<see cref="Finish"/> ends an endless one).</summary>
    public Task RunAsync(int requests = int.MaxValue)
    {
        end = requests;
        return Task.WhenAll(Enumerable.Range(0, Clients).SelectMany(client => Enumerable.Range(0, InFlight).Select(_ => Task.Run(() => SendAllAsync(client)))));
    }

    /// <summary>Begins no further request; those under way are still brought home.</summary>
    public void Finish() => Volatile.Write(ref end, 0);

    /// <summary>Completes when that many requests have been acknowledged.</summary>
    public Task AcknowledgesAsync(int count)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        OnAcknowledged = total => _ = total >= count && reached.TrySetResult();
        return acknowledged.Count >= count ? Task.CompletedTask : reached.Task;
    }

    public void Dispose()
    {
        foreach (var channel in channels)
        {
            channel.Dispose();
        }
    }

    private async Task SendAllAsync(int client)
    {
        while (true)
        {
            var request = Interlocked.Increment(ref next) - 1;
            if (request >= Volatile.Read(ref end))
            {
                Interlocked.Decrement(ref next);
                return;
            }

            // A session's requests come from one client, as an agent's do.
            sessions[request] = client;
            await SendAsync(client, request, FloodBody.Make(request, spansPerRequest, Session(client)));
        }
    }

    private async Task SendAsync(int client, int request, byte[] body)
    {
        do
        {
            try
            {
                await channels[client].CreateCallInvoker().AsyncUnaryCall(Export, null, default, body);
                acknowledged[request] = 0;
                OnAcknowledged?.Invoke(acknowledged.Count);
                return;
            }
            catch (RpcException e)
            {
                failures.Enqueue(e);
            }
            catch (ObjectDisposedException)
            {
                // The channel was exchanged under the call.
            }

            await Task.Delay(Pause);
        }
        while (Repeats);
    }
}
