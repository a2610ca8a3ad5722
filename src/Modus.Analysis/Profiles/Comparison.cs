using Modus.Analysis.Knowledge;

namespace Modus.Analysis.Profiles;

/// <summary>Something to compare: an actor, a case, a layer.</summary>
/// <param name="Name">What it is called in the table.</param>
/// <param name="Techniques">Ids, each with how many sources say so.</param>
public sealed record Subject(string Name, IReadOnlyDictionary<string, int> Techniques);

/// <summary>Two to six subjects side by side.</summary>
/// <param name="Subjects">Their names, in the order of the columns.</param>
/// <param name="Rows">Techniques that any of them has: shared ones first, then the rarest.</param>
/// <param name="Pairs">How alike each pair is, beside what chance would give.</param>
public sealed record Comparison(IReadOnlyList<string> Subjects, IReadOnlyList<ComparedTechnique> Rows, IReadOnlyList<ComparedPair> Pairs);

/// <summary>One technique over all subjects.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Sources">Sources by subject; 0 where it is not there.</param>
/// <param name="Users">How many actors have it.</param>
public sealed record ComparedTechnique(string Id, string Name, IReadOnlyList<int> Sources, int Users)
{
    /// <summary>How many of the subjects have it.</summary>
    public int Shared => Sources.Count(count => count > 0);
}

/// <summary>How alike two subjects are.</summary>
/// <param name="First">Name of one.</param>
/// <param name="Second">Name of the other.</param>
/// <param name="Shared">Techniques that both have.</param>
/// <param name="Likeness">Cosine weighted by rarity, 0 to 1.</param>
/// <param name="RandomShared">Techniques that the first shares with an actor on average.</param>
/// <param name="RandomLikeness">Likeness of the first to an actor on average.</param>
/// <param name="MoreAlike">Share of actors that are at least as like the first as the second is: small means more than chance.</param>
public sealed record ComparedPair(
    string First, string Second, int Shared, double Likeness, double RandomShared, double RandomLikeness, double MoreAlike);

/// <summary>Compares subjects, with what a random actor would share as the measure of chance.</summary>
public static class Comparer
{
    /// <summary>Fewest subjects.</summary>
    public const int Fewest = 2;

    /// <summary>Most subjects.</summary>
    public const int Most = 6;

    /// <summary>An actor as a subject.</summary>
    /// <param name="profile">Its profile; only what it is said to do itself or in campaigns counts.</param>
    public static Subject Of(ActorProfile profile) => new($"{profile.Id} {profile.Name}",
        profile.Procedures.Where(item => item.IndependentSources > 0).ToDictionary(item => item.Id, item => item.IndependentSources, StringComparer.Ordinal));

    /// <summary>Compares two to six subjects.</summary>
    /// <param name="profiler">The knowledge that says how rare a technique is.</param>
    /// <param name="subjects">What to compare.</param>
    /// <exception cref="ArgumentException">There are fewer than two or more than six.</exception>
    public static Comparison Compare(Profiler profiler, IReadOnlyList<Subject> subjects)
    {
        if (subjects.Count is < Fewest or > Most) throw new ArgumentException($"Between {Fewest} and {Most} subjects can be compared.", nameof(subjects));
        var view = profiler.View;
        var names = view.Index.Knowledge.Techniques.ToDictionary(item => item.Id, item => item.Name, StringComparer.Ordinal);
        var rows = subjects.SelectMany(subject => subject.Techniques.Keys).Distinct(StringComparer.Ordinal)
            .Select(id => new ComparedTechnique(id, names.GetValueOrDefault(id, ""), [.. subjects.Select(subject => subject.Techniques.GetValueOrDefault(id))],
                view.Index.Techniques.Find(id) is >= 0 and var at ? view.TechniqueDf[at] : 0))
            .OrderByDescending(row => row.Shared).ThenBy(row => row.Users).ThenBy(row => row.Id, StringComparer.Ordinal).ToList();
        var sets = subjects.Select(subject => subject.Techniques.Keys.Select(view.Index.Techniques.Find).Where(t => t >= 0).Order().ToArray()).ToArray();
        var pairs = new List<ComparedPair>();
        for (var a = 0; a < subjects.Count; a++)
            for (var b = a + 1; b < subjects.Count; b++)
                pairs.Add(Pair(view, subjects[a], sets[a], subjects[b], sets[b]));
        return new([.. subjects.Select(subject => subject.Name)], rows, pairs);
    }

    private static ComparedPair Pair(KnowledgeView view, Subject first, int[] a, Subject second, int[] b)
    {
        // Chance is every actor but the first itself, where the first is an actor.
        var random = Enumerable.Range(0, view.ActorCount)
            .Where(actor => view.Size[actor] > 0 && !first.Name.StartsWith(view.Index.Actors[actor] + " ", StringComparison.Ordinal))
            .Select(actor => view.TechniquesOfActor[actor]).ToList();
        var likeness = Likeness(view, a, b);
        return new(first.Name, second.Name, a.Intersect(b).Count(), likeness,
            random.Count == 0 ? 0 : random.Average(other => a.Intersect(other).Count()),
            random.Count == 0 ? 0 : random.Average(other => Likeness(view, a, other)),
            random.Count == 0 ? 1 : random.Count(other => Likeness(view, a, other) >= likeness) / (double)random.Count);
    }

    private static double Likeness(KnowledgeView view, int[] a, int[] b)
    {
        var norm = Math.Sqrt(a.Sum(t => view.Idf[t] * view.Idf[t]) * b.Sum(t => view.Idf[t] * view.Idf[t]));
        return norm == 0 ? 0 : a.Intersect(b).Sum(t => view.Idf[t] * view.Idf[t]) / norm;
    }
}
