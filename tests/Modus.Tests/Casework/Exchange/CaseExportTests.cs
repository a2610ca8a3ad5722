using Modus.Casework.Cases;
using Modus.Casework.Exchange;
using Modus.Casework.Indicators;
using Modus.Casework.Store;
using Xunit;

namespace Modus.Tests.Casework.Exchange;

/// <summary>A case out as text and back in.</summary>
public sealed class CaseExportTests : IDisposable
{
    private static readonly DateTimeOffset start = new(2026, 3, 9, 8, 0, 0, TimeSpan.Zero);
    private readonly TemporaryFolder folder = new();
    private int stores;

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Export_import_export_gives_the_same_bytes()
    {
        for (var seed = 1; seed <= 25; seed++)
        {
            using var one = Open();
            Fill(one, new Random(seed));
            var first = Path.Combine(folder.Path, $"a{seed}");
            var second = Path.Combine(folder.Path, $"b{seed}");

            CaseExport.Write(one, one.Case("C-x"), first);
            using var other = Open();
            var result = CaseImport.Read(other, first);
            CaseExport.Write(other, other.Case("C-x"), second);

            Assert.Equal(Bytes(first), Bytes(second));
            Assert.Equal(ItemKinds.All.Sum(kind => one.Store.List(kind).Count), result.Read);
            foreach (var kind in ItemKinds.All)
                Assert.Equal(one.Store.List(kind).Select(item => (item.Id, item.CaseId, item.Body.GetRawText())), other.Store.List(kind).Select(item => (item.Id, item.CaseId, item.Body.GetRawText())));
            Assert.Equal(0, CaseImport.Read(other, second).ChangeSet);
        }
    }

    [Fact]
    public void An_edited_file_changes_the_record_and_undo_takes_it_back()
    {
        using var book = Open();
        book.SaveOrThrow("case", new CaseRecord { Id = "C-x", Name = "X" }, Procedure("P-1", "before"));
        var place = Path.Combine(folder.Path, "edit");
        CaseExport.Write(book, book.Case(null), place);
        var file = Path.Combine(place, "procedures", "T1059.yaml");
        File.WriteAllText(file, File.ReadAllText(file).Replace("steps: before", "steps: after", StringComparison.Ordinal));

        CaseImport.Read(book, place);

        Assert.Equal("after", book.Get<ProcedureRecord>("P-1").Steps);
        book.Store.Undo("mira", 1);
        Assert.Equal("before", book.Get<ProcedureRecord>("P-1").Steps);
    }

    [Fact]
    public void Confirming_in_the_folder_does_not_get_round_the_rule_of_four_eyes()
    {
        var store = Path.Combine(folder.Path, "eyes.db");
        CaseBook By(string actor) => new(CaseStores.OpenSqlite(store, TimeProvider.System), actor, TimeProvider.System, new FourEyesPolicy(true, []));
        var place = Path.Combine(folder.Path, "eyes");
        using var mira = By("mira");
        mira.SaveOrThrow("case", new CaseRecord { Id = "C-x", Name = "X" }, Procedure("P-1", "seen") with { Author = "mira" }, Procedure("P-2", "seen too") with { Author = "mira" });
        using var jon = By("jon");
        jon.Review(jon.Get<ProcedureRecord>("P-2"), ReviewVerdict.Accept, "");
        CaseExport.Write(mira, mira.Case(null), place);
        Assert.Equal(0, CaseImport.Read(mira, place).ChangeSet);
        var file = Path.Combine(place, "procedures", "T1059.yaml");
        File.WriteAllText(file, File.ReadAllText(file).Replace("status: candidate", "status: confirmed", StringComparison.Ordinal).Replace("author: mira", "author: somebody", StringComparison.Ordinal));

        var refused = Assert.Throws<CaseRuleException>(() => CaseImport.Read(mira, place));

        Assert.Equal(CaseRuleCodes.FourEyes, refused.Code);
        Assert.Contains("P-1", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("P-2", refused.Message, StringComparison.Ordinal);
        Assert.Equal(ProcedureStatus.Candidate, mira.Get<ProcedureRecord>("P-1").Status);
        Assert.NotEqual(0, CaseImport.Read(jon, place).ChangeSet); // a second person reads it back
        // Into another store it comes with the review that accepted it; what nobody else accepted stays out.
        using var other = new CaseBook(CaseStores.OpenSqlite(Path.Combine(folder.Path, "other.db"), TimeProvider.System), "somebody", TimeProvider.System, new FourEyesPolicy(true, []));
        Assert.Contains("P-1", Assert.Throws<CaseRuleException>(() => CaseImport.Read(other, place)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_folder_lacks_stays_unless_pruned_and_a_new_export_forgets_stale_files()
    {
        using var book = Open();
        book.SaveOrThrow("case", new CaseRecord { Id = "C-x", Name = "X" }, Procedure("P-1", "s"), Procedure("P-2", "s") with { Technique = "T1204" });
        var place = Path.Combine(folder.Path, "prune");
        CaseExport.Write(book, book.Case(null), place);
        File.Delete(Path.Combine(place, "procedures", "T1204.yaml"));

        Assert.Equal(["procedure P-2"], CaseImport.Read(book, place).Missing);
        Assert.NotNull(book.Find<ProcedureRecord>("P-2"));
        CaseImport.Read(book, place, prune: true);
        Assert.Null(book.Find<ProcedureRecord>("P-2"));

        book.SaveOrThrow("move", book.Get<ProcedureRecord>("P-1") with { Technique = "T1059.001" });
        CaseExport.Write(book, book.Case(null), place);
        Assert.Equal(["T1059.001.yaml"], Directory.GetFiles(Path.Combine(place, "procedures")).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData("procedures/T1059.yaml", "- id: P-1\n  case: C-x\n  technique: [1]\n", "technique")]
    [InlineData("procedures/T1059.yaml", "- id: P-1\n  case: C-x\n  status: perhaps\n", "perhaps")]
    [InlineData("procedures/T1059.yaml", "- case: C-x\n", "without an id")]
    [InlineData("procedures/T1059.yaml", "- id: P-1\n  case: C-y\n", "C-y")]
    [InlineData("gaps.yaml", "a: [", "gaps.yaml")]
    [InlineData("notes/N-1.md", "no head", "note")]
    public void A_file_that_cannot_be_read_is_named_and_nothing_is_changed(string name, string content, string word)
    {
        using var book = Open();
        book.SaveOrThrow("case", new CaseRecord { Id = "C-x", Name = "X" }, Procedure("P-1", "s"));
        var place = Path.Combine(folder.Path, "bad");
        CaseExport.Write(book, book.Case(null), place);
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(place, name))!);
        File.WriteAllText(Path.Combine(place, name), content);
        var before = book.Store.Journal().Count;

        var problem = Assert.Throws<CaseRuleException>(() => CaseImport.Read(book, place));

        Assert.Contains(word, problem.Message, StringComparison.Ordinal);
        Assert.Contains(Path.GetFileName(name), problem.Message, StringComparison.Ordinal);
        Assert.Equal(before, book.Store.Journal().Count);
    }

    [Fact]
    public void A_folder_of_something_else_is_left_alone()
    {
        using var book = Open();
        book.SaveOrThrow("case", new CaseRecord { Id = "C-x", Name = "X" });
        folder.Write("mine/thesis.txt", "years of work");

        Assert.Throws<CaseRuleException>(() => CaseExport.Write(book, book.Case(null), Path.Combine(folder.Path, "mine")));

        Assert.Equal(["thesis.txt"], Directory.GetFileSystemEntries(Path.Combine(folder.Path, "mine")).Select(Path.GetFileName));
    }

    [Fact]
    public void Names_from_evidence_cannot_leave_the_folder_or_become_markup()
    {
        using var book = Open();
        book.SaveOrThrow("case", new CaseRecord { Id = "C-x", Name = "<script>x</script>" }, Procedure("P-1", "s") with { Technique = "../../etc/T1", Hosts = ["<img src=x onerror=alert(1)>|[a](b)"] });
        var place = Path.Combine(folder.Path, "deep", "out");

        var files = CaseExport.Write(book, book.Case(null), place);

        Assert.All(files, file => Assert.StartsWith(place, Path.GetFullPath(Path.Combine(place, file)), StringComparison.Ordinal));
        var page = File.ReadAllText(Path.Combine(place, "README.md"));
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", page, StringComparison.Ordinal);
        Assert.DoesNotContain("[a](b)", page, StringComparison.Ordinal);
    }

    private CaseBook Open() => new(CaseStores.OpenSqlite(Path.Combine(folder.Path, $"{++stores}.db"), TimeProvider.System), "mira", TimeProvider.System);

    private static ProcedureRecord Procedure(string id, string steps) => new() { Id = id, CaseId = "C-x", Technique = "T1059", Steps = steps };

    private static IReadOnlyList<(string, string)> Bytes(string place) =>
    [
        .. Directory.EnumerateFiles(place, "*", SearchOption.AllDirectories).Select(file => (Path.GetRelativePath(place, file), Convert.ToHexString(File.ReadAllBytes(file)))).Order(),
    ];

    /// <summary>A case of everything, with texts that mean something to YAML and Markdown.</summary>
    private static void Fill(CaseBook book, Random random)
    {
        var records = new List<ICaseRecord> { new CaseRecord { Id = "C-x", Name = Text(random), Summary = Text(random), Opened = start, Aliases = [Text(random)] } };
        for (var number = 0; number < 12; number++)
        {
            var time = start.AddTicks(random.NextInt64(TimeSpan.TicksPerDay));
            records.Add(new ProcedureRecord
            {
                Id = $"P-{number}",
                CaseId = "C-x",
                Technique = $"T10{random.Next(3)}.00{random.Next(3)}",
                Name = Text(random),
                Steps = Text(random),
                First = time,
                Last = time.AddTicks(random.Next(1000)),
                Hosts = [Text(random), "b"],
                Status = (ProcedureStatus)random.Next(4),
                Confidence = (ConfidenceLevel)random.Next(3),
                Why = Text(random),
                Quotes = [new CaseQuote { EvidenceId = "E-1", Text = Text(random), Matched = Text(random), Start = random.Next(), Length = 4, Probability = Math.Round(random.NextDouble(), 4) }],
                Hits = [new CaseHit { EvidenceId = "E-2", Details = Text(random), Users = [Text(random)], Count = random.NextInt64(1L << 50), First = time }],
                Claims = [new CaseClaim("E-3", "$.techniques[0]", Text(random), "T1")],
                RunnersUp = [new RunnerUp("T1", Text(random), 0.25)],
            });
            records.Add(new IndicatorRecord
            {
                Id = $"O-{number}",
                CaseId = "C-x",
                Type = IndicatorType.Url,
                Value = Text(random),
                Tlp = "red",
                First = time,
                Last = time,
                Expires = time,
                Sightings = [new IndicatorSighting { EvidenceId = "E-1", Place = Text(random), Written = Text(random), Context = Text(random), First = time, Basis = "event", Until = time, Count = number, Procedures = ["P-1"], Techniques = ["T1"] }],
            });
            records.Add(new NoteRecord { Id = $"N-{number}", CaseId = "C-x", Text = Text(random), Author = Text(random), Time = time, About = number % 2 == 0 ? ["T1"] : [] });
            records.Add(new GapRecord { Id = $"I-{number}", CaseId = "C-x", Reason = Text(random), Host = Text(random), From = time });
            records.Add(new ReviewRecord { Id = $"V-{number}", CaseId = "C-x", ProcedureId = "P-1", Reviewer = "jon", Verdict = (ReviewVerdict)random.Next(7), Reason = Text(random) });
        }
        records.Add(new EvidenceRecord { Id = "E-1", CaseId = "C-x", Type = EvidenceKind.Report, Sha256 = "00", Path = Text(random) + "x", Asides = [new Aside("T1", "n", new CaseQuote { EvidenceId = "E-1", Text = Text(random) })] });
        records.Add(new DecisionRecord { Id = "D-1", CaseId = "C-x", Text = Text(random), Reason = Text(random) });
        records.Add(new HypothesisRecord { Id = "H-1", CaseId = "C-x", Text = Text(random), For = ["P-1"] });
        book.SaveOrThrow("fill", records);
    }

    private static string Text(Random random)
    {
        const string letters = "ab 1-?:,[]{}#&*!|>'\"%@`\\\n\r\t~=.<_é漢\n---\n ";
        return string.Concat(Enumerable.Range(0, random.Next(20)).Select(_ => letters[random.Next(letters.Length)]));
    }
}
