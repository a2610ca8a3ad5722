using System.IO.Compression;
using Modus.SampleCase;
using Xunit;

namespace Modus.Tests.SampleCase;

/// <summary>The packed case is what the generator writes, and it stays small.</summary>
public sealed class PackedCaseTests
{
    [Fact]
    public void The_shipped_case_is_what_the_generator_writes()
    {
        using var archive = ZipFile.OpenRead(ShippedCase.Packed);
        var generated = ShippedCase.Generated.Value.ToDictionary(file => file.Path, file => file.Bytes, StringComparer.Ordinal);

        Assert.Equal(generated.Keys.Order(StringComparer.Ordinal), archive.Entries.Select(entry => entry.FullName).Order(StringComparer.Ordinal));
        foreach (var entry in archive.Entries)
        {
            using var content = entry.Open();
            using var copy = new MemoryStream();
            content.CopyTo(copy);

            // What gzip makes of the same bytes may differ between versions of the library: the content counts.
            Assert.True(Plain(entry.FullName, generated[entry.FullName]).AsSpan().SequenceEqual(Plain(entry.FullName, copy.ToArray())), $"{entry.FullName} differs: run tools/Modus.SampleCase --zip samples/tidewrack.zip");
        }
    }

    [Fact]
    public void The_same_seed_gives_the_same_bytes_and_another_seed_others()
    {
        var once = Pack.Zip(ShippedCase.Generated.Value);

        Assert.True(once.AsSpan().SequenceEqual(Pack.Zip(CaseBuilder.Build(CaseBuilder.Seed))));
        Assert.False(once.AsSpan().SequenceEqual(Pack.Zip(CaseBuilder.Build(CaseBuilder.Seed + 1))));
    }

    [Fact]
    public void It_is_small()
    {
        Assert.InRange(new FileInfo(ShippedCase.Packed).Length, 1, 4 << 20);
        using var archive = ZipFile.OpenRead(ShippedCase.Packed);
        Assert.InRange(archive.Entries.Sum(entry => entry.Length), 1, 40L << 20);
    }

    [Fact]
    public void Every_file_has_what_is_expected_of_it()
    {
        var names = ShippedCase.Generated.Value.Select(file => file.Path).ToHashSet(StringComparer.Ordinal);
        foreach (var name in names.Where(name => !name.StartsWith("expected/", StringComparison.Ordinal)))
            Assert.Contains($"expected/{name}.expected.json", names);
    }

    private static byte[] Plain(string name, byte[] bytes)
    {
        if (!name.EndsWith(".gz", StringComparison.Ordinal)) return bytes;
        using var gzip = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress);
        using var copy = new MemoryStream();
        gzip.CopyTo(copy);
        return copy.ToArray();
    }
}
