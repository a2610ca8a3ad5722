using System.IO.Compression;
using Modus.SampleCase;

namespace Modus.Tests.SampleCase;

/// <summary>The case as it is shipped, unpacked once for all tests.</summary>
internal static class ShippedCase
{
    private static readonly Lazy<string> folder = new(Unpack);

    /// <summary>The packed case.</summary>
    public static string Packed { get; } = Path.Combine(TestData.Root, "samples", "tidewrack.zip");

    /// <summary>The folder it is unpacked into.</summary>
    public static string Folder => folder.Value;

    /// <summary>The case generated anew from the shipped seed.</summary>
    public static Lazy<IReadOnlyList<CaseFile>> Generated { get; } = new(() => CaseBuilder.Build(CaseBuilder.Seed));

    public static string PathOf(string member) => Path.Combine(Folder, member);

    private static string Unpack()
    {
        var target = Directory.CreateTempSubdirectory("modus-tidewrack-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(target, recursive: true);
        using var archive = ZipFile.OpenRead(Packed);
        foreach (var entry in archive.Entries)
        {
            var path = Path.Combine(target, entry.FullName);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            entry.ExtractToFile(path);
            File.SetLastWriteTimeUtc(path, new DateTime(2026, 3, 13, 12, 0, 0, DateTimeKind.Utc));
        }

        return target;
    }
}
