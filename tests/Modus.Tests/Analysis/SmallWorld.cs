using System.IO.Compression;
using System.Text.Json;
using Modus.Analysis.Evaluation;
using Modus.Analysis.Knowledge;

namespace Modus.Tests.Analysis;

/// <summary>A made-up world of actors, small enough to reckon by hand, and the real knowledge bases where they are at hand.</summary>
internal static class SmallWorld
{
    /// <summary>
    /// Red does T1, T2, T3, T4 with the software Rake; Blue does T1, T2, T5, T6 with Rope; Green does T1 alone, from one undated page.
    /// T7 is only known of Rake; T0 gave way to T1; T2.001 is a part of T2.
    /// </summary>
    public static ActorKnowledge Knowledge() => new()
    {
        Release = "1.0",
        Techniques =
        [
            Technique("T1", "one"), Technique("T2", "one"), Technique("T2.001", "one", "T2"), Technique("T3", "two"), Technique("T4", "two"),
            Technique("T5", "three"), Technique("T6", "three"), Technique("T7", "three"),
        ],
        TacticOrder = ["one", "two", "three"],
        Actors = [new("G1", "Red", ["Crimson Bear"]) { SuspectedNation = "AA" }, new("G2", "Blue", ["Navy"]) { SuspectedNation = "BB" }, new("G3", "Green", ["Navy"])],
        Software = [new("S1", "Rake", ["rake.exe"], false), new("S2", "Rope", [], true), new("S3", "Common Net", [], true)],
        Campaigns = [new("C1", "Harvest", new(2020, 1, 1), new(2020, 6, 1))],
        Sources = [Source("red 2018", 2018), Source("red 2020", 2020), Source("blue 2019", 2019), Source("harvest 2020", 2020), new("page", null, null)],
        Uses =
        [
            new("G1", "T1", ["red 2018", "red 2020"]), new("G1", "T2", ["red 2018"]), new("G1", "T3", ["red 2018"]), new("G1", "T4", ["red 2020"]),
            new("G2", "T1", ["blue 2019"]), new("G2", "T2", ["blue 2019"]), new("G2", "T5", ["blue 2019"]), new("G2", "T6", ["blue 2019"]),
            new("G3", "T1", ["page"]), new("S1", "T7", ["red 2020"]), new("S1", "T3", ["red 2018"]), new("C1", "T6", ["harvest 2020"]), new("C1", "T1", ["red 2020"]),
        ],
        SoftwareUses = [new("G1", "S1", ["red 2018"]), new("G2", "S2", ["blue 2019"]), new("G1", "S3", ["red 2018"]), new("G2", "S3", ["blue 2019"]), new("G3", "S3", ["page"])],
        Attributions = [new("C1", "G1", ["harvest 2020"])],
        Successors = new Dictionary<string, string> { ["T0"] = "T1" },
    };

    public static ActorKnowledge Real(string release = "16.1")
    {
        using var file = File.OpenRead(TestData.Need($"attribution/kb/kb-{release}.json.gz"));
        using var plain = new GZipStream(file, CompressionMode.Decompress);
        using var memory = new MemoryStream();
        plain.CopyTo(memory);
        return KnowledgeText.Read(memory.ToArray(), Dates());
    }

    public static Dictionary<string, DateOnly> Dates()
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(TestData.Need("attribution/citation-dates.json")));
        return document.RootElement.EnumerateObject().Where(item => item.Value.TryGetProperty("date", out var date) && date.ValueKind == JsonValueKind.String)
            .ToDictionary(item => item.Name, item => DateOnly.Parse(item.Value.GetProperty("date").GetString()!));
    }

    private static TechniqueFact Technique(string id, string tactic, string? parent = null) =>
        new(id, $"Name of {id}", parent, [tactic], id is "T5" ? ["Linux"] : ["Windows"]);

    private static SourceFact Source(string name, int year) => new(name, new DateOnly(year, 5, 1), null);
}
