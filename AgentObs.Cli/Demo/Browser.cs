using System.ComponentModel;
using System.Diagnostics;

namespace AgentObs.Cli.Demo;

/// <summary>The user's browser.</summary>
internal static class Browser
{
    /// <summary>False in CI and where there is no display: the address is printed anyway.</summary>
    public static bool IsThere => Environment.GetEnvironmentVariable("CI") is null or ""
        && (!OperatingSystem.IsLinux() || IsSet("DISPLAY") || IsSet("WAYLAND_DISPLAY"));

    public static void Open(Uri page)
    {
        try
        {
            using var started = OperatingSystem.IsWindows()
                ? Process.Start(new ProcessStartInfo(page.AbsoluteUri) { UseShellExecute = true })
                : Process.Start(new ProcessStartInfo(OperatingSystem.IsMacOS() ? "open" : "xdg-open", [page.AbsoluteUri])
                {
                    RedirectStandardOutput = true,
                    RedirectStandardError = true,
                });
        }
        catch (Win32Exception)
        {
            // No opener is installed. The address is on the screen.
        }
    }

    private static bool IsSet(string variable) => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(variable));
}
