using System.Reflection;

namespace Modus.Cli.Shell;

/// <summary>The line that <c>modus --version</c> prints.</summary>
internal static class VersionText
{
    public static string Line { get; } =
        $"modus {typeof(VersionText).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown"}";
}
