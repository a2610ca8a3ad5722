using Modus.Analysis.Attribution;

namespace Modus.Analysis.Knowledge;

/// <summary>What one of the asker's own cases says an actor did: one source among the published ones.</summary>
/// <param name="Source">Name of the source, by which it can be left out again.</param>
/// <param name="Day">The last day it speaks of, or null. Without one it does not exist as of a date.</param>
/// <param name="Actor">Id, name or alias of the actor.</param>
/// <param name="Techniques">Ids of what the actor did.</param>
/// <param name="Software">Ids, names or aliases of what the actor used.</param>
public sealed record OwnReport(string Source, DateOnly? Day, string Actor, IReadOnlyList<string> Techniques, IReadOnlyList<string> Software);

/// <summary>Adds the asker's own cases to what is published.</summary>
public static class OwnReports
{
    /// <summary>Knowledge in which own cases are sources like any other.</summary>
    /// <param name="knowledge">What is published; it stays as it is.</param>
    /// <param name="reports">Own cases. Old ids are carried to their successors.</param>
    /// <param name="problems">Gets actors, techniques and software that the release does not have, and names that several share.</param>
    /// <returns>The joined knowledge; the given one where nothing can be added. An actor that the release does not have becomes one, by its name.</returns>
    public static ActorKnowledge AddTo(ActorKnowledge knowledge, IReadOnlyList<OwnReport> reports, ICollection<AnalysisProblem> problems)
    {
        if (reports.Count == 0) return knowledge;
        var strangers = Strangers(knowledge, reports, problems);
        knowledge = strangers.Count == 0 ? knowledge : knowledge with { Actors = [.. knowledge.Actors, .. strangers] };
        var actors = Names(knowledge.Actors.Select(item => (item.Id, item.Aliases.Append(item.Name))));
        var software = Names(knowledge.Software.Select(item => (item.Id, item.Aliases.Append(item.Name))));
        var techniques = knowledge.Techniques.ToDictionary(item => item.Id, item => item.Id, StringComparer.OrdinalIgnoreCase).ToLookup(item => item.Key, item => item.Value, StringComparer.OrdinalIgnoreCase);
        var uses = new SortedDictionary<(string, string), SortedSet<string>>();
        var softwareUses = new SortedDictionary<(string, string), SortedSet<string>>();
        var sources = new SortedDictionary<string, DateOnly?>(StringComparer.Ordinal);
        foreach (var report in reports)
        {
            if (One(report.Actor, actors, "actor", report.Source) is not { } actor) continue;
            Keep(report.Techniques, techniques, "technique", uses);
            Keep(report.Software, software, "software", softwareUses);

            void Keep(IReadOnlyList<string> given, ILookup<string, string> known, string what, SortedDictionary<(string, string), SortedSet<string>> into)
            {
                foreach (var word in given)
                {
                    if (One(word, known, what, report.Source) is not { } id) continue;
                    if (!into.TryGetValue((actor, id), out var set)) into[(actor, id)] = set = new(StringComparer.Ordinal);
                    set.Add(report.Source);
                    sources[report.Source] = report.Day;
                }
            }
        }
        if (sources.Count == 0) return knowledge;
        return knowledge with
        {
            Uses = Joined(knowledge.Uses, uses),
            SoftwareUses = Joined(knowledge.SoftwareUses, softwareUses),
            Sources = [.. knowledge.Sources.Where(item => !sources.ContainsKey(item.Name)), .. sources.Select(item => new SourceFact(item.Key, item.Value, null))],
        };

        string? One(string word, ILookup<string, string> known, string what, string source)
        {
            var upper = word.Trim().ToUpperInvariant();
            var asked = knowledge.Successors.GetValueOrDefault(upper, word);
            string[] found = [.. known[asked].Concat(known[QuestionReader.Plain(asked)]).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
            if (found.Length == 1) return found[0];
            problems.Add(found.Length == 0
                ? new("MD6001", $"{what} {word} of {source} is not in release {knowledge.Release}", "write the id as that release has it", Skipped: true)
                : new("MD6003", $"the name {word} of {source} belongs to {string.Join(" and ", found)}", "write the id", Skipped: true));
            return null;
        }
    }

    /// <summary>Actors that only one's own cases know.</summary>
    private static List<ActorFact> Strangers(ActorKnowledge knowledge, IReadOnlyList<OwnReport> reports, ICollection<AnalysisProblem> problems)
    {
        var known = Names(knowledge.Actors.Select(item => (item.Id, item.Aliases.Append(item.Name))));
        var strangers = new SortedDictionary<string, ActorFact>(StringComparer.Ordinal);
        foreach (var name in reports.Select(report => report.Actor.Trim()))
        {
            var plain = QuestionReader.Plain(name);
            if (plain.Length == 0 || known.Contains(knowledge.Successors.GetValueOrDefault(name.ToUpperInvariant(), name)) || known.Contains(plain) || strangers.ContainsKey(plain)) continue;
            strangers[plain] = new(name, name, []);
            problems.Add(new("MD6006", $"release {knowledge.Release} has no actor {name}: it is taken as an actor of your own", "write the id or a name of the release if one is meant", Skipped: false));
        }
        return [.. strangers.Values];
    }

    /// <summary>Relations that are there already get the new sources; the others follow in the order of their ids.</summary>
    private static List<Relation> Joined(IReadOnlyList<Relation> published, SortedDictionary<(string Subject, string Object), SortedSet<string>> own)
    {
        var joined = new List<Relation>(published.Count + own.Count);
        var left = new SortedDictionary<(string Subject, string Object), SortedSet<string>>(own);
        foreach (var relation in published)
            joined.Add(left.Remove((relation.Subject, relation.Object), out var more)
                ? relation with { Sources = [.. relation.Sources.Union(more, StringComparer.Ordinal)] } : relation);
        joined.AddRange(left.Select(item => new Relation(item.Key.Subject, item.Key.Object, [.. item.Value])));
        return joined;
    }

    /// <summary>Ids by id and by plain name.</summary>
    private static ILookup<string, string> Names(IEnumerable<(string Id, IEnumerable<string> Names)> items) =>
        items.SelectMany(item => item.Names.Select(QuestionReader.Plain).Where(name => name.Length > 0).Append(item.Id).Distinct(StringComparer.Ordinal).Select(name => (name, item.Id)))
            .ToLookup(pair => pair.name, pair => pair.Id, StringComparer.OrdinalIgnoreCase);
}
