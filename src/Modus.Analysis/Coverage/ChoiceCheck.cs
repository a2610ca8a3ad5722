using System.Globalization;

namespace Modus.Analysis.Coverage;

/// <summary>Whether a choice of actors (a sector's, a region's) has techniques more in common than as many actors drawn at random.</summary>
/// <param name="Chosen">How many were chosen.</param>
/// <param name="Likeness">Their mean pairwise overlap (shared techniques over all of both), 0 to 1.</param>
/// <param name="Random">The mean of the draws.</param>
/// <param name="Share">The share of draws at least as much alike: small means more than chance.</param>
public sealed record ChoiceCheck(int Chosen, double Likeness, double Random, double Share)
{
    /// <summary>Draws: 1,000, always the same ones.</summary>
    public const int Draws = 1_000;

    /// <summary>The share below which a choice counts as more than chance: 0.05.</summary>
    public const double Limit = 0.05;

    /// <summary>True where the choice is more alike than chance.</summary>
    public bool IsMoreThanChance => Chosen > 1 && Share < Limit;

    /// <summary>The answer in a sentence.</summary>
    public string Sentence => Chosen < 2
        ? "one actor is no sector: the profile is that actor's"
        : string.Create(CultureInfo.InvariantCulture, $"these {Chosen} are {(IsMoreThanChance ? "more alike than chance" : "no more alike than as many actors drawn at random")}: overlap {Likeness:0.000}, random {Random:0.000}, {Share * 100:0.#}% of {Draws} draws as much alike{(IsMoreThanChance ? "" : "; the choice is a filter, not a forecast")}");

    /// <summary>Compares with random draws.</summary>
    /// <param name="chosen">Ids of the chosen.</param>
    /// <param name="actors">Every actor with its techniques; those without any are left out.</param>
    public static ChoiceCheck Of(IReadOnlyCollection<string> chosen, IReadOnlyList<(string Id, IReadOnlyList<string> Techniques)> actors)
    {
        ArgumentNullException.ThrowIfNull(chosen);
        ArgumentNullException.ThrowIfNull(actors);
        var sets = actors.Where(actor => actor.Techniques.Count > 0).Select(actor => (actor.Id, Set: actor.Techniques.ToHashSet(StringComparer.Ordinal))).ToList();
        var wanted = chosen.ToHashSet(StringComparer.Ordinal);
        var own = Enumerable.Range(0, sets.Count).Where(at => wanted.Contains(sets[at].Id)).ToArray();
        if (own.Length < 2) return new(own.Length, 0, 0, 1);
        var overlap = new double[sets.Count, sets.Count];
        for (var a = 0; a < sets.Count; a++)
            for (var b = a + 1; b < sets.Count; b++)
            {
                var shared = sets[a].Set.Count(sets[b].Set.Contains);
                overlap[a, b] = overlap[b, a] = shared / (double)(sets[a].Set.Count + sets[b].Set.Count - shared);
            }
        var likeness = Mean(overlap, own);
        // A fixed seed: the same question has the same answer.
        var random = new Random(20_260_309);
        var all = Enumerable.Range(0, sets.Count).ToArray();
        double sum = 0;
        var atLeast = 0;
        for (var draw = 0; draw < Draws; draw++)
        {
            random.Shuffle(all);
            var mean = Mean(overlap, all.AsSpan(0, own.Length));
            sum += mean;
            if (mean >= likeness) atLeast++;
        }
        return new(own.Length, likeness, sum / Draws, atLeast / (double)Draws);
    }

    private static double Mean(double[,] overlap, ReadOnlySpan<int> members)
    {
        double sum = 0;
        for (var a = 0; a < members.Length; a++)
            for (var b = a + 1; b < members.Length; b++) sum += overlap[members[a], members[b]];
        return sum / (members.Length * (members.Length - 1) / 2.0);
    }
}
