using System.Reflection;
using System.Text;

namespace Modus.Cli.Shell;

/// <summary>The line that <c>modus --version</c> prints.</summary>
internal static class VersionText
{
    public static string Line { get; } =
        $"modus {typeof(VersionText).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown"}";

    /// <summary>Writes the line to standard output, with as little of the runtime as that takes.</summary>
    public static int Print()
    {
        using var output = Console.OpenStandardOutput();
        output.Write(Encoding.UTF8.GetBytes(Line + "\n"));
        return ExitCode.Done;
    }
}
