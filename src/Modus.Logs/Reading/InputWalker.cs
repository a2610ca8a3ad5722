using System.IO.Compression;

namespace Modus.Logs.Reading;

/// <summary>One content to read: a file, or a member of an archive.</summary>
/// <param name="Name">The file as it was given, with the member.</param>
/// <param name="Feed">The content.</param>
/// <param name="Written">When the file was written last.</param>
/// <param name="File">The file itself, where the content is all of it and any place of it can be looked at.</param>
internal sealed record OpenInput(string Name, ByteFeed Feed, DateTime Written, Stream? File = null);

/// <summary>Goes through paths in order: files, folders (by ordinal name), members of gzip and zip archives.</summary>
internal sealed class InputWalker(Action<LogProblem> report)
{
    private static readonly EnumerationOptions Listing = new() { AttributesToSkip = FileAttributes.None, IgnoreInaccessible = false, MatchType = MatchType.Simple };

    public IEnumerable<OpenInput> Open(IEnumerable<string> paths)
    {
        foreach (var path in paths)
            foreach (var file in Files(path))
                foreach (var input in OpenFile(file))
                    yield return input;
    }

    /// <summary>Opens content that is not a file.</summary>
    public IEnumerable<OpenInput> Open(Stream stream, string name, DateTime written) => Unpack(stream, null, name, written, 0);

    private IEnumerable<string> Files(string path)
    {
        if (!Directory.Exists(path))
        {
            yield return path;
            yield break;
        }

        string[] files = [], folders = [];
        try
        {
            files = Directory.GetFiles(path, "*", Listing);
            // A link to a folder may lead in circles; what it shows is named by its own path.
            folders = [.. new DirectoryInfo(path).GetDirectories("*", Listing).Where(d => d.LinkTarget is null).Select(d => Path.Combine(path, d.Name))];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            report(new LogProblem(LogProblemCodes.Unreadable, $"the folder cannot be listed: {e.Message}", path, 0, "Check the permissions."));
        }

        Array.Sort(files, StringComparer.Ordinal);
        Array.Sort(folders, StringComparer.Ordinal);
        foreach (var file in files) yield return file;
        foreach (var folder in folders)
            foreach (var file in Files(folder))
                yield return file;
    }

    private IEnumerable<OpenInput> OpenFile(string path)
    {
        FileStream? stream = null;
        DateTime written = default;
        try
        {
            stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1 << 16, FileOptions.SequentialScan);
            written = File.GetLastWriteTimeUtc(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            stream?.Dispose();
            report(new LogProblem(LogProblemCodes.Unreadable, $"cannot be opened: {e.Message}", path, 0, "Check the path and the permissions."));
            yield break;
        }

        foreach (var input in Unpack(stream, null, path, written, 0)) yield return input;
    }

    private IEnumerable<OpenInput> Unpack(Stream stream, Func<long>? packed, string name, DateTime written, int depth)
    {
        var feed = new ByteFeed(stream, packed);
        var head = feed.Peek(LogLimits.SniffBytes);
        var isGzip = head.Length > 2 && head[0] == 0x1f && head[1] == 0x8b;
        var isZip = head.StartsWith("PK\u0003\u0004"u8) || head.StartsWith("PK\u0005\u0006"u8);
        if (!isGzip && !isZip)
        {
            yield return new OpenInput(name, feed, written, depth == 0 && stream.CanSeek ? stream : null);
            yield break;
        }

        if (depth == LogLimits.MaxArchiveDepth)
        {
            feed.Dispose();
            report(new LogProblem(LogProblemCodes.Archive, $"archives lie deeper than {LogLimits.MaxArchiveDepth} in each other", name, 0, "Unpack the inner archive and give its files."));
            yield break;
        }

        var members = isGzip ? Gzip(feed, packed, name, written, depth) : Zip(stream, feed, name, depth);
        foreach (var input in members) yield return input;
    }

    private IEnumerable<OpenInput> Gzip(ByteFeed feed, Func<long>? packed, string name, DateTime written, int depth)
    {
        var outer = new FeedStream(feed);
        return Unpack(new GZipStream(outer, CompressionMode.Decompress), packed ?? (() => feed.Bytes), name, written, depth + 1);
    }

    private IEnumerable<OpenInput> Zip(Stream stream, ByteFeed feed, string name, int depth)
    {
        var seekable = stream;
        if (!stream.CanSeek)
        {
            var copy = Copy(feed);
            if (copy is null)
            {
                feed.Dispose();
                report(new LogProblem(
                    LogProblemCodes.Archive,
                    $"an archive within an archive has more than {LogLimits.MaxNestedArchiveBytes} bytes",
                    name,
                    0,
                    "Unpack the inner archive and give its files."));
                yield break;
            }

            seekable = copy;
        }

        ZipArchive? archive = null;
        ZipArchiveEntry[] entries = [];
        try
        {
            seekable.Position = 0;
            archive = new ZipArchive(seekable, ZipArchiveMode.Read);
            entries = [.. archive.Entries.Where(e => !e.FullName.EndsWith('/'))];
        }
        catch (Exception e) when (e is InvalidDataException or IOException or NotSupportedException)
        {
            report(new LogProblem(LogProblemCodes.Archive, $"the archive is damaged: {e.Message}", name, 0, "Get the archive again."));
        }

        if (entries.Length > LogLimits.MaxMembers)
        {
            report(new LogProblem(
                LogProblemCodes.Archive,
                $"the archive has {entries.Length} members; the first {LogLimits.MaxMembers} are read",
                name,
                0,
                "Unpack the archive and give the files."));
            entries = entries[..LogLimits.MaxMembers];
        }

        Array.Sort(entries, (a, b) => string.CompareOrdinal(a.FullName, b.FullName));
        foreach (var entry in entries)
            foreach (var input in Member(entry, $"{name}!{entry.FullName}", depth))
                yield return input;
        archive?.Dispose();
        feed.Dispose();
        if (!ReferenceEquals(seekable, stream)) seekable.Dispose();
    }

    private IEnumerable<OpenInput> Member(ZipArchiveEntry entry, string name, int depth)
    {
        Stream? stream = null;
        try
        {
            stream = entry.Open();
        }
        catch (Exception e) when (e is InvalidDataException or IOException or NotSupportedException)
        {
            report(new LogProblem(LogProblemCodes.Archive, $"the member cannot be unpacked: {e.Message}", name, 0, "Unpack it with the tool that packed it (a password may be needed)."));
        }

        if (stream is null) yield break;
        var size = entry.CompressedLength;
        var written = entry.LastWriteTime.UtcDateTime;
        foreach (var input in Unpack(stream, () => size, name, written, depth + 1)) yield return input;
    }

    private static MemoryStream? Copy(ByteFeed feed)
    {
        var copy = new MemoryStream();
        var buffer = new byte[64 << 10];
        while (true)
        {
            var got = feed.Read(buffer);
            if (got == 0) return copy;
            if (copy.Length + got > LogLimits.MaxNestedArchiveBytes)
            {
                copy.Dispose();
                return null;
            }

            copy.Write(buffer, 0, got);
        }
    }
}
