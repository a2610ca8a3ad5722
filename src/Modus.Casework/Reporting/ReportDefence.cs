using Modus.Analysis.Coverage;
using Modus.Analysis.Planning.Choices;
using Modus.Analysis.Planning.Response;
using Modus.Attack;
using Modus.Casework.Cases;
using Modus.Casework.Defence;
using Modus.Casework.Investigation;
using Modus.Casework.Workspaces;

namespace Modus.Casework.Reporting;

/// <summary>Measures of one sort that answer what was seen, each the one that cuts most of what is left.</summary>
/// <param name="Stage">What they do: <c>isolate</c>, <c>evict</c> … as the data words it, or <c>mitigate</c>.</param>
/// <param name="Plan">The measures.</param>
public sealed record ResponseStage(string Stage, ResponsePlan Plan);

/// <summary>The first alert of the defence's own rules that nobody may pass over.</summary>
/// <param name="Time">When it came.</param>
/// <param name="Rule">The rule's title.</param>
/// <param name="Level">Its level.</param>
/// <param name="ProcedureId">The procedure that its hit belongs to.</param>
public sealed record FirstAlert(DateTimeOffset Time, string Rule, string Level, string ProcedureId);

/// <summary>What the workspace's defence says of a case: how far it saw it, and what would answer it.</summary>
public sealed record ReportDefence
{
    /// <summary>The last stage of a response: what keeps it from coming back.</summary>
    public const string Mitigate = "mitigate";

    // Levels of rules whose alerts nobody may pass over.
    private static readonly string[] grave = ["high", "critical"];

    /// <summary>The case laid over the defence; null where the workspace knows nothing of its defence.</summary>
    public GapReport? Gap { get; init; }

    /// <summary>What the defence was read from, relative to the workspace.</summary>
    public IReadOnlyList<string> Inputs { get; init; } = [];

    /// <summary>What could not be read of it.</summary>
    public IReadOnlyList<CaseProblem> Problems { get; init; } = [];

    /// <summary>Rules that the defence has.</summary>
    public int Rules { get; init; }

    /// <summary>The first alert of level high or above by a rule of the defence; null where none came.</summary>
    public FirstAlert? First { get; init; }

    /// <summary>What to do about the case, stage by stage.</summary>
    public IReadOnlyList<ResponseStage> Response { get; init; } = [];

    /// <summary>The procedures behind a technique of <see cref="Gap"/>, by id.</summary>
    public required ILookup<string, string> Procedures { get; init; }

    /// <summary>Lays a case over the workspace's defence.</summary>
    /// <param name="item">The case.</param>
    /// <param name="procedures">Its procedures.</param>
    /// <param name="workspace">The workspace; null says nothing of a defence.</param>
    /// <param name="evidence">The evidence of all cases of the workspace: inventories, exercises and rules among it are the defence.</param>
    /// <param name="knowledge">The releases at hand.</param>
    /// <param name="day">The day that it is judged for.</param>
    public static ReportDefence Of(CaseRecord item, IReadOnlyList<ProcedureRecord> procedures, Workspace? workspace, IReadOnlyList<EvidenceRecord> evidence, KnowledgeAtHand knowledge, DateOnly day)
    {
        ArgumentNullException.ThrowIfNull(item);
        ArgumentNullException.ThrowIfNull(procedures);
        ArgumentNullException.ThrowIfNull(knowledge);
        var release = knowledge.Targets[0];
        var known = CoverageKnowledge.Read(release, release.Domains.Each()[0]);
        var context = new DefenceContext(known, release, () => knowledge.All);
        var defence = workspace is null ? null : WorkspaceDefence.Of(workspace, evidence);
        var response = Stages(procedures, context, release);
        var behind = procedures.Where(procedure => procedure.Status != ProcedureStatus.Rejected && procedure.Standing is "seen" or "told" || procedure.Status == ProcedureStatus.Confirmed)
            .Select(procedure => (Id: context.Map(procedure.Technique, procedure.Release.Length > 0 ? procedure.Release : null).Id ?? procedure.Technique, procedure)).ToLookup(pair => pair.Id, pair => pair.procedure.Id, StringComparer.OrdinalIgnoreCase);
        if (defence is null || defence.IsEmpty) return new ReportDefence { Response = response, Procedures = behind };

        var before = context.Problems.Count;
        var load = DefenceLoader.Load(context, new DefenceRequest { Paths = defence.Paths, Rules = defence.Rules, NameOf = workspace!.Relative });
        var read = CaseDefence.Of(item.Id, procedures, context, load.Inventory.Rules);
        var inventory = load.Inventory.With(read.Seen);
        var ladder = LadderBuilder.Build(known, inventory, day, new LadderOptions { Techniques = GapAnalysis.Scope(known, read.Threat) });
        IReadOnlyList<string> estate = [.. inventory.Hosts.GroupBy(group => group.Platform, StringComparer.Ordinal).OrderByDescending(group => group.Sum(one => (long)one.Count)).ThenBy(group => group.Key, StringComparer.Ordinal).Select(group => group.Key)];
        return new ReportDefence
        {
            Gap = GapAnalysis.Compare(known, read.Threat, ladder, estate),
            Inputs = [.. defence.Paths.Concat(defence.Rules).Select(workspace.Relative)],
            Problems = [.. defence.Problems, .. context.Problems.Skip(before)],
            Rules = load.Inventory.Rules.Count,
            First = FirstOf(procedures, load.Inventory.Rules),
            Response = response,
            Procedures = behind,
        };
    }

    private static FirstAlert? FirstOf(IReadOnlyList<ProcedureRecord> procedures, IReadOnlyList<DeployedRule> rules)
    {
        var own = rules.SelectMany(rule => new[] { rule.Id, rule.Title }).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return procedures.Where(procedure => procedure.Status != ProcedureStatus.Rejected)
            .SelectMany(procedure => procedure.Hits.Select(hit => (procedure, hit)))
            .Where(pair => pair.hit.First is not null && grave.Contains(pair.hit.Level, StringComparer.OrdinalIgnoreCase) && (own.Contains(pair.hit.RuleId ?? pair.hit.Rule) || own.Contains(pair.hit.Rule)))
            .OrderBy(pair => pair.hit.First).ThenBy(pair => pair.procedure.Id, StringComparer.Ordinal)
            .Select(pair => new FirstAlert(pair.hit.First!.Value, pair.hit.Rule, pair.hit.Level, pair.procedure.Id)).FirstOrDefault();
    }

    /// <summary>First what stops it now, last what keeps it from coming back.</summary>
    private static List<ResponseStage> Stages(IReadOnlyList<ProcedureRecord> procedures, DefenceContext context, Release release)
    {
        var uses = procedures.Where(procedure => procedure.Status == ProcedureStatus.Confirmed || procedure.Status == ProcedureStatus.Candidate && procedure.Standing is "seen" or "told")
            .Select(procedure => (context.Map(procedure.Technique, procedure.Release.Length > 0 ? procedure.Release : null).Id, procedure))
            .Where(pair => pair.Id is not null)
            .Select(pair => new SeenUse(pair.Id!, Math.Max(1, pair.procedure.Hits.Count + pair.procedure.Quotes.Count), pair.procedure.Last ?? pair.procedure.First)).ToList();
        if (uses.Count == 0) return [];
        var nothing = new Dictionary<string, double>();
        var stages = Containment.Stages.Select(stage => (Stage: stage, Measures: (IReadOnlyList<MeasureFact>)[.. Containment.All.Where(one => one.Stage == stage)
            .Select(one => one.Measure with { Effects = [.. one.Measure.Effects.Select(effect => context.Map(effect.Technique).Id).OfType<string>().Distinct(StringComparer.Ordinal).Select(id => new MeasureEffect(id))] })]))
            .Append((Stage: Mitigate, Measures: PlanFacts.Mitigations(release)));
        return [.. stages.Select(stage => new ResponseStage(stage.Stage, ResponsePlan.Of(uses, nothing, stage.Measures, id => release.Find<Technique>(id)?.Parent?.Id ?? id)))];
    }
}
