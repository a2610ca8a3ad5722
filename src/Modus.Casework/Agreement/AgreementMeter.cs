using Modus.Attack;
using Modus.Casework.Investigation;
using Modus.Casework.Mappings;

namespace Modus.Casework.Agreement;

/// <summary>How to measure agreement.</summary>
public sealed record AgreementOptions
{
    /// <summary>What to compare; null decides by what the coders give.</summary>
    public AgreementBasis? Basis { get; init; }

    /// <summary>How often to draw for intervals. Default 1,000; 0 makes none.</summary>
    public int Resamples { get; init; } = 1000;

    /// <summary>Where the draws begin.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>At most so many disagreements. Default 20.</summary>
    public int Top { get; init; } = 20;
}

/// <summary>Measures how well analysts, teams or tools agree on the techniques of the same evidence.</summary>
public static class AgreementMeter
{
    // From this many documents on, whole documents are drawn: sentences of one document are no independent evidence.
    private const int DocumentsToDraw = 10;

    /// <summary>Measures.</summary>
    /// <param name="coders">At least two.</param>
    /// <param name="knowledge">The releases at hand; ids are brought to the target.</param>
    /// <param name="options">How.</param>
    /// <param name="problems">Takes what could not be brought over.</param>
    /// <param name="stop">Stops between two resamples.</param>
    public static AgreementReport Measure(IReadOnlyList<Coder> coders, KnowledgeAtHand knowledge, AgreementOptions options, ICollection<CaseProblem> problems, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(coders);
        ArgumentNullException.ThrowIfNull(knowledge);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(problems);
        ArgumentOutOfRangeException.ThrowIfLessThan(coders.Count, 2);
        var same = InOneRelease(coders, knowledge, problems);
        var basis = options.Basis ?? (UnitAligner.HasEvidence(same) ? AgreementBasis.Evidence : AgreementBasis.Technique);
        var all = basis == AgreementBasis.Evidence ? UnitAligner.Align(same) : PresenceUnits.Of(same, knowledge);
        var units = all.Where(unit => unit.Techniques.Count(set => set is not null) > 1).ToList();
        var documents = units.Select((unit, row) => (unit.Document, row)).GroupBy(pair => pair.Document, pair => pair.row, StringComparer.Ordinal).Select(group => group.ToArray()).ToList();
        var byDocument = documents.Count >= DocumentsToDraw;
        IReadOnlyList<int[]> clusters = byDocument ? documents : [.. Enumerable.Range(0, units.Count).Select(row => new[] { row })];
        return new AgreementReport
        {
            Basis = basis,
            Coders = [.. same.Select(coder => new CoderNote(
                coder.Name, coder.Mappings.Count(mapping => mapping.Technique is not null), coder.Mappings.Select(mapping => mapping.Technique).OfType<string>().Distinct().Count(),
                coder.Mappings.Select(mapping => UnitAligner.DocumentKey(mapping.Document)).Distinct().Count()))],
            Units = units.Count,
            Documents = documents.Count,
            Levels = [.. Enum.GetValues<AgreementLevel>().Select(level => LevelOf(level, basis, same, units, clusters, options, stop))],
            Techniques = DisputeFinder.Techniques(units, same.Count, id => NameOf(knowledge, id)),
            Disagreements = DisputeFinder.Find(units, TableOf(AgreementLevel.SubTechnique, basis, units), basis, options.Top),
            Drawn = byDocument ? "documents" : "units",
            Release = knowledge.Targets[0].Version,
        };
    }

    internal static RatingTable TableOf(AgreementLevel level, AgreementBasis basis, IReadOnlyList<AlignedUnit> units)
    {
        if (basis == AgreementBasis.Technique) return PresenceUnits.Table(level, units);
        var space = new ValueSpace(level);
        var rows = units.Select(unit => unit.Techniques.Select(set => set is null ? RatingTable.Missing : space.Of(set)).ToArray()).ToList();
        return new RatingTable(space.Similarity, space.Neighbours, rows, space.Count);
    }

    private static LevelAgreement LevelOf(
        AgreementLevel level, AgreementBasis basis, IReadOnlyList<Coder> coders, IReadOnlyList<AlignedUnit> units, IReadOnlyList<int[]> clusters, AgreementOptions options, CancellationToken stop)
    {
        var table = TableOf(level, basis, units);
        // At the level of techniques the parents' units alone count, or every sub-technique would count twice.
        if (basis == AgreementBasis.Technique && level == AgreementLevel.Technique)
        {
            var parents = units.Select((unit, row) => (unit, row)).Where(pair => !TechniqueIds.IsSub(pair.unit.Label)).Select(pair => pair.row).ToHashSet();
            table = table.With([.. table.Rows.Where((_, row) => parents.Contains(row))]);
            clusters = [.. clusters.Select(cluster => cluster.Where(parents.Contains).ToArray()).Where(cluster => cluster.Length > 0)];
            var renumbered = parents.Order().Select((row, index) => (row, index)).ToDictionary(pair => pair.row, pair => pair.index);
            clusters = [.. clusters.Select(cluster => cluster.Select(row => renumbered[row]).ToArray())];
        }
        var pairs = (from one in Enumerable.Range(0, coders.Count) from other in Enumerable.Range(one + 1, coders.Count - one - 1) select (one, other)).ToList();
        List<Func<RatingTable, double?>> figures = [static sample => sample.Alpha(), .. pairs.Select(pair => (Func<RatingTable, double?>)(sample => sample.Kappa(pair.one, pair.other)?.Value))];
        var intervals = Bootstrap.Run(table, clusters, options.Resamples, options.Seed, figures, stop);
        return new LevelAgreement(level, table.Alpha(), intervals[0],
        [
            .. pairs.Select((pair, at) => new PairAgreement(
                coders[pair.one].Name, coders[pair.other].Name, table.Kappa(pair.one, pair.other), intervals[at + 1], F1Of(level, basis, units, pair.one, pair.other))),
        ]);
    }

    private static double? F1Of(AgreementLevel level, AgreementBasis basis, IReadOnlyList<AlignedUnit> units, int one, int other)
    {
        double common = 0, total = 0;
        var space = new ValueSpace(level);
        // Named or not: what counts is the set of techniques a document.
        IEnumerable<(IReadOnlyList<string> Left, IReadOnlyList<string> Right)> sets = basis == AgreementBasis.Evidence
            ? units.Where(unit => unit.Techniques[one] is not null && unit.Techniques[other] is not null).Select(unit => (unit.Techniques[one]!, unit.Techniques[other]!))
            : units.GroupBy(unit => unit.Document, StringComparer.Ordinal).Where(group => group.All(unit => unit.Techniques[one] is not null && unit.Techniques[other] is not null))
                .Select(group => ((IReadOnlyList<string>)[.. group.SelectMany(unit => unit.Techniques[one]!).Distinct()], (IReadOnlyList<string>)[.. group.SelectMany(unit => unit.Techniques[other]!).Distinct()]));
        foreach (var (left, right) in sets)
        {
            var (a, b) = (space.Of(left), space.Of(right));
            double size = space[a].Count + space[b].Count;
            total += size;
            common += size * (size == 0 ? 0 : space.Similarity(a, b));
        }
        return total == 0 ? null : common / total;
    }

    private static List<Coder> InOneRelease(IReadOnlyList<Coder> coders, KnowledgeAtHand knowledge, ICollection<CaseProblem> problems)
    {
        var resolver = new TechniqueResolver(knowledge);
        var told = new HashSet<(string, string)>();
        return [.. coders.Select(coder => coder with { Mappings = [.. coder.Mappings.Select(Bring)] })];

        StatedMapping Bring(StatedMapping mapping)
        {
            if (mapping.Technique is not { } written) return mapping;
            var resolution = resolver.Resolve(written, "mapping", mapping.Tactic, mapping.Release);
            if (resolution.Technique is null && told.Add((mapping.File, written)))
                problems.Add(new CaseProblem(CaseProblemCodes.UnknownTechnique, $"{written}: {resolution.Origin.Reason} It is compared as it is written.", mapping.File, mapping.Place, Lost: false));
            else if (resolution.Technique is { } technique && technique.Id != TechniqueIds.Normal(written) && told.Add((mapping.File, written)))
                problems.Add(new CaseProblem(CaseProblemCodes.OtherRelease, $"{written} is compared as {technique.Id}: {resolution.Origin.Reason}", mapping.File, mapping.Place, Lost: false));
            return mapping with { Technique = resolution.Technique?.Id ?? TechniqueIds.Normal(written) ?? written };
        }
    }

    private static string NameOf(KnowledgeAtHand knowledge, string id) => knowledge.Targets.Select(release => release.Find<Technique>(id)?.FullName).FirstOrDefault(name => name is not null) ?? "";
}
