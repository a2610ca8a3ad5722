using System.Globalization;
using Modus.Analysis.Coverage;
using Modus.Casework.Cases;
using Modus.Casework.Investigation;
using Unplaced = Modus.Analysis.Coverage.Unplaced;

namespace Modus.Casework.Defence;

/// <summary>What a case says: the threat that it was, and what the defence saw of it.</summary>
/// <param name="Threat">The case's techniques.</param>
/// <param name="Seen">Rules that fired in it, and techniques that its logs show without a rule.</param>
public sealed record CaseDefence(ThreatProfile Threat, DefenceInventory Seen)
{
    /// <summary>Reads a case's procedures; rejected ones do not count.</summary>
    /// <param name="name">What the case is called.</param>
    /// <param name="procedures">Its procedures.</param>
    /// <param name="context">The release.</param>
    /// <param name="rules">The rules of the defence: hits of others (queries of an investigation, the starter rules) say that logs show a technique, not that a rule of the defence fired. Null lets every rule count.</param>
    public static CaseDefence Of(string name, IEnumerable<ProcedureRecord> procedures, DefenceContext context, IReadOnlyList<DeployedRule>? rules = null)
    {
        var own = rules?.SelectMany(rule => new[] { rule.Id, rule.Title }).ToHashSet(StringComparer.OrdinalIgnoreCase);
        ArgumentNullException.ThrowIfNull(procedures);
        ArgumentNullException.ThrowIfNull(context);
        var threats = new Dictionary<string, ThreatTechnique>(StringComparer.OrdinalIgnoreCase);
        var hits = new Dictionary<(string Rule, string Host, string Technique), RuleHits>();
        var seen = new List<SeenTechnique>();
        var unplaced = new List<Unplaced>();
        // The starter rules know the platform of their own hits; others are asked of the inventory.
        var starters = new Lazy<Dictionary<string, IReadOnlyList<string>>>(() => StarterRules.Load().Rules.Where(rule => rule.Header.Id is not null)
            .DistinctBy(rule => rule.Header.Id).ToDictionary(rule => rule.Header.Id!, rule => context.Products.Of(rule.LogSource.Product, rule.LogSource.Service), StringComparer.OrdinalIgnoreCase));
        foreach (var procedure in procedures)
        {
            if (procedure.Status == ProcedureStatus.Rejected || procedure.Standing is "suggested" or "claimed" && procedure.Status != ProcedureStatus.Confirmed) continue;
            var mapped = context.Map(procedure.Technique, procedure.Release.Length > 0 ? procedure.Release : null);
            if (mapped.Id is not { } id) { unplaced.Add(new(procedure.Technique, $"{name} {procedure.Id}", mapped.Verdict)); continue; }
            var day = DayOf(procedure.Last ?? procedure.First);
            threats[id] = threats.TryGetValue(id, out var known)
                ? known with { LastSeen = known.LastSeen > day || day is null ? known.LastSeen : day, Sources = [.. known.Sources.Append($"{procedure.Id}: {procedure.Standing}").Distinct()] }
                : new(id, 1, day, [$"{procedure.Id}: {procedure.Standing}"]) { Users = [name] };
            foreach (var hit in procedure.Hits)
            {
                var counts = hit.Rule.Length > 0 && (own is null || own.Contains(hit.RuleId ?? hit.Rule) || own.Contains(hit.Rule));
                var evidence = new RungEvidence(counts ? RungEvidenceKind.Hit : RungEvidenceKind.Log, hit.Rule.Length > 0 ? hit.Rule : procedure.Steps.Length > 0 ? procedure.Steps : procedure.Name, $"{hit.File} {hit.Record}".Trim())
                {
                    Id = hit.RuleId,
                    Host = hit.Host.Length > 0 ? hit.Host : null,
                    Date = DayOf(hit.Last ?? hit.First),
                    Detail = $"{name} {procedure.Id}",
                };
                if (!counts) { seen.Add(new(mapped, evidence, [])); continue; }
                var key = (hit.RuleId ?? hit.Rule, hit.Host, id);
                var before = hits.GetValueOrDefault(key);
                hits[key] = new(key.Item1, (before?.Count ?? 0) + hit.Count, before is not null && before.Evidence.Date >= evidence.Date ? before.Evidence : evidence)
                {
                    First = before?.First is { } first && !(DayOf(hit.First) < first) ? first : DayOf(hit.First),
                    Techniques = [mapped],
                    Platforms = hit.RuleId is not null && starters.Value.TryGetValue(hit.RuleId, out var platforms) ? platforms : [],
                };
            }
        }
        return new(new(name, "each technique of the case counts 1", [.. threats.Values.OrderBy(item => item.Id, StringComparer.Ordinal)]) { Unplaced = unplaced },
            new() { Hits = [.. hits.OrderBy(pair => pair.Key.ToString(), StringComparer.Ordinal).Select(pair => pair.Value)], Seen = seen });
    }

    private static DateOnly? DayOf(DateTimeOffset? time) => time is { } at ? DateOnly.FromDateTime(at.UtcDateTime) : null;
}
