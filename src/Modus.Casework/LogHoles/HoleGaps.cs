using Modus.Attack;
using Modus.Casework.Cases;

namespace Modus.Casework.LogHoles;

/// <summary>Turns log holes into intelligence gaps.</summary>
internal static class HoleGaps
{
    public static IReadOnlyList<GapRecord> Of(IReadOnlyList<LogHole> holes, string caseId, string author, Func<string, string?> evidenceOf, IReadOnlyList<Release> releases)
    {
        var hidden = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        return
        [
            .. holes.Select(hole =>
            {
                var source = string.Join(", ", hole.Sources);
                if (!hidden.TryGetValue(source, out var techniques)) hidden[source] = techniques = SourceNames.TechniquesSeenIn(hole.Sources, releases);
                return new GapRecord
                {
                    Id = CaseIds.OfGap(caseId, hole.Type, source, hole.Host, hole.From),
                    CaseId = caseId,
                    Type = hole.Type,
                    Reason = hole.Reason,
                    Source = source,
                    Host = hole.Host.Length > 0 ? hole.Host : null,
                    From = hole.From,
                    To = hole.To,
                    Techniques = techniques,
                    EvidenceIds = [.. hole.Files.Select(evidenceOf).OfType<string>().Distinct().Order(StringComparer.Ordinal)],
                    Record = hole.Record,
                    Author = author,
                };
            }),
        ];
    }
}
