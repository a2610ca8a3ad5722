using Modus.Analysis.Knowledge;

namespace Modus.Analysis.Attribution;

/// <summary>Answers "who does this look like" from one body of knowledge. May be used by many threads.</summary>
public sealed class Attributor
{
    /// <summary>An actor needs this many techniques under the lens to be told from others.</summary>
    public const int LeastTechniques = 3;

    private const int LargestCluster = 4;
    private const double ClusterRatio = 0.2;
    private readonly AttributionModel model;
    private readonly QuestionReader reader;
    private readonly Lock gate = new();
    private KnowledgeView? last;

    /// <summary>Prepares the knowledge; takes some milliseconds.</summary>
    /// <param name="knowledge">Who does what, says who.</param>
    /// <param name="model">Learned figures; null for those shipped.</param>
    public Attributor(ActorKnowledge knowledge, AttributionModel? model = null)
        : this(new KnowledgeIndex(knowledge), model)
    {
    }

    internal Attributor(KnowledgeIndex index, AttributionModel? model = null)
    {
        Index = index;
        this.model = model ?? AttributionModel.Shipped;
        reader = new(index);
    }

    internal KnowledgeIndex Index { get; }

    /// <summary>Answers one question.</summary>
    /// <param name="question">What was seen, and on what knowledge the answer may rest.</param>
    public AttributionAnswer Answer(AttributionQuestion question)
    {
        var problems = new List<AnalysisProblem>();
        var seen = Read(question, problems);
        foreach (var source in question.Lens.ExcludedSources)
            if (Index.Sources.Find(source) < 0)
                problems.Add(new("MD6005", $"no relation of release {Index.Knowledge.Release} names the source {source}", "check the name of the source", Skipped: true));
        var view = ViewOf(question.Lens);
        if (view.Size.DefaultIfEmpty(0).Max() is var broadest and > 0 && seen.Techniques.Length > broadest)
            problems.Add(new("MD6007", $"{seen.Techniques.Length} techniques are more than any actor is known for ({broadest}): a list, not an incident", "ask about one incident at a time", Skipped: false));
        var scoring = Score(view, seen, question, open: question.Explained > 0);
        var (right, known) = Trust(scoring, question);
        var order = scoring.Order();
        var probabilities = Spread(scoring.P, order, right, known);
        var candidates = order.Select((i, rank) => CandidateOf(scoring, i, probabilities[rank])).ToList();
        var bin = Math.Min(9, (int)(right * 10));
        return new()
        {
            Release = Index.Knowledge.Release,
            Model = model.Hash,
            AsOf = question.Lens.AsOf,
            Techniques = [.. seen.Techniques.Select(t => Index.Techniques[t])],
            Software = [.. seen.Software.Select(s => Index.Software[s])],
            Candidates = candidates,
            Unknown = Math.Max(0, 1 - probabilities.Sum()),
            Verdict = Judge(candidates, Math.Max(0, 1 - probabilities.Sum()), seen, view, question.Precision),
            SetSize = SetSize(probabilities),
            LikeAnswers = scoring.Stage.Record[bin].Answers,
            LikeAnswersRight = scoring.Stage.Record[bin].Right,
            Unusable = [.. Enumerable.Range(0, view.ActorCount).Where(actor => view.Size[actor] < LeastTechniques).Select(actor => Index.Actors[actor])],
            Explanations = [.. order.Take(Math.Clamp(question.Explained, 0, 10)).Select(i => Explainer.Open(scoring, i))],
            Problems = problems,
        };
    }

    internal Observation Read(AttributionQuestion question, List<AnalysisProblem> problems) => new(
        reader.Techniques(question.Techniques, problems), reader.Software(question.Software, problems),
        reader.Techniques(question.AbsentTechniques, problems), reader.Software(question.AbsentSoftware, problems));

    internal Scoring Score(KnowledgeView view, Observation seen, AttributionQuestion question, bool open = false) =>
        new(view, seen.Software.Any(s => view.SoftwareDf[s] > 0) ? model.Software : model.Techniques, seen, question, open);

    /// <summary>Probability that the first candidate is right, and that the actor is known at all.</summary>
    internal static (double Right, double Known) Trust(Scoring scoring, AttributionQuestion question)
    {
        if (scoring.Actors.Length == 0) return (0, 0);
        var right = scoring.Stage.Right.Probability(scoring.Shape.ForRight(scoring.P));
        var known = right + (1 - right) * scoring.Stage.Known.Probability(scoring.Shape.ForKnown(scoring.P));
        if (question.UnknownShare is { } share)
        {
            var trained = scoring.Stage.UnknownShares[scoring.Shape.Situation];
            var shifted = Shift(known, Odds(1 - Math.Clamp(share, 0.001, 0.999)) - Odds(1 - Math.Clamp(trained, 0.001, 0.999)));
            right *= shifted / known;
            known = shifted;
        }
        return (right, known);

        static double Odds(double p) => Math.Log(p / (1 - p));
        static double Shift(double p, double by) => 1 / (1 + Math.Exp(-(Odds(Math.Clamp(p, 1e-9, 1 - 1e-9)) + by)));
    }

    /// <summary>The view of a lens; the last one is kept, since most questions share it.</summary>
    internal KnowledgeView ViewOf(Lens lens)
    {
        KnowledgeView? like;
        lock (gate)
        {
            if (last is not null && Same(last.Lens, lens)) return last;
            like = last;
        }
        var view = new KnowledgeView(Index, lens, like);
        lock (gate) last = view;
        return view;
    }

    private static bool Same(Lens one, Lens other) => one.AsOf == other.AsOf && one.MinSources == other.MinSources
        && one.ExcludedSources.Order(StringComparer.Ordinal).SequenceEqual(other.ExcludedSources.Order(StringComparer.Ordinal));

    private Candidate CandidateOf(Scoring scoring, int position, double probability)
    {
        var actor = scoring.Actors[position];
        var fact = ActorFacts[actor];
        return new(fact.Id, fact.Name, scoring.Scores[position], probability, scoring.View.Reports[actor].Length, fact.SuspectedNation);
    }

    private ActorFact[] ActorFacts => field ??= [.. Index.Knowledge.Actors.OrderBy(actor => actor.Id, StringComparer.Ordinal)];

    /// <summary>The first gets what the record says; the others share the rest of "known", none above the first.</summary>
    private static double[] Spread(double[] p, int[] order, double right, double known)
    {
        var result = new double[order.Length];
        if (order.Length == 0) return result;
        result[0] = right;
        var rest = Math.Max(0, known - right);
        var others = 1 - p[order[0]];
        for (var rank = 1; rank < order.Length; rank++)
            result[rank] = others <= 1e-12 ? 0 : Math.Min(right, rest * p[order[rank]] / others);
        return result;
    }

    private static int SetSize(double[] probabilities)
    {
        var wanted = 0.9 * probabilities.Sum();
        double sum = 0;
        for (var rank = 0; rank < probabilities.Length; rank++)
            if ((sum += probabilities[rank]) >= wanted) return rank + 1;
        return probabilities.Length;
    }

    private static Verdict Judge(List<Candidate> candidates, double unknown, Observation seen, KnowledgeView view, double precision)
    {
        var software = seen.Software.Count(s => view.SoftwareDf[s] > 0);
        if (candidates.Count == 0 || (seen.Techniques.Length < LeastTechniques && software == 0))
            return new(VerdictLevel.TooLittleEvidence, [], null, 0);
        var first = candidates[0];
        if (first.Probability >= precision) return new(VerdictLevel.Actor, [first.Id], null, first.Probability);

        double sum = 0;
        var cluster = candidates.Take(LargestCluster).TakeWhile(item => item.Probability >= ClusterRatio * first.Probability)
            .TakeWhile(item => { var open = sum < precision; if (open) sum += item.Probability; return open; }).ToList();
        if (sum >= precision) return new(VerdictLevel.Cluster, [.. cluster.Select(item => item.Id)], null, sum);

        var nation = candidates.Where(item => item.Nation is not null).GroupBy(item => item.Nation!)
            .Select(group => (Name: group.Key, P: group.Sum(item => item.Probability), Group: group.ToList()))
            .OrderByDescending(item => item.P).ThenBy(item => item.Name, StringComparer.Ordinal).FirstOrDefault();
        if (nation.Group is not null && nation.P >= precision)
            return new(VerdictLevel.Nation, [.. nation.Group.Take(LargestCluster).Select(item => item.Id)], nation.Name, nation.P);
        return unknown >= 0.5 ? new(VerdictLevel.Unknown, [], null, unknown) : new(VerdictLevel.NotDistinguishable, [], null, 1 - unknown);
    }
}
