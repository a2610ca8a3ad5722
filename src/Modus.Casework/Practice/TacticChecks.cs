using Modus.Attack;
using Modus.Casework.Mappings;

namespace Modus.Casework.Practice;

/// <summary>Does the tactic fit the technique, and is one chosen?</summary>
internal static class TacticChecks
{
    public static void Run(StatedMapping mapping, Technique technique, PracticeGround ground)
    {
        var named = mapping.Tactics.Concat(mapping.Tactic is { } tactic ? [tactic] : []).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        foreach (var name in named)
        {
            // A tactic of an older release may have been split or renamed: what the projection carries over is supported.
            var resolution = ground.Resolver.Resolve(mapping.Technique!, "mapping", ShortName(name, technique), mapping.Release);
            if (resolution.Tactic is not null || technique.Tactics.Any(own => Is(own, name))) continue;
            ground.Add(PracticeChecks.WrongTactic, mapping, $"'{name}' is no tactic of {technique.Id} ({technique.FullName}).",
                $"choose: {string.Join(", ", technique.Tactics.Select(own => own.Shortname))}");
        }
        // A layer's entry without a tactic stands for all of them by definition.
        if (named.Count == 0 && technique.Tactics.Count > 1 && (mapping.IsQuote || mapping.HasEvents))
            ground.Add(PracticeChecks.NoTactic, mapping, $"{technique.Id} ({technique.FullName}) serves {string.Join(", ", technique.Tactics.Select(own => own.Name))}: none is chosen.");
    }

    private static bool Is(Tactic tactic, string name) =>
        tactic.Shortname.Equals(name, StringComparison.OrdinalIgnoreCase) || tactic.Name.Equals(name, StringComparison.OrdinalIgnoreCase) || tactic.Id.Equals(name, StringComparison.OrdinalIgnoreCase);

    private static string ShortName(string name, Technique technique) => technique.Tactics.FirstOrDefault(tactic => Is(tactic, name))?.Shortname ?? name.Trim().ToLowerInvariant().Replace(' ', '-');
}
