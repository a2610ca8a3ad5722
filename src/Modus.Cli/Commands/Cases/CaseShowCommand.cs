using System.CommandLine;
using Modus.Casework.Cases;
using Modus.Casework.Comparison;
using Modus.Cli.Commands.Investigate;
using Modus.Cli.Shell;

namespace Modus.Cli.Commands.Cases;

/// <summary><c>modus case show [CASE]</c>: what the case holds, and where its evidence parts.</summary>
internal sealed class CaseShowCommand : ModusCommand
{
    private readonly Argument<string?> id = new("CASE") { Description = "The case; the usual or only one by default.", Arity = ArgumentArity.ZeroOrOne };
    private readonly CaseOptions options = new();

    public CaseShowCommand() : base("show", "Shows a case: procedures, told but not seen, seen but not told, contradicted, gaps.", Format.Table, Format.Json, Format.Markdown)
    {
        Add(id);
        options.AddTo(this, forCase: false);
        Example("modus init -q && modus ingest -q samples/first-case && modus case show -o table");
        Example("modus init -q && modus ingest -q samples/first-case && modus case show -o json");
    }

    public override int Run(Invocation run) => CaseSession.Run(run, options, session =>
    {
        var item = session.Case(run.Get(id));
        var knowledge = CaseKnowledge.Of(run, item.Release ?? session.Workspace.AttackVersion);
        var view = new CaseView(
            item, session.Book.List<EvidenceRecord>(item.Id), InOrder(session.Book.List<ProcedureRecord>(item.Id)), session.Book.List<GapRecord>(item.Id),
            session.Book.List<HypothesisRecord>(item.Id), session.Book.List<DecisionRecord>(item.Id), session.Book.List<NoteRecord>(item.Id), knowledge);
        if (run.Format == Format.Json) CaseJson.Write(run.Out, view);
        else CaseText.Write(run, view);
        return ExitCode.Done;
    });

    // Ids are drawn anew for each case, so their order says nothing: two people who read the same evidence see the same list.
    private static List<ProcedureRecord> InOrder(IEnumerable<ProcedureRecord> procedures) =>
        [.. procedures.OrderBy(one => one.Technique, StringComparer.Ordinal).ThenBy(one => one.First ?? DateTimeOffset.MaxValue).ThenBy(one => one.Steps, StringComparer.Ordinal).ThenBy(one => one.Id, StringComparer.Ordinal)];
}

/// <summary>Everything about a case that its page shows.</summary>
internal sealed record CaseView(
    CaseRecord Case, IReadOnlyList<EvidenceRecord> Evidence, IReadOnlyList<ProcedureRecord> Procedures, IReadOnlyList<GapRecord> Gaps,
    IReadOnlyList<HypothesisRecord> Hypotheses, IReadOnlyList<DecisionRecord> Decisions, IReadOnlyList<NoteRecord> Notes, Modus.Casework.Investigation.KnowledgeAtHand Knowledge)
{
    private CaseFindings? findings;

    public CaseFindings Findings => findings ??= CaseFindings.Of(Evidence, Procedures, Knowledge.Targets, Knowledge.Newest);
}
