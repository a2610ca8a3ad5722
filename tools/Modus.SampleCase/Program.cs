using System.Globalization;

namespace Modus.SampleCase;

/// <summary>Writes the case: <c>Modus.SampleCase [--seed N] [--zip FILE] [--folder DIR]</c>.</summary>
internal static class Program
{
    public static int Main(string[] arguments)
    {
        var seed = CaseBuilder.Seed;
        string? zip = null, folder = null;
        for (var i = 0; i < arguments.Length; i += 2)
        {
            var value = i + 1 < arguments.Length ? arguments[i + 1] : null;
            switch (arguments[i])
            {
                case "--seed" when ulong.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out seed): break;
                case "--zip" when value is not null: zip = value; break;
                case "--folder" when value is not null: folder = value; break;
                default:
                    Console.Error.WriteLine("usage: Modus.SampleCase [--seed N] [--zip FILE] [--folder DIR]");
                    return 3;
            }
        }

        var files = CaseBuilder.Build(seed);
        var packed = Pack.Zip(files);
        if (zip is not null) File.WriteAllBytes(zip, packed);
        if (folder is not null)
        {
            foreach (var file in files)
            {
                var path = Path.Combine(folder, file.Path);
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                File.WriteAllBytes(path, file.Bytes);
                File.SetLastWriteTimeUtc(path, new DateTime(2026, 3, 13, 12, 0, 0, DateTimeKind.Utc));
            }
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{files.Count} files, {files.Sum(f => f.Bytes.LongLength):N0} bytes, packed {packed.Length:N0} bytes"));
        return 0;
    }
}
