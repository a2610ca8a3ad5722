using System.Collections.Immutable;
using Modus.Attack;
using Modus.Cli.Commands.Attack;
using Modus.Cli.Shell;
using Modus.Sigma.Linting;

namespace Modus.Cli.Commands.Rules;

/// <summary>What the releases at hand say about the tags of rules.</summary>
internal static class RuleVocabulary
{
    /// <summary>The vocabulary of the asked-for release over all its domains, with what other releases at hand know of older ids.</summary>
    public static AttackVocabulary Of(Invocation run)
    {
        var knowledge = Attack.Knowledge.Open(run);
        var current = Attack.Knowledge.Releases(run, knowledge, Domains.None);
        var techniques = new Dictionary<string, ImmutableArray<string>>(StringComparer.Ordinal);
        var tactics = new HashSet<string>(StringComparer.Ordinal);
        var others = new HashSet<string>(StringComparer.Ordinal);
        var retired = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var release in current)
        {
            foreach (var technique in release.Techniques) techniques.TryAdd(Lower(technique.Id), [.. technique.Tactics.Select(tactic => tactic.Shortname)]);
            tactics.UnionWith(release.Tactics.Select(tactic => tactic.Shortname));
            others.UnionWith(release.All().Where(one => one is not Technique && one.IsAlive && one.Id.Length > 0).Select(one => Lower(one.Id)));
        }

        foreach (var release in current.Concat(knowledge.Entries.Select(knowledge.Load).OfType<Release>()))
        {
            foreach (var technique in release.All<Technique>().Where(technique => technique.Id.Length > 0 && !techniques.ContainsKey(Lower(technique.Id))))
            {
                var heir = technique.IsAlive ? null : technique.Succession.Successor?.Id;
                var lives = heir is not null && techniques.ContainsKey(Lower(heir));
                if (lives || !retired.ContainsKey(Lower(technique.Id))) retired[Lower(technique.Id)] = lives ? heir! : "";
            }
        }

        return new()
        {
            Release = string.Join(", ", current.Select(release => release.Name)),
            Techniques = techniques,
            Tactics = tactics,
            OtherIds = others,
            Retired = retired,
            RetiredTactics = RetiredTactics(knowledge, current, tactics),
        };
    }

    // A tactic that is gone went on under its own STIX id, and into tactics that are new and hold its techniques.
    private static Dictionary<string, ImmutableArray<string>> RetiredTactics(KnowledgeBase knowledge, IReadOnlyList<Release> current, HashSet<string> tactics)
    {
        var retired = new Dictionary<string, ImmutableArray<string>>(StringComparer.Ordinal);
        foreach (var old in knowledge.Entries.Select(knowledge.Load).OfType<Release>())
        {
            var named = old.Tactics.Select(tactic => tactic.Shortname).ToHashSet(StringComparer.Ordinal);
            foreach (var gone in old.Tactics.Where(tactic => !tactics.Contains(tactic.Shortname)))
            {
                var ids = gone.Techniques.Select(technique => technique.Id).ToHashSet(StringComparer.Ordinal);
                retired[gone.Shortname] =
                [
                    .. current.SelectMany(release => release.Tactics)
                        .Where(tactic => tactic.StixId == gone.StixId || (!named.Contains(tactic.Shortname) && tactic.Techniques.Any(technique => ids.Contains(technique.Id))))
                        .Select(tactic => tactic.Shortname).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
                ];
            }
        }

        return retired;
    }

    private static string Lower(string id) => id.ToLowerInvariant();
}
