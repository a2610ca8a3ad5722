using System.IO.Compression;

namespace Modus.SampleCase;

/// <summary>Packs the case.</summary>
public static class Pack
{
    /// <summary>The time that every member carries: syslog's lines have no year, and readers take it from the file.</summary>
    private static readonly DateTimeOffset stamp = new(2026, 3, 13, 12, 0, 0, TimeSpan.Zero);

    public static byte[] Zip(IEnumerable<CaseFile> files)
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var file in files.OrderBy(file => file.Path, StringComparer.Ordinal))
            {
                var entry = archive.CreateEntry(file.Path, file.Path.EndsWith(".gz", StringComparison.Ordinal) ? CompressionLevel.NoCompression : CompressionLevel.SmallestSize);
                entry.LastWriteTime = stamp;
                using var content = entry.Open();
                content.Write(file.Bytes);
            }
        }

        return stream.ToArray();
    }
}
