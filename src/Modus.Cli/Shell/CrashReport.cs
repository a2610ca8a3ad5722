using System.Text;

namespace Modus.Cli.Shell;

/// <summary>Keeps what a developer needs to mend a bug, and nothing of the user's data but the message.</summary>
internal static class CrashReport
{
    /// <returns>The path of the report, or a sentence that says why there is none.</returns>
    public static string Write(Exception bug, string command, TimeProvider time)
    {
        var now = time.GetUtcNow();
        var path = Path.Combine(Path.GetTempPath(), $"modus-crash-{now:yyyyMMdd-HHmmss}-{Environment.ProcessId}.txt");
        var text = new StringBuilder()
            .AppendLine(VersionText.Line)
            .Append("command: ").AppendLine(command)
            .Append("time: ").AppendLine(Values.Time(now))
            .Append("system: ").AppendLine(System.Runtime.InteropServices.RuntimeInformation.OSDescription)
            .AppendLine(bug.ToString());
        try
        {
            using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
            file.Write(Encoding.UTF8.GetBytes(text.ToString()));
            return path;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return $"this text (no report could be written: {problem.Message}): {bug.GetType().Name} at {bug.StackTrace?.Split('\n').FirstOrDefault()?.Trim()}";
        }
    }
}
