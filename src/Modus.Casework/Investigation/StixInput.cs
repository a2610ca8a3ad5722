using Modus.Attack;
using Modus.Stix.Bundles;

namespace Modus.Casework.Investigation;

/// <summary>Reads STIX content: attack patterns, who uses them, and what the producer says about it.</summary>
internal sealed class StixInput
{
    private static readonly string[] actors = ["intrusion-set", "threat-actor", "campaign", "malware", "tool", "incident", "indicator"];

    private readonly StixBundle bundle;
    private readonly string file;
    private readonly FindingCollector findings;
    private readonly KnowledgeAtHand knowledge;
    private int placed, uses, unusable;

    private StixInput(StixBundle bundle, string file, FindingCollector findings, KnowledgeAtHand knowledge)
    {
        this.bundle = bundle;
        this.file = file;
        this.findings = findings;
        this.knowledge = knowledge;
    }

    /// <summary>True where the content is ATT&amp;CK itself: a knowledge base, of which nothing is evidence of a case.</summary>
    public static bool IsKnowledgeBase(StixBundle bundle) => bundle.Objects.Any(item => ObjectKinds.FromStixType(item.Type) == ObjectKind.Matrix);

    /// <returns>What was found, and whether anything of it was used.</returns>
    public static (string Summary, bool Used) Read(StixBundle bundle, string file, FindingCollector findings, KnowledgeAtHand knowledge, bool withIndicators = false)
    {
        var input = new StixInput(bundle, file, findings, knowledge);
        input.ReadAll();
        if (withIndicators) findings.Indicators.AddRange(Indicators.StixIndicators.Of(bundle, file, pattern => input.ResolvePattern(pattern)?.Technique?.Id));
        var counts = bundle.Objects.GroupBy(item => item.Type).OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => FormattableString.Invariant($"{group.Count()} {group.Key}"));
        var skipped = bundle.Skipped > 0 ? FormattableString.Invariant($"; {bundle.Skipped} objects skipped") : "";
        var unusable = input.unusable > 0 ? FormattableString.Invariant($"; {input.unusable} of no known technique") : "";
        return ($"{input.placed} technique statements, {input.uses} of them by a relationship, in {string.Join(", ", counts)}{skipped}{unusable}", bundle.Objects.Count > 0);
    }

    private void ReadAll()
    {
        var related = new HashSet<string>(StringComparer.Ordinal);
        foreach (var link in bundle.Objects.Where(item => item.RelationshipType is not null && !item.Revoked))
        {
            if (bundle.Find(link.TargetRef) is { Type: "attack-pattern", Revoked: false } pattern && bundle.Find(link.SourceRef) is { } source && actors.Contains(source.Type))
            {
                related.Add(pattern.Id);
                if (Add(pattern, link, source)) uses++;
            }
        }
        foreach (var item in bundle.Objects.Where(item => !item.Revoked))
        {
            if (item.Type == "attack-pattern" && !related.Contains(item.Id)) Add(item, null, null);
            else if (item.Type is "intrusion-set" or "campaign" or "malware" or "tool" or "threat-actor") AddName(item);
        }
        foreach (var item in bundle.Objects.Where(item => item.Revoked))
            findings.Problems.Add(new CaseProblem(CaseProblemCodes.NoTechnique, $"{item.Id} was withdrawn by its producer and left out", file, item.Path));
    }

    private bool Add(StixObject pattern, StixObject? link, StixObject? source)
    {
        var place = link?.Path ?? pattern.Path;
        if (ResolvePattern(pattern) is not { } resolution)
        {
            unusable++;
            findings.Problems.Add(new CaseProblem(
                CaseProblemCodes.NoTechnique, $"the attack-pattern '{pattern.Name}' carries no ATT&CK id and no technique has its name", file, pattern.Path,
                "add the id as an external reference"));
            return false;
        }
        var says = link is null ? pattern.Description : link.Description;
        var subject = source is null ? null : $"{source.Type} {source.Name ?? source.Id}";
        // A described use tells what was seen; the description of the pattern alone only repeats what the technique is.
        var standing = link is not null && !string.IsNullOrWhiteSpace(link.Description) ? Standing.Told : Standing.Claimed;
        var added = findings.Add(resolution, file, place, origin => new StixEvidence(
            file, standing, origin, place, subject, string.IsNullOrWhiteSpace(says) ? null : says.Trim()));
        if (added) placed++;
        return added;
    }

    private Resolution? ResolvePattern(StixObject pattern)
    {
        foreach (var reference in pattern.ExternalReferences)
        {
            if (reference.ExternalId is not { } id || !LooksAttack(reference) || !IsKnownId(id)) continue;
            return findings.Resolver.Resolve(id, "STIX external reference", TacticOf(pattern), domain: DomainOf(reference));
        }
        if (pattern.Name is not { Length: > 0 } name) return null;
        // Producers write "T1053.005 - Scheduled Task", or the bare name.
        var first = name.Split([' ', ':', '-', '|'], 2)[0];
        if (IsKnownId(first)) return findings.Resolver.Resolve(first, "id in the STIX name", TacticOf(pattern));
        // Domains share names; the main domain speaks first.
        foreach (var release in knowledge.Targets)
        {
            var techniques = release.FindByName<Technique>(name).Where(technique => technique.IsAlive).ToList();
            if (techniques.Count > 0) return techniques.Count == 1 ? findings.Resolver.Resolve(techniques[0].Id, "STIX name", TacticOf(pattern)) : null;
        }
        return null;
    }

    private bool IsKnownId(string id) => knowledge.All.Any(release => release.FindAll(id.Trim().ToUpperInvariant()).OfType<Technique>().Any());

    private static bool LooksAttack(ExternalReference reference) =>
        reference.Source.Contains("attack", StringComparison.OrdinalIgnoreCase) || reference.Source.Contains("mitre", StringComparison.OrdinalIgnoreCase)
        || reference.Url?.Contains("attack.mitre.org", StringComparison.OrdinalIgnoreCase) == true;

    private static Domains? DomainOf(ExternalReference reference) =>
        DomainNames.All.Where(domain => reference.Source.Contains(domain.Name() + "-", StringComparison.OrdinalIgnoreCase) || reference.Source.EndsWith("-" + domain.Name(), StringComparison.OrdinalIgnoreCase))
            .Select(domain => (Domains?)domain).FirstOrDefault();

    /// <summary>The one tactic that the pattern names; several name none, since they only repeat what the technique serves.</summary>
    private static string? TacticOf(StixObject pattern)
    {
        var phases = pattern.KillChainPhases.Where(phase => phase.KillChain.Contains("mitre", StringComparison.OrdinalIgnoreCase)).Select(phase => phase.Phase).Distinct().ToList();
        return phases.Count == 1 ? phases[0] : null;
    }

    private void AddName(StixObject item)
    {
        if (item.Name is not { Length: > 0 } name) return;
        var kind = item.Type switch { "malware" or "tool" => "software", "campaign" => "campaign", _ => "group" };
        var ids = item.ExternalReferences.Where(LooksAttack).Select(reference => reference.ExternalId).OfType<string>()
            .Where(id => knowledge.All.Any(release => release.Find(id) is NamedActor)).Distinct().ToList();
        if (ids.Count == 0)
            ids = [.. knowledge.Targets.SelectMany(release => release.FindByName<NamedActor>(name)).Where(actor => actor.IsAlive && KindOf(actor) == kind).Select(actor => actor.Id).Distinct().Order(StringComparer.Ordinal)];
        findings.AddName(kind, ids, name, file, aside: false);
    }

    private static string KindOf(NamedActor actor) => actor switch { Software => "software", Campaign => "campaign", _ => "group" };
}
