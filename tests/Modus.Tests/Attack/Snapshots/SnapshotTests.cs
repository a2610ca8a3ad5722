using Modus.Attack;
using Modus.Attack.Install;
using Modus.Attack.Snapshots;
using Modus.Tests.Attack.Facts;
using Xunit;

namespace Modus.Tests.Attack.Snapshots;

public sealed class SnapshotTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("modus-test-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_snapshot_says_all_that_its_bundle_says()
    {
        foreach (var release in new[] { Tiny.Release, Real.Enterprise171, Real.Enterprise181, Real.Ics181 })
        {
            var path = Path.Combine(folder, release.Version + SnapshotFile.Ending);
            Assert.True(SnapshotFile.Write(release, path));
            var read = SnapshotFile.Read(path, out var problem)!;

            Assert.Null(problem);
            Assert.Equal((release.Name, release.Stamp, release.HasText, release.Provenance, release.Determination, release.SpecVersion),
                (read.Name, read.Stamp, read.HasText, read.Provenance, read.Determination, read.SpecVersion));
            Assert.Equal(release.All().Select(Describe), read.All().Select(Describe));
            Assert.Equal(release.Relationships().Select(link => $"{link} {link.StixId} {link.Description} {link.Citations.Count} {link.Modified}"),
                read.Relationships().Select(link => $"{link} {link.StixId} {link.Description} {link.Citations.Count} {link.Modified}"));
        }

        static string Describe(AttackObject item) => $"{FactsTests.Describe(item)} {item.Description} {item.ContentHash} {(item as Technique)?.Detection}";
    }

    [Fact]
    public void The_same_release_gives_the_same_bytes_and_is_not_written_twice()
    {
        var path = Path.Combine(folder, "a" + SnapshotFile.Ending);
        SnapshotFile.Write(Tiny.Release, path);
        var first = File.ReadAllBytes(path);

        Assert.False(SnapshotFile.Write(Tiny.Read(Tiny.Text).Release!, path));
        Assert.Equal(first, File.ReadAllBytes(path));
        Assert.Equal([path], Directory.GetFiles(folder));
    }

    [Fact]
    public void A_snapshot_changed_in_any_byte_is_refused()
    {
        var path = Path.Combine(folder, "a" + SnapshotFile.Ending);
        SnapshotFile.Write(Tiny.Release, path);
        var good = File.ReadAllBytes(path);
        for (var at = 0; at < good.Length; at++)
        {
            var bad = good.ToArray();
            bad[at] ^= 0x41;
            File.WriteAllBytes(path, bad);

            Assert.Null(SnapshotFile.Read(path, out var problem));
            Assert.Equal(ProblemCodes.BadImage, problem!.Code);
        }
    }

    [Fact]
    public void A_snapshot_cut_off_or_prolonged_is_refused()
    {
        var path = Path.Combine(folder, "a" + SnapshotFile.Ending);
        SnapshotFile.Write(Tiny.Release, path);
        var good = File.ReadAllBytes(path);
        for (var length = 0; length < good.Length; length += 61)
        {
            File.WriteAllBytes(path, good[..length]);
            Assert.Null(SnapshotFile.Read(path, out var problem));
            Assert.Equal(ProblemCodes.BadImage, problem!.Code);
        }
        File.WriteAllBytes(path, [.. good, 0, 0, 0, 0]);
        Assert.Null(SnapshotFile.Read(path, out _));
    }

    [Fact]
    public void A_damaged_snapshot_gives_way_to_embedded_facts_and_is_reported_and_can_be_installed_anew()
    {
        var path = Path.Combine(folder, "ics-18.1" + SnapshotFile.Ending);
        File.WriteAllText(path, "half of a fi");

        var knowledge = KnowledgeBase.Open(folder);
        Assert.False(knowledge.Get("18.1", Domains.Ics)!.HasText);
        Assert.Equal(path, Assert.Single(knowledge.Problems).File);

        Assert.True(SnapshotFile.Write(Real.Ics181, path));
        var mended = KnowledgeBase.Open(folder);
        Assert.True(mended.Get("18.1", Domains.Ics)!.HasText);
        Assert.Empty(mended.Problems);
    }

    [Fact]
    public async Task Installing_again_changes_nothing_and_an_installed_release_goes_before_facts()
    {
        var file = TestData.Need("attack/ics-attack-18.1.json");
        var stop = TestContext.Current.CancellationToken;

        var first = await Installer.InstallAsync([file], folder, stop: stop);
        var again = await Installer.InstallAsync([file], folder, stop: stop);

        Assert.Equal((true, false, first.Path), (first.IsNew, again.IsNew, again.Path));
        var knowledge = KnowledgeBase.Open(folder);
        Assert.True(knowledge.Newest(Domains.Ics)!.HasText);
        Assert.NotNull(knowledge.Newest(Domains.Ics)!.Find<Technique>("T0803")!.Description);
        Assert.False(knowledge.Newest(Domains.Mobile)!.HasText);
    }

    [Fact]
    public async Task A_bundle_of_unknown_domains_only_is_not_installed()
    {
        var file = Path.Combine(folder, "foo.json");
        await File.WriteAllTextAsync(file, Tiny.Text.Replace("enterprise-attack", "foo-attack", StringComparison.Ordinal), TestContext.Current.CancellationToken);

        var result = await Installer.InstallAsync([file], folder, stop: TestContext.Current.CancellationToken);

        Assert.Null(result.Path);
        Assert.Equal(2, result.Problems.Count(problem => problem.Code == ProblemCodes.UnknownDomain));
        Assert.Equal([file], Directory.GetFiles(folder));
    }

    [Fact]
    public void The_leftovers_of_a_killed_install_go_when_they_are_old()
    {
        var (old, fresh) = (Path.Combine(folder, "old.part"), Path.Combine(folder, "fresh.part"));
        File.WriteAllText(old, "half");
        File.WriteAllText(fresh, "half");
        File.SetLastWriteTimeUtc(old, File.GetLastWriteTimeUtc(old).AddDays(-1));

        SnapshotFile.Write(Tiny.Release, Path.Combine(folder, "tiny" + SnapshotFile.Ending));

        Assert.False(File.Exists(old));
        Assert.True(File.Exists(fresh));
    }

    [Fact]
    public async Task Several_domains_install_as_one_release_and_answer_for_each()
    {
        var stop = TestContext.Current.CancellationToken;
        await Installer.InstallAsync([TestData.Need("attack/ics-attack-17.1.json"), TestData.Need("attack/mobile-attack-17.1.json")], folder, stop: stop);

        var knowledge = KnowledgeBase.Open(folder);

        Assert.Same(knowledge.Get("17.1", Domains.Ics), knowledge.Get("17.1", Domains.Mobile));
        Assert.Null(knowledge.Get("17.1"));
        Assert.Equal("18.1", knowledge.NewestVersion(Domains.Ics));
        Assert.Contains("19.0, 18.1", knowledge.NoSuch("17.1").Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_release_is_fetched_from_an_address_within_limits()
    {
        var stop = TestContext.Current.CancellationToken;
        using var client = new HttpClient(new Answers());

        var good = await Installer.InstallAsync(["https://release.example/tiny.json"], folder, null, client, stop);
        var missing = await Installer.InstallAsync(["https://release.example/none.json"], folder, null, client, stop);
        var endless = await Installer.InstallAsync(["https://release.example/endless"], folder, new() { Limits = new() { Bytes = 1 << 20 } }, client, stop);
        var page = await Installer.InstallAsync(["https://release.example/page"], folder, null, client, stop);

        Assert.Equal("0.1", good.Release!.Version);
        Assert.Equal((ProblemCodes.Download, "https://release.example/none.json"), (missing.Problems.Single().Code, missing.Problems.Single().File));
        Assert.Equal(ProblemCodes.TooLarge, endless.Problems.Single().Code);
        Assert.Equal((ProblemCodes.BadJson, "https://release.example/page"), (page.Problems.Single().Code, page.Problems.Single().File));
        Assert.Single(Directory.GetFiles(folder));
    }

    private sealed class Answers : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => Task.FromResult(request.RequestUri!.AbsolutePath switch
        {
            "/tiny.json" => new HttpResponseMessage { Content = new StringContent(Tiny.Text) },
            "/page" => new HttpResponseMessage { Content = new StringContent("<html>sign in</html>") },
            "/endless" => new HttpResponseMessage { Content = new StreamContent(new Endless()) },
            _ => new HttpResponseMessage(System.Net.HttpStatusCode.NotFound),
        });
    }

    private sealed class Endless : Stream
    {
        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => 0; set => throw new NotSupportedException(); }
        public override int Read(byte[] buffer, int offset, int count) => count;
        public override void Flush() { }
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
