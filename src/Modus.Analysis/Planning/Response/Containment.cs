using Modus.Analysis.Planning.Choices;

namespace Modus.Analysis.Planning.Response;

/// <summary>Countermeasures that contain an intrusion, joined to techniques by the artifacts that both touch.</summary>
/// <param name="Stage">What it does: as the data words it, in the order of <see cref="Stages"/>.</param>
/// <param name="Measure">The measure with the techniques it answers, in ids of the release it was joined to.</param>
public sealed record Containment(string Stage, MeasureFact Measure)
{
    private static readonly Lazy<IReadOnlyList<Containment>> all = new(ReadAll);

    /// <summary>All of them, by stage and id.</summary>
    public static IReadOnlyList<Containment> All => all.Value;

    /// <summary>The stages, in the order in which to take them.</summary>
    public static IReadOnlyList<string> Stages { get; } = [.. All.Select(item => item.Stage).Distinct(StringComparer.Ordinal)];

    private static List<Containment> ReadAll()
    {
        using var stream = typeof(Containment).Assembly.GetManifestResourceStream("containment.tsv")!;
        using var reader = new StreamReader(stream);
        var measures = new List<Containment>();
        while (reader.ReadLine() is { } line)
        {
            if (line.Length == 0 || line[0] == '#') continue;
            var cells = line.Split('\t');
            measures.Add(new(cells[0], new(cells[1], cells[2], [.. cells[3].Split(' ').Select(id => new MeasureEffect(id))])));
        }
        return measures;
    }
}
