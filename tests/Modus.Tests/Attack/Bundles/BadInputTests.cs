using System.IO.Compression;
using System.Text;
using Modus.Attack;
using Modus.Attack.Bundles;
using Xunit;

namespace Modus.Tests.Attack.Bundles;

public sealed class BadInputTests
{
    [Fact]
    public void A_good_bundle_gives_no_problem()
    {
        var result = Tiny.Read(Tiny.Text);

        Assert.Empty(result.Problems);
        Assert.Equal(new ReadInput("tiny", 27, 27, 0, 0), result.Inputs.Single());
        Assert.Equal(("0.1", 3), (result.Release!.Version, result.Release.Techniques.Count));
    }

    [Theory]
    [InlineData("", ProblemCodes.BadJson)]
    [InlineData("{", ProblemCodes.BadJson)]
    [InlineData("not json at all", ProblemCodes.BadJson)]
    [InlineData("[]", ProblemCodes.NotAttack)]
    [InlineData("{}", ProblemCodes.NotAttack)]
    [InlineData("{\"type\":\"bundle\",\"objects\":[]}", ProblemCodes.NotAttack)]
    [InlineData("{\"type\":\"bundle\",\"objects\":7}", ProblemCodes.NotAttack)]
    [InlineData("{\"type\":\"report\",\"objects\":[{\"type\":\"x\",\"id\":\"x--1\"}]}", ProblemCodes.NotAttack)]
    [InlineData("{\"type\":\"bundle\",\"objects\":[{\"type\":\"indicator\",\"id\":\"indicator--1\"}]}", ProblemCodes.NotAttack)]
    public void What_is_no_attack_bundle_is_refused_with_a_reason(string text, string code)
    {
        var result = Tiny.Read(text);

        Assert.Null(result.Release);
        Assert.Contains(result.Problems, problem => problem.Code == code);
    }

    [Fact]
    public void A_truncated_bundle_is_refused_wherever_it_breaks_off()
    {
        var bytes = Encoding.UTF8.GetBytes(Tiny.Text.TrimEnd());
        for (var length = 0; length < bytes.Length; length += 37)
        {
            var result = Tiny.Read(bytes[..length]);
            Assert.Null(result.Release);
            Assert.Equal(ProblemCodes.BadJson, Assert.Single(result.Problems).Code);
        }
    }

    [Fact]
    public void The_problem_of_broken_json_names_the_line()
    {
        var broken = Tiny.Text.Replace("\"Trumpet\"", "\"Trumpet", StringComparison.Ordinal);
        var line = Tiny.Text[..Tiny.Text.IndexOf("\"Trumpet\"", StringComparison.Ordinal)].Count(character => character == '\n') + 1;

        Assert.Equal(line, Assert.Single(Tiny.Read(broken).Problems).Line);
    }

    [Theory]
    [InlineData("{\"type\":\"bundle\",\"objects\":[{\"a\":")]
    [InlineData("")]
    public void A_depth_bomb_is_refused(string before)
    {
        var result = Tiny.Read(before + new string('[', 5_000_000));

        Assert.Null(result.Release);
        Assert.Single(result.Problems);
    }

    [Fact]
    public void An_endless_object_stops_at_its_limit()
    {
        var options = new ReadOptions { Limits = new ReadLimits { ObjectBytes = 1 << 20 } };

        var result = Tiny.Read("{\"type\":\"bundle\",\"objects\":[{\"id\":\"" + new string('x', 5 << 20) + "\"}]}", options);

        Assert.Null(result.Release);
        Assert.Equal(ProblemCodes.TooLarge, Assert.Single(result.Problems).Code);
    }

    [Theory]
    [InlineData(100, 1_000_000, 1_000_000)]
    [InlineData(1_000_000, 5, 1_000_000)]
    public void Limits_on_bytes_and_objects_hold(long bytes, int objects, int problems)
    {
        var options = new ReadOptions { Limits = new ReadLimits { Bytes = bytes, Objects = objects, Problems = problems } };

        var result = Tiny.Read(Tiny.Text, options);

        Assert.Null(result.Release);
        Assert.Equal(ProblemCodes.TooLarge, Assert.Single(result.Problems).Code);
    }

    [Fact]
    public void A_gzip_bomb_is_refused_by_its_ratio()
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            gzip.Write("{\"type\":\"bundle\",\"x\":\""u8);
            var blanks = new byte[1 << 20];
            blanks.AsSpan().Fill((byte)' ');
            for (var i = 0; i < 64; i++) gzip.Write(blanks);
        }

        var result = Tiny.Read(packed.ToArray());

        Assert.Null(result.Release);
        Assert.Equal(ProblemCodes.TooLarge, Assert.Single(result.Problems).Code);
    }

    [Fact]
    public void Gzip_is_known_by_content_and_damaged_gzip_is_refused()
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true)) gzip.Write(Encoding.UTF8.GetBytes(Tiny.Text));
        var bytes = packed.ToArray();

        Assert.Equal(3, Tiny.Read(bytes).Release!.Techniques.Count);
        bytes[bytes.Length / 2] ^= 0xFF;
        var result = Tiny.Read(bytes);
        Assert.Null(result.Release);
        Assert.Single(result.Problems);
        Assert.Null(Tiny.Read(bytes[..40]).Release);
    }

    [Fact]
    public void Broken_utf8_drops_the_field_and_says_so()
    {
        var bytes = Encoding.UTF8.GetBytes(Tiny.Text);
        var at = bytes.AsSpan().IndexOf("climbs"u8);
        bytes[at] = 0xC3;
        bytes[at + 1] = 0x28;

        var result = Tiny.Read(bytes);

        Assert.Null(result.Release!.Find<Technique>("T9001")!.Description);
        Assert.Equal("Open Window", result.Release.Find<Technique>("T9001")!.Name);
        Assert.Equal(ProblemCodes.DroppedField, Assert.Single(result.Problems).Code);
    }

    [Theory]
    [InlineData("\"name\": \"Trumpet\"", "\"name\": 17")]
    [InlineData("\"name\": \"Trumpet\"", "\"name\": {\"a\": [1, {\"b\": null}]}")]
    [InlineData("\"name\": \"Trumpet\"", "\"name\": \"\\ud800\"")]
    public void A_field_of_the_wrong_type_is_left_out_and_the_object_stays(string before, string after)
    {
        var result = Tiny.Read(Tiny.Text.Replace(before, after, StringComparison.Ordinal));

        Assert.Equal("", result.Release!.Find<Technique>("T9002")!.Name);
        var problem = Assert.Single(result.Problems);
        Assert.Equal(ProblemCodes.DroppedField, problem.Code);
        Assert.Contains("name", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_domain_is_named_and_left_out()
    {
        var result = Tiny.Read(Tiny.Text.Replace("\"x_mitre_domains\": [\n        \"enterprise-attack\"", "\"x_mitre_domains\": [\n        \"enterprise-attack\", \"mars-attack\"", StringComparison.Ordinal));

        Assert.Equal(Domains.Enterprise, result.Release!.Domains);
        var problem = Assert.Single(result.Problems);
        Assert.Equal(ProblemCodes.UnknownDomain, problem.Code);
        Assert.Contains("mars-attack", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_relationship_without_an_end_is_left_out_and_named()
    {
        var result = Tiny.Read(Tiny.Text.Replace("\"target_ref\": \"attack-pattern--0000000c", "\"target_ref\": \"attack-pattern--ffffffff", StringComparison.Ordinal));

        Assert.Equal(ProblemCodes.Dangling, Assert.Single(result.Problems).Code);
        Assert.Equal(Tiny.Release.RelationshipCount - 1, result.Release!.RelationshipCount);
    }

    [Fact]
    public void A_cycle_of_replacements_ends()
    {
        // T9002 becomes revoked by T9003, which is revoked by T9002.
        var text = Tiny.Text.Replace("\"name\": \"Trumpet\",", "\"name\": \"Trumpet\", \"revoked\": true,", StringComparison.Ordinal)
            .Replace("\"objects\": [", "\"objects\": [{\"type\":\"relationship\",\"id\":\"relationship--x\",\"relationship_type\":\"revoked-by\",\"source_ref\":\"attack-pattern--0000000d-1111-4111-8111-111111111111\",\"target_ref\":\"attack-pattern--0000000e-1111-4111-8111-111111111111\"},", StringComparison.Ordinal);

        var succession = Tiny.Read(text).Release!.Find<Technique>("T9003")!.Succession;

        Assert.Equal(SuccessionEnd.Cycle, succession.End);
        Assert.Null(succession.Successor);
        Assert.Equal(["T9003", "T9002", "T9003"], succession.Route.Select(step => step.Id));
    }

    [Fact]
    public void A_bundle_that_names_no_release_needs_one()
    {
        var text = Tiny.Text.Replace("\"type\": \"x-mitre-collection\"", "\"type\": \"identity\"", StringComparison.Ordinal);

        Assert.Equal(ProblemCodes.UnknownRelease, Assert.Single(Tiny.Read(text).Problems).Code);
        Assert.Equal("7.5", Tiny.Read(text, new ReadOptions { Version = "7.5" }).Release!.Version);
    }

    [Fact]
    public void Files_and_folders_that_cannot_be_read_are_problems()
    {
        var folder = Directory.CreateTempSubdirectory("modus-test-").FullName;
        try
        {
            var stop = TestContext.Current.CancellationToken;
            Assert.Equal(ProblemCodes.NotAttack, Assert.Single(BundleReader.Read(folder, null, stop).Problems).Code);
            Assert.Equal(ProblemCodes.Unreadable, Assert.Single(BundleReader.Read(Path.Combine(folder, "no"), null, stop).Problems).Code);
            File.CreateSymbolicLink(Path.Combine(folder, "dangling.json"), Path.Combine(folder, "nowhere"));
            Assert.Contains("nowhere", Assert.Single(BundleReader.Read(Path.Combine(folder, "dangling.json"), null, stop).Problems).Message, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Other_json_in_a_folder_is_left_out_and_named_but_a_broken_bundle_refuses_it()
    {
        var folder = Directory.CreateTempSubdirectory("modus-test-").FullName;
        try
        {
            var stop = TestContext.Current.CancellationToken;
            var other = Path.Combine(folder, "index.json");
            File.Copy(Tiny.Path, Path.Combine(folder, "tiny.json"));
            File.WriteAllText(other, "{\"collections\":[]}");
            var read = BundleReader.Read(folder, null, stop);
            Assert.Equal(Tiny.Release.Techniques.Count, read.Release!.Techniques.Count);
            Assert.Equal((ProblemCodes.NotAttack, other), (Assert.Single(read.Problems).Code, read.Problems[0].File));

            File.WriteAllText(Path.Combine(folder, "half.json"), Tiny.Text[..2000]);
            Assert.Null(BundleReader.Read(folder, null, stop).Release);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData("utf-16", "UTF-16")]
    [InlineData("utf-16BE", "UTF-16")]
    [InlineData("zip", "zip")]
    public void What_has_to_be_converted_first_is_said_in_words(string form, string word)
    {
        byte[] bytes = form == "zip" ? [.. "PK\x03\x04"u8, 0, 0] : [.. Encoding.GetEncoding(form).Preamble, .. Encoding.GetEncoding(form).GetBytes(Tiny.Text)];

        var problem = Assert.Single(Tiny.Read(bytes).Problems);

        Assert.Equal(ProblemCodes.NotAttack, problem.Code);
        Assert.Contains(word, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_tree_with_one_object_a_file_reads_like_the_bundle()
    {
        var folder = Directory.CreateTempSubdirectory("modus-test-").FullName;
        try
        {
            using var document = System.Text.Json.JsonDocument.Parse(Tiny.Text);
            foreach (var item in document.RootElement.GetProperty("objects").EnumerateArray())
            {
                var kind = Directory.CreateDirectory(Path.Combine(folder, item.GetProperty("type").GetString()!));
                File.WriteAllText(Path.Combine(kind.FullName, item.GetProperty("id").GetString() + ".json"),
                    $"{{\"type\":\"bundle\",\"id\":\"bundle--1\",\"spec_version\":\"2.0\",\"objects\":[{item.GetRawText()}]}}");
            }

            var result = BundleReader.Read(folder, null, TestContext.Current.CancellationToken);

            Assert.Empty(result.Problems);
            Assert.Equal(Tiny.Release.All().Select(item => item.ToString()), result.Release!.All().Select(item => item.ToString()));
            Assert.Equal(Tiny.Release.Relationships().Select(link => link.ToString()), result.Release.Relationships().Select(link => link.ToString()));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Inputs_of_different_releases_do_not_become_one()
    {
        var other = Path.GetTempFileName();
        try
        {
            File.WriteAllText(other, Tiny.Text.Replace("\"x_mitre_version\": \"0.1\"", "\"x_mitre_version\": \"0.2\"", StringComparison.Ordinal));

            var result = BundleReader.Read([Tiny.Path, other], null, TestContext.Current.CancellationToken);

            Assert.Null(result.Release);
            Assert.Equal(ProblemCodes.MixedReleases, Assert.Single(result.Problems).Code);
        }
        finally
        {
            File.Delete(other);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Whatever_is_changed_in_a_bundle_reading_ends_and_counts_add_up(int seed)
    {
        var random = new Random(seed);
        var good = Encoding.UTF8.GetBytes(Tiny.Text);
        for (var round = 0; round < 300; round++)
        {
            var bytes = good.ToArray();
            for (var changes = random.Next(1, 6); changes > 0; changes--)
            {
                var at = random.Next(bytes.Length);
                if (random.Next(3) == 0) bytes = [.. bytes[..at], .. bytes[Math.Min(bytes.Length, at + random.Next(1, 60))..]];
                else bytes[at] = (byte)random.Next(256);
            }

            var result = Tiny.Read(bytes);

            Assert.True(result.Release is not null || result.Problems.Count > 0);
            Assert.All(result.Inputs, input => Assert.Equal(input.Given, input.Used + input.Merged + input.Skipped));
            if (result.Release is not { } release) continue;
            Assert.Equal(result.Problems.Count(problem => problem.Code == ProblemCodes.SkippedObject), result.Inputs[0].Skipped);
            foreach (var item in release.All()) _ = (item.FullName, item.Succession, item.ContentHash, (item as Technique)?.Tactics, (item as Analytic)?.LogSources);
            foreach (var group in release.Groups) _ = group.Techniques(Inheritance.All);
            _ = release.Search("open window");
        }
    }
}
