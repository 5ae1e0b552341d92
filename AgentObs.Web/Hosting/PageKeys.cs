using Microsoft.AspNetCore.DataProtection;

namespace AgentObs.Web;

/// <summary>The keys that sign what a page sends back: the descriptors of its components and its forms' tokens.</summary>
internal static class PageKeys
{
    /// <summary>
    /// A page does not outlive its process, so its keys need not: they stay in memory, and nothing is written to the user's home. Call it after
    /// what asks for data protection itself.
    /// </summary>
    public static void KeepInMemory(IServiceCollection services)
    {
        services.AddDataProtection().UseEphemeralDataProtectionProvider();

        // It makes the key ring at the start whether or not anything reads it: ~/.aspnet/DataProtection-Keys/key-<guid>.xml.
        foreach (var warmUp in services.Where(IsKeyRingWarmUp).ToArray())
        {
            services.Remove(warmUp);
        }
    }

    private static bool IsKeyRingWarmUp(ServiceDescriptor service) =>
        service.ServiceType == typeof(IHostedService) && !service.IsKeyedService && service.ImplementationType?.Assembly == typeof(EphemeralDataProtectionProvider).Assembly;
}
