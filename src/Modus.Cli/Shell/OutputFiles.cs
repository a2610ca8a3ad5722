using System.Text;

namespace Modus.Cli.Shell;

/// <summary>Writes output files so that a reader sees the old content or the new one, never half of it.</summary>
internal static class OutputFiles
{
    /// <exception cref="CommandFailure">The folder is missing or may not be written.</exception>
    public static void WriteWhole(string path, string text) => WriteWhole(path, new StringBuilder(text));

    /// <inheritdoc cref="WriteWhole(string, string)"/>
    public static void WriteWhole(string path, StringBuilder text)
    {
        // A device or a pipe (/dev/stdout) cannot be replaced by a rename: write into it.
        var temporary = File.Exists(path) && !IsPlainFile(path) ? path : $"{path}.part";
        try
        {
            using (var writer = new StreamWriter(new FileStream(temporary, temporary == path ? FileMode.Open : FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 1), new UTF8Encoding(false), bufferSize: 1 << 15))
                foreach (var part in text.GetChunks()) writer.Write(part.Span);
            if (temporary != path) File.Move(temporary, path, overwrite: true);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailure(ExitCode.NetworkOrPermission, new CliProblem(
                "MD9004", $"cannot write the output: {problem.Message}", path, "check that the folder exists and may be written"));
        }
    }

    private static bool IsPlainFile(string path) => (File.GetAttributes(path) & (FileAttributes.Device | FileAttributes.ReparsePoint)) == 0
        && (OperatingSystem.IsWindows() || !path.StartsWith("/dev/", StringComparison.Ordinal));
}
