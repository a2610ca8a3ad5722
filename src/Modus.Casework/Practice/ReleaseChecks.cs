using Modus.Attack;
using Modus.Casework.Mappings;

namespace Modus.Casework.Practice;

/// <summary>Is the id alive, and which release does the mapping speak?</summary>
internal static class ReleaseChecks
{
    /// <returns>The technique that the mapping stands for in the release at hand; null where there is none.</returns>
    public static Technique? Run(StatedMapping mapping, PracticeGround ground)
    {
        var written = mapping.Technique!;
        var domain = mapping.Domain is null ? Domains.None : DomainNames.Parse(mapping.Domain);
        var resolution = ground.Resolver.Resolve(written, "mapping", null, mapping.Release, domain == Domains.None ? null : domain);
        if (resolution.Answer is null)
        {
            ground.Add(PracticeChecks.UnknownId, mapping, $"No release at hand has a technique {written}.");
            return null;
        }
        var target = ground.Knowledge.Targets[0].Version;
        var id = TechniqueIds.Normal(written) ?? written;
        if (resolution.Technique is null)
            ground.Add(PracticeChecks.DeadId, mapping, $"{written} is not alive in {target} and has no single successor: {resolution.Origin.Reason}", "choose by hand: modus attack project shows the choices");
        else if (resolution.Technique.Id != id)
            ground.Add(PracticeChecks.DeadId, mapping, $"{written} is {resolution.Technique.Id} ({resolution.Technique.FullName}) in {target}: {resolution.Origin.Reason}", $"take {resolution.Technique.Id}");
        return resolution.Technique;
    }

    /// <summary>What holds for a file as a whole is said once a file.</summary>
    public static void RunOnFiles(IReadOnlyList<StatedMapping> mappings, PracticeGround ground)
    {
        foreach (var file in mappings.GroupBy(mapping => mapping.File, StringComparer.Ordinal))
        {
            var whole = file.First() with { Place = "", Line = 0, Technique = null, Text = null };
            var unstated = file.Count(mapping => mapping.Release is null);
            if (unstated > 0) ground.Add(PracticeChecks.NoRelease, whole, FormattableString.Invariant($"{unstated} of {file.Count()} mappings do not state the release of ATT&CK they speak."));
            foreach (var release in file.Where(mapping => mapping.Release is not null).GroupBy(mapping => mapping.Release!, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal))
            {
                var plain = release.Key.Trim().TrimStart('v', 'V');
                var target = ground.Knowledge.Targets[0].Version;
                if (target == plain || target.StartsWith(plain + ".", StringComparison.Ordinal) || !ReleaseVersion.IsValid(plain) || ReleaseVersion.Comparer.Compare(plain, target) >= 0) continue;
                ground.Add(PracticeChecks.OldRelease, whole, FormattableString.Invariant($"{release.Count()} mappings speak release {plain}; the one at hand is {target}."));
            }
        }
    }
}
