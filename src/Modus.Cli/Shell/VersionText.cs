using System.Reflection;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Modus.Cli.Shell;

/// <summary>The line that <c>modus --version</c> prints.</summary>
internal static class VersionText
{
    private const nint StandardOutput = 1;

    public static string Line { get; } =
        $"modus {typeof(VersionText).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown"}";

    /// <summary>Writes the line to standard output, with as little of the runtime as that takes.</summary>
    public static int Print()
    {
        var line = Encoding.UTF8.GetBytes(Line + "\n");
        if (OperatingSystem.IsWindows())
        {
            using var output = Console.OpenStandardOutput();
            output.Write(line);
            return ExitCode.Done;
        }

        // Past the console, which would prepare for a terminal's keys and signals first.
        using var handle = new SafeFileHandle(StandardOutput, ownsHandle: false);
        using var stream = new FileStream(handle, FileAccess.Write, bufferSize: 0);
        stream.Write(line);
        return ExitCode.Done;
    }
}
