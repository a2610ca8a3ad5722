using Modus.Analysis.Attribution;
using Modus.Analysis.Knowledge;

namespace Modus.Analysis.Prediction;

/// <summary>A question to put to the evidence: is this there?</summary>
/// <param name="IsSoftware">True for software, false for a technique.</param>
/// <param name="Id">Its id.</param>
/// <param name="Gain">Expected information about who it was, in bits.</param>
/// <param name="Probability">Probability that it is there, going by the candidates.</param>
public sealed record Check(bool IsSoftware, string Id, double Gain, double Probability);

/// <summary>Orders checks by what their answers would tell about the candidates.</summary>
public static class CheckPlanner
{
    private const double PriorSources = 4;
    private const double LeastChance = 1e-4;
    private const double MostChance = 0.97;

    /// <summary>Traits are not independent: an answer counts less than its plain odds say.</summary>
    private const double EvidenceWeight = 0.6;

    /// <summary>Not finding something says less than finding it.</summary>
    private const double AbsenceShare = 0.5;

    /// <summary>What finding something is worth beside learning who it was, in bits: a hunt that finds nothing is not kept up.</summary>
    internal const double FindingWorth = 0.2;

    /// <summary>The checks that tell most, best first.</summary>
    /// <param name="attributor">The knowledge.</param>
    /// <param name="question">What was seen, and what was looked for and not found: neither is asked again.</param>
    /// <param name="count">How many checks.</param>
    /// <param name="software">False to ask about techniques only.</param>
    /// <param name="collectable">Ids that can be checked at all; null for everything.</param>
    public static IReadOnlyList<Check> Plan(
        Attributor attributor, AttributionQuestion question, int count, bool software = true, IReadOnlySet<string>? collectable = null)
    {
        var view = attributor.ViewOf(question.Lens);
        var seen = attributor.Read(question, []);
        var scoring = attributor.Score(view, seen, question);
        return [.. Rank(view, scoring.Actors, scoring.P, seen, software)
            .Select(item => new Check(item.Software, item.Software ? view.Index.Software[item.Number] : view.Index.Techniques[item.Number], item.Gain, item.P))
            .Where(item => collectable is null || collectable.Contains(item.Id)).Take(count)];
    }

    internal static IEnumerable<(bool Software, int Number, double Gain, double P)> Rank(
        KnowledgeView view, int[] actors, double[] p, Observation seen, bool software, double worth = FindingWorth)
    {
        var asked = seen.Techniques.Concat(seen.AbsentTechniques).ToHashSet();
        var list = new List<(bool Software, int Number, double Gain, double P)>();
        var chances = new double[actors.Length];
        for (var t = 0; t < view.TechniqueCount; t++)
        {
            if (view.TechniqueDf[t] == 0 || asked.Contains(t)) continue;
            Chances(view, actors, view.Counts, t, view.TechniqueDf[t], chances);
            Add(false, t);
        }
        if (software)
        {
            var askedSoftware = seen.Software.Concat(seen.AbsentSoftware).ToHashSet();
            for (var s = 0; s < view.SoftwareCount; s++)
            {
                if (view.SoftwareDf[s] == 0 || askedSoftware.Contains(s)) continue;
                Chances(view, actors, view.ActorSoftware, s, view.SoftwareDf[s], chances);
                Add(true, s);
            }
        }
        return list.OrderByDescending(item => item.Gain + worth * item.P).ThenBy(item => item.Software).ThenBy(item => item.Number);

        void Add(bool isSoftware, int number)
        {
            var (gain, chance) = Gain(p, chances);
            list.Add((isSoftware, number, gain, chance));
        }
    }

    /// <summary>What an answer does to the probabilities.</summary>
    internal static double[] Updated(double[] p, double[] chances, bool found)
    {
        var next = new double[p.Length];
        double sum = 0;
        for (var i = 0; i < p.Length; i++)
            sum += next[i] = p[i] * (found ? Math.Pow(chances[i], EvidenceWeight) : Math.Pow(1 - chances[i], EvidenceWeight * AbsenceShare));
        for (var i = 0; i < p.Length; i++) next[i] /= sum;
        return next;
    }

    internal static void Chances(KnowledgeView view, int[] actors, float[][] counts, int number, int users, double[] chances)
    {
        var usual = users / (double)Math.Max(1, view.ActiveActors);
        for (var i = 0; i < actors.Length; i++)
            chances[i] = Math.Clamp((counts[actors[i]][number] + PriorSources * usual) / (view.Reports[actors[i]].Length + PriorSources), LeastChance, MostChance);
    }

    private static (double Gain, double Chance) Gain(double[] p, double[] chances)
    {
        double chance = 0;
        for (var i = 0; i < p.Length; i++) chance += p[i] * chances[i];
        var gain = Entropy(p) - chance * Entropy(Updated(p, chances, true)) - (1 - chance) * Entropy(Updated(p, chances, false));
        // Answers that count less than their odds can seem to lose a little: no check takes knowledge away.
        return (Math.Max(0, gain), chance);
    }

    private static double Entropy(double[] p)
    {
        double sum = 0;
        foreach (var value in p) if (value > 1e-12) sum -= value * Math.Log2(value);
        return sum;
    }
}
