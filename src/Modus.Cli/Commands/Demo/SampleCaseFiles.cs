using System.IO.Compression;
using Modus.Cli.Shell;

namespace Modus.Cli.Commands.Demo;

/// <summary>The sample case inside the program.</summary>
internal static class SampleCaseFiles
{
    /// <summary>The most bytes that the unpacked case may have: the pack is our own, but its size is checked all the same.</summary>
    private const long MaxBytes = 64L << 20;

    /// <summary>Syslog's lines have no year: readers take it from the file, so every file keeps the time that the pack gives it.</summary>
    private static readonly DateTime written = new(2026, 3, 13, 12, 0, 0, DateTimeKind.Utc);

    /// <summary>Unpacks the case into a folder, which is made where it is missing and must be empty otherwise.</summary>
    /// <exception cref="CommandFailure">The folder holds something, or cannot be written.</exception>
    public static void Unpack(string folder)
    {
        if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any())
            throw CommandFailure.Usage("MD9040", $"the folder '{folder}' is not empty", "name a new folder with --into DIR");
        using var packed = typeof(SampleCaseFiles).Assembly.GetManifestResourceStream("tidewrack.zip") ?? throw new InvalidOperationException("the sample case is missing in this build");
        using var archive = new ZipArchive(packed, ZipArchiveMode.Read);
        var root = Path.GetFullPath(folder) + Path.DirectorySeparatorChar;
        var left = MaxBytes;
        try
        {
            foreach (var entry in archive.Entries)
            {
                var path = Path.GetFullPath(Path.Combine(root, entry.FullName));
                left -= entry.Length;
                if (!path.StartsWith(root, StringComparison.Ordinal) || left < 0) throw new InvalidDataException($"{entry.FullName} has no place in the sample case");
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                entry.ExtractToFile(path);
                File.SetLastWriteTimeUtc(path, written);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailure(ExitCode.NetworkOrPermission, new CliProblem("MD9041", $"the case cannot be unpacked: {exception.Message}", folder, Fix: "name a folder that you may write to with --into DIR"));
        }
    }
}
