using System.Runtime.InteropServices;
using Modus.Attack.Images;

namespace Modus.Attack.Snapshots;

/// <summary>Writes and reads a release as one file of little-endian integers and UTF-8, with a checksum over all of it.</summary>
/// <remarks>
/// Layout: magic (8 bytes), format (4), length of the header (4), lengths of five sections in bytes (5 × 4), checksum
/// (8); then the header (texts of the release, each with its length before it) and the sections text, ends, pool,
/// objects, relationships. A file that is too short, too long or changed anywhere is refused.
/// </remarks>
public static class SnapshotFile
{
    /// <summary>The ending of snapshot files.</summary>
    public const string Ending = ".attack";

    private const ulong Magic = 0x4B43415455444F4D; // "MODUTACK"
    private const int Format = 1;
    private const int Sections = 5;
    private const int Fixed = 8 + 4 + 4 + Sections * 4 + 8;
    private const int ChecksumAt = Fixed - 8;
    private const long LargestFile = 1L << 30;
    private const string PartEnding = ".part";
    private static readonly TimeSpan OldestPart = TimeSpan.FromHours(1);

    /// <summary>Writes a release so that a reader sees the whole file or none: into a temporary file, flushed to the disk, then renamed.</summary>
    /// <param name="release">The release.</param>
    /// <param name="path">The file; its folder is made where it is missing.</param>
    /// <returns>False where the same content was there already and nothing was written.</returns>
    public static bool Write(Release release, string path)
    {
        var parts = Parts(release.Image.Whole);
        if (IsSame(path, parts)) return false;
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        Directory.CreateDirectory(folder);
        DeleteLeftovers(folder);
        var temporary = Path.Combine(folder, Path.GetRandomFileName() + PartEnding);
        try
        {
            using (var file = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1))
            {
                foreach (var part in parts) file.Write(part);
                file.Flush(flushToDisk: true);
            }
            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
        return true;
    }

    // A process that was killed while it wrote leaves its part behind. Another may be writing now: only old ones go.
    private static void DeleteLeftovers(string folder)
    {
        var before = TimeProvider.System.GetUtcNow().UtcDateTime - OldestPart;
        foreach (var part in Directory.EnumerateFiles(folder, "*" + PartEnding))
        {
            try
            {
                if (File.GetLastWriteTimeUtc(part) < before) File.Delete(part);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                continue; // It takes room only; no reader looks at it.
            }
        }
    }

    /// <summary>Reads a snapshot; null where the file is no whole snapshot of this format.</summary>
    /// <param name="path">The file.</param>
    /// <param name="problem">What is wrong where the answer is null.</param>
    public static Release? Read(string path, out Problem? problem)
    {
        try
        {
            using var file = File.OpenHandle(path, options: FileOptions.SequentialScan);
            var release = Read(file, out var fault);
            problem = fault is null ? null : new Problem(ProblemCodes.BadImage, $"The snapshot is damaged: {fault}.", path, 0, "Install the release again.");
            return release;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            problem = new Problem(ProblemCodes.Unreadable, $"The snapshot cannot be read: {error.Message}", path);
            return null;
        }
    }

    private static Release? Read(Microsoft.Win32.SafeHandles.SafeFileHandle file, out string? fault)
    {
        var length = RandomAccess.GetLength(file);
        Span<byte> start = stackalloc byte[Fixed];
        if (length < Fixed || length > LargestFile || RandomAccess.Read(file, start, 0) != Fixed) return Fail("its length is wrong", out fault);
        var numbers = MemoryMarshal.Cast<byte, int>(start[8..]);
        if (MemoryMarshal.Read<ulong>(start) != Magic) return Fail("it does not begin like a snapshot", out fault);
        if (numbers[0] != Format) return Fail($"it has format {numbers[0]}, this program reads {Format}", out fault);
        if (Sum(numbers.Slice(1, 1 + Sections)) != length - Fixed) return Fail("its length is wrong", out fault);

        var at = (long)Fixed;
        var checksum = new Checksum();
        checksum.Add(start[..ChecksumAt]);
        var header = Section<byte>(file, numbers[1], ref at, checksum);
        var text = Section<byte>(file, numbers[2], ref at, checksum);
        var ends = Section<int>(file, numbers[3], ref at, checksum);
        var pool = Section<int>(file, numbers[4], ref at, checksum);
        var objects = Section<int>(file, numbers[5], ref at, checksum);
        var links = Section<int>(file, numbers[6], ref at, checksum);
        if (checksum.Value != MemoryMarshal.Read<ulong>(start[ChecksumAt..])) return Fail("its content does not fit its checksum", out fault);
        fault = null;
        return new Release(new Image(SnapshotHeader.Read(header), text, ends, pool, objects, links));
    }

    private static T[] Section<T>(Microsoft.Win32.SafeHandles.SafeFileHandle file, int bytes, ref long at, Checksum checksum) where T : unmanaged
    {
        var section = GC.AllocateUninitializedArray<T>(bytes / Marshal.SizeOf<T>());
        var target = MemoryMarshal.AsBytes(section.AsSpan());
        for (var read = 0; read < target.Length;)
        {
            var count = RandomAccess.Read(file, target[read..], at + read);
            if (count == 0) throw new EndOfStreamException("the file became shorter while it was read");
            read += count;
        }
        checksum.Add(target);
        at += bytes;
        return section;
    }

    private static byte[][] Parts(Image image)
    {
        if (!BitConverter.IsLittleEndian) throw new PlatformNotSupportedException("Snapshots are little-endian.");
        byte[][] sections =
        [
            SnapshotHeader.Write(image.Facts), image.Text, Bytes(image.Ends), Bytes(image.Pool), Bytes(image.Objects), Bytes(image.LinkCells),
        ];
        var start = new byte[Fixed];
        MemoryMarshal.Write(start, Magic);
        var numbers = MemoryMarshal.Cast<byte, int>(start.AsSpan(8));
        numbers[0] = Format;
        for (var i = 0; i < sections.Length; i++) numbers[i + 1] = sections[i].Length;
        var checksum = new Checksum();
        checksum.Add(start.AsSpan(0, ChecksumAt));
        foreach (var section in sections) checksum.Add(section);
        MemoryMarshal.Write(start.AsSpan(ChecksumAt), checksum.Value);
        return [start, .. sections];
    }

    private static bool IsSame(string path, byte[][] parts)
    {
        if (!File.Exists(path)) return false;
        try
        {
            using var file = File.OpenRead(path);
            if (file.Length != parts.Sum(part => (long)part.Length)) return false;
            foreach (var part in parts)
            {
                var there = new byte[part.Length];
                file.ReadExactly(there);
                if (!there.AsSpan().SequenceEqual(part)) return false;
            }
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false; // What cannot be compared is written anew.
        }
    }

    private static long Sum(ReadOnlySpan<int> lengths)
    {
        var sum = 0L;
        foreach (var length in lengths)
        {
            if (length < 0) return -1;
            sum += length;
        }
        return sum;
    }

    private static byte[] Bytes(int[] numbers) => MemoryMarshal.AsBytes(numbers.AsSpan()).ToArray();

    private static Release? Fail(string reason, out string? fault)
    {
        fault = reason;
        return null;
    }
}
