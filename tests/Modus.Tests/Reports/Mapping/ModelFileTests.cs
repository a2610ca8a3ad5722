using Modus.Reports.Mapping;
using Modus.Reports.Mapping.Storage;
using Xunit;

namespace Modus.Tests.Reports.Mapping;

/// <summary>Models as files.</summary>
public sealed class ModelFileTests
{
    [Fact]
    public void A_model_read_back_says_the_same()
    {
        var bytes = Bytes();
        var read = ModelFile.Read(bytes);
        string[] sentences = ["He kneads dough.", "The door was opened.", "T9004"];

        Assert.Equal(SmallCorpus.Model.Card, read.Card);
        Assert.Equal(
            new TechniqueMapper(SmallCorpus.Model).Map(sentences, TestContext.Current.CancellationToken).SelectMany(one => one.Suggestions).Select(one => (one.Technique, MathF.Round(one.Probability, 2))),
            new TechniqueMapper(read).Map(sentences, TestContext.Current.CancellationToken).SelectMany(one => one.Suggestions).Select(one => (one.Technique, MathF.Round(one.Probability, 2))));
        using var again = new MemoryStream();
        read.Save(again);
        Assert.Equal(bytes, again.ToArray());
    }

    [Fact]
    public void A_damaged_model_is_refused_whatever_bit_is_flipped()
    {
        var bytes = Bytes();
        var random = new Random(4);
        for (var trial = 0; trial < 200; trial++)
        {
            var at = random.Next(bytes.Length);
            bytes[at] ^= (byte)(1 << random.Next(8));
            var damaged = bytes.ToArray();
            Assert.Throws<InvalidDataException>(() => ModelFile.Read(damaged));
            bytes = Bytes();
        }
    }

    [Fact]
    public void A_model_that_lies_about_its_lists_is_refused()
    {
        var bytes = Bytes();
        var random = new Random(5);
        for (var trial = 0; trial < 300; trial++)
        {
            var forged = bytes.ToArray();
            forged[44 + random.Next(forged.Length - 44)] = (byte)random.Next(256);
            System.Security.Cryptography.SHA256.HashData(forged.AsSpan(44)).CopyTo(forged.AsSpan(12));
            try
            {
                new TechniqueMapper(ModelFile.Read(forged)).Map("He sang a song at the stable door.");
            }
            catch (InvalidDataException)
            {
                continue;
            }
        }
    }

    [Fact]
    public void Half_a_model_is_refused()
    {
        var bytes = Bytes();

        Assert.All(new[] { 0, 5, 43, 44, bytes.Length / 2, bytes.Length - 1 }, length => Assert.Throws<InvalidDataException>(() => ModelFile.Read(bytes.AsSpan(0, length))));
    }

    [Fact]
    public void The_shipped_model_fits_its_limits()
    {
        using var stream = new MemoryStream();
        MapperModel.Shipped.Save(stream);

        Assert.InRange(stream.Length, 1, 15_000_000);
        Assert.True(MapperModel.Shipped.Techniques.Count > 600);
        // TRAM 2's, those dense in rare techniques and the field reports.
        Assert.Equal(120 + 48 + 161, MapperModel.Shipped.Card.Reports);
    }

    [Theory]
    [InlineData("The malware deletes volume shadow copies with vssadmin to inhibit recovery.", "T1490")]
    [InlineData("It takes screenshots of the desktop every ten seconds.", "T1113")]
    [InlineData("The actor dumped credentials from LSASS memory with procdump.", "T1003.001")]
    [InlineData("Victims received a spearphishing email with a malicious Word attachment.", "T1566.001")]
    public void The_shipped_model_knows_plain_cases(string sentence, string technique)
    {
        Assert.Equal(technique, new TechniqueMapper(MapperModel.Shipped).Map(sentence).Suggestions[0].Technique);
    }

    private static byte[] Bytes()
    {
        using var stream = new MemoryStream();
        SmallCorpus.Model.Save(stream);
        return stream.ToArray();
    }
}
