using Modus.Attack;
using Modus.Attack.Projection;
using Modus.Casework.Cases;
using Modus.Casework.Mappings;

namespace Modus.Casework.Comparison;

/// <summary>Finds what nothing contradicts and a person should look at all the same.</summary>
internal sealed class Doubts(IReadOnlyList<EvidenceRecord> evidence, IReadOnlyList<ProcedureRecord> live)
{
    // Steps that follow each other within minutes are told as one act; a longer way has room for what a document leaves out.
    private static readonly TimeSpan oneAct = TimeSpan.FromMinutes(5);

    // Whatever else was done on the host or by the account in this time speaks for an event that alone would say little.
    private static readonly TimeSpan around = TimeSpan.FromHours(1);

    /// <summary>Steps that a document passes over: it tells two that follow each other within minutes, and another document and the events put a third between them.</summary>
    public IEnumerable<Contradiction> PassedOver()
    {
        var named = live.SelectMany(procedure => Tellers(procedure).Select(document => (document, procedure))).ToLookup(pair => pair.document, pair => pair.procedure, StringComparer.Ordinal);
        var shown = live.Where(procedure => procedure is { IsSeen: true, IsTold: true, First: not null }).OrderBy(procedure => procedure.First).ThenBy(procedure => procedure.Id, StringComparer.Ordinal).ToList();
        var places = shown.Index().ToDictionary(pair => pair.Item.Id, pair => pair.Index, StringComparer.Ordinal);
        foreach (var document in named.OrderBy(group => NameOf(group.Key), StringComparer.Ordinal).ThenBy(group => group.Key, StringComparer.Ordinal))
        {
            var techniques = document.Select(procedure => procedure.Technique).ToHashSet(StringComparer.Ordinal);
            var steps = document.Select(procedure => places.GetValueOrDefault(procedure.Id, -1)).Where(place => place >= 0).Order().ToList();
            foreach (var (from, to) in steps.Zip(steps.Skip(1)).Select(pair => (From: shown[pair.First], To: shown[pair.Second])).Where(pair => pair.To.First - pair.From.First <= oneAct))
            {
                var between = shown.Skip(places[from.Id] + 1).TakeWhile(other => other.First < to.First).FirstOrDefault(other => other.First > from.First && !techniques.Contains(other.Technique));
                if (between is null) continue;
                yield return new Contradiction(
                    "passed-over", from.Technique, from.Name, between.Technique,
                    $"{NameOf(document.Key)} goes from {from.Technique} {from.Name} to {to.Technique} {to.Name}; {NamesOf(between)} and the events put {between.Technique} {between.Name} between the two",
                    [from.Id, between.Id, to.Id]);
            }
        }
    }

    /// <summary>Techniques that a document tells in an older release than the one worked in, where a newer release at hand has another id, or another tactic.</summary>
    /// <param name="releases">The releases worked in.</param>
    /// <param name="newest">The newest release of a domain; null where none is at hand.</param>
    public IEnumerable<Contradiction> OlderReleases(IReadOnlyList<Release> releases, Func<Domains, Release?> newest)
    {
        var projectors = new Dictionary<Domains, Projector?>();
        foreach (var procedure in live)
        {
            // What was carried over at ingest has its verdict already; this is about ids that the release at hand still has.
            var quote = procedure.Quotes.FirstOrDefault(quote => quote is { Verdict: null, Release: not null } && TechniqueIds.Normal(quote.Written) == procedure.Technique && IsOlder(quote.Release!, procedure.Release));
            if (quote is null || releases.FirstOrDefault(release => release.Version == procedure.Release && release.Find<Technique>(procedure.Technique) is not null) is not { } release) continue;
            var domain = release.Domains.Each().First(each => release.Find<Technique>(procedure.Technique)!.Domains.HasFlag(each));
            if (!projectors.TryGetValue(domain, out var projector))
                projectors[domain] = projector = newest(domain) is { } later && IsOlder(release.Version, later.Version) ? new Projector(release, later, domain) : null;
            if (projector is null) continue;
            var answers = procedure.Tactics.Count == 0
                ? [projector.Project(new ProjectionQuestion(procedure.Technique))]
                : procedure.Tactics.Select(tactic => projector.Project(new ProjectionQuestion(procedure.Technique, tactic))).ToList();
            var changed = answers.FirstOrDefault(answer => answer.TechniqueId != procedure.Technique);
            if (changed is null && answers.All(answer => answer.Tactic is not null || answer.Question.Tactic is null)) continue;
            changed ??= answers[0];
            yield return new Contradiction(
                "older-release", procedure.Technique, procedure.Name, changed.TechniqueId ?? procedure.Technique,
                $"{NameOf(quote.EvidenceId)} tells {procedure.Technique} in ATT&CK {quote.Release}, the case speaks {procedure.Release}; {(changed.TechniqueId is { } id && id != procedure.Technique ? $"in {projector.Target.Version} it is {id}" : $"in {projector.Target.Version} it needs a look")}: {changed.Reason}",
                [procedure.Id]);
        }
    }

    /// <summary>What a document tells and logs hardly show: one event of a rule of no more than level low, and nothing else on its host or by its account in the hours around.</summary>
    public IEnumerable<Contradiction> Weak()
    {
        var shown = live.SelectMany(procedure => procedure.Hits.Select(hit => (procedure.Technique, hit))).ToList();
        var onHost = shown.Where(one => one.hit.Host.Length > 0).ToLookup(one => one.hit.Host, StringComparer.OrdinalIgnoreCase);
        var byAccount = shown.SelectMany(one => one.hit.Users.Select(user => (Account: BareAccount(user), one))).ToLookup(pair => pair.Account, pair => pair.one, StringComparer.OrdinalIgnoreCase);
        foreach (var procedure in live.Where(procedure => procedure is { IsSeen: true, IsTold: true } && procedure.Hits.All(hit => hit.Count == 1 && IsLow(hit))))
        {
            if (procedure.Hits.Any(hit => onHost[hit.Host].Concat(hit.Users.SelectMany(user => byAccount[BareAccount(user)])).Any(other => other.Technique != procedure.Technique && IsNear(hit, other.hit)))) continue;
            var (hit, single) = (procedure.Hits[0], procedure.Hits.Count == 1);
            yield return new Contradiction(
                "weak", procedure.Technique, procedure.Name, procedure.Technique,
                $"told by {NamesOf(procedure)}; in the logs {(single ? "a single event" : "single events")} of level {(hit.Level is { Length: > 0 } level ? level : "informational")} ({(hit.File.Length > 0 ? hit.File : NameOf(hit.EvidenceId))} {hit.Record}) {(single ? "is" : "are")} all there is, with nothing else {(hit.Host.Length > 0 ? $"on {hit.Host}" : "there")} within an hour",
                [procedure.Id]);
        }
    }

    private static bool IsLow(CaseHit hit) => hit.Level is "low" or "informational" or null or "";

    private static bool IsNear(CaseHit hit, CaseHit other) =>
        hit.First is { } from && other.First is { } begin && from - (other.Last ?? begin) <= around && begin - (hit.Last ?? from) <= around;

    /// <summary>An account without its domain, as <c>DOMAIN\name</c> and <c>name@domain</c> write it.</summary>
    private static string BareAccount(string account)
    {
        var name = account[(account.LastIndexOf('\\') + 1)..];
        return name.IndexOf('@', StringComparison.Ordinal) is var at and > 0 ? name[..at] : name;
    }

    private static IEnumerable<string> Tellers(ProcedureRecord procedure) => procedure.Quotes.Where(quote => quote.Probability is null).Select(quote => quote.EvidenceId).Distinct();

    private string NamesOf(ProcedureRecord procedure) => string.Join(", ", Tellers(procedure).Select(NameOf).Distinct().Order(StringComparer.Ordinal));

    private string NameOf(string id) => evidence.FirstOrDefault(item => item.Id == id) is { } item ? Path.GetFileName(item.Path) : id;

    private static bool IsOlder(string written, string than)
    {
        var (left, right) = (written.Trim().TrimStart('v', 'V'), than.Trim().TrimStart('v', 'V'));
        // "16" speaks of any 16.x: it is older only where the major number is.
        return ReleaseVersion.IsValid(left) && ReleaseVersion.IsValid(right) && !right.StartsWith(left + ".", StringComparison.Ordinal) && ReleaseVersion.Comparer.Compare(left, right) < 0;
    }
}
