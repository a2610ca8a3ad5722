using Modus.Reports.Mapping;
using Modus.Reports.Training;

namespace Modus.Tests.Reports.Mapping;

/// <summary>A made-up release of six techniques and reports in made-up words, small enough to be fitted in a test.</summary>
internal static class SmallCorpus
{
    private static readonly (string Id, string? Parent, string Name, string[] Ways)[] techniques =
    [
        ("T9001", null, "Lamp Lighting", ["lights every lamp in the hall", "switched the lamp on with a taper", "kept lamps burning overnight"]),
        ("T9002", null, "Door Opening", ["opened the wooden door with a key", "forces doors by lifting the hinges", "pushes the gate and the door open"]),
        ("T9002.001", "T9002", "Cellar Door", ["opened the cellar door below the stairs", "cellar doors were opened from the yard", "went through the cellar door"]),
        ("T9002.002", "T9002", "Stable Door", ["opened the stable door for the horses", "unlatched stable doors at dawn", "horses left by the stable door"]),
        ("T9003", null, "Bread Baking", ["baked bread in the old oven", "kneads dough and bakes loaves", "left loaves of bread to rise"]),
        ("T9004", null, "Song Singing", ["sang a song to the crowd", "sings songs in three voices", "hummed a tune and sang"]),
    ];

    private static readonly string[] fillers = ["The weather was mild.", "Nobody spoke for an hour.", "See the figure on the left.", "It was published in spring."];

    private static readonly Lazy<MapperModel> model = new(() => MapperTrainer.Train(Texts!, Reports(), Options));

    public static MapperOptions Options { get; } = new() { Trees = 30, TreeDepth = 3, ReportCost = 1, Folds = 4, LeastWeight = 1, Epochs = 8 };

    public static MapperModel Model => model.Value;

    public static AttackTexts Texts { get; } = new(
        "made-up 1",
        [.. techniques.Select(one => new TechniqueText(one.Id, one.Parent, one.Name, $"Somebody {one.Ways[0]} to be seen."))],
        [.. techniques.SelectMany(one => one.Ways.Select((way, i) => new ProcedureText(one.Id, $"G900{i + 1}", $"Grey Heron {way}.")))],
        ["Grey Heron", "Wheelbarrow7"],
        new Dictionary<string, string> { ["T9999"] = "T9003" })
    {
        NamedSources = [new("Grey Heron", "G9001"), new("Wheelbarrow7", "G9002")],
    };

    /// <summary>Twelve reports of three techniques each; every third line says nothing.</summary>
    public static List<LabelledReport> Reports(int seed = 1)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, 12).Select(report => new LabelledReport($"report {report}", [.. Enumerable.Range(0, 30).Select(line =>
        {
            if (line % 3 == 0) return new LabelledSentence(fillers[random.Next(fillers.Length)], []);
            var (id, _, _, ways) = techniques[(report + random.Next(3)) % techniques.Length];
            return new LabelledSentence($"Then the visitor {ways[random.Next(ways.Length)]} near house {random.Next(90)}.", [id]);
        })]))];
    }
}
