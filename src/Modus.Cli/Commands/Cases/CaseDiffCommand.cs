using System.CommandLine;
using Modus.Casework.Cases;
using Modus.Cli.Shell;

namespace Modus.Cli.Commands.Cases;

/// <summary><c>modus case diff A B</c>: two cases, or two pieces of evidence, side by side.</summary>
internal sealed class CaseDiffCommand : ModusCommand
{
    private readonly Argument<string> left = new("A") { Description = "A case, or a piece of evidence (E-…)." };
    private readonly Argument<string> right = new("B") { Description = "The other one." };
    private readonly CaseOptions options = new();
    private readonly Option<bool> all = new("--all") { Description = "Also what both say." };

    public CaseDiffCommand() : base("diff", "Puts the techniques of two cases, or of two pieces of evidence, side by side.", Listing.All)
    {
        Add(left);
        Add(right);
        options.AddTo(this, forCase: false);
        Add(all);
        Example("modus init -q && modus case new One && modus ingest -q samples/first-case/vendor-report.html && modus case new Two && modus ingest -q --case Two samples/first-case/hosts.jsonl && modus case diff One Two");
        Example("modus init -q && modus case new One && modus ingest -q samples/first-case/hosts.jsonl && modus case new Two && modus case diff One Two --all -o csv");
    }

    public override int Run(Invocation run) => CaseSession.Run(run, options, session =>
    {
        var (one, other) = (Side.Of(session, run.Get(left)!), Side.Of(session, run.Get(right)!));
        var techniques = one.Procedures.Concat(other.Procedures).GroupBy(procedure => procedure.Technique).OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => new DiffRow(group.Key, group.First().Name, one.Says(group.Key), other.Says(group.Key))).ToList();
        run.Write(techniques.Where(row => run.Get(all) || row.In != "both"),
            new Column<DiffRow>("technique", "Technique", row => row.Technique),
            new Column<DiffRow>("name", "Name", row => row.Name) { Gives = true },
            new Column<DiffRow>("in", "In", row => row.In),
            new Column<DiffRow>("a", one.Name, row => row.Left) { Gives = true },
            new Column<DiffRow>("b", other.Name, row => row.Right) { Gives = true });
        run.Say($"{techniques.Count(row => row.In == "both")} in both, {techniques.Count(row => row.In == "a")} only in {one.Name}, {techniques.Count(row => row.In == "b")} only in {other.Name}");
        return ExitCode.Done;
    });

    private sealed record DiffRow(string Technique, string Name, string Left, string Right)
    {
        public string In => Left.Length == 0 ? "b" : Right.Length == 0 ? "a" : "both";
    }

    private sealed record Side(string Name, IReadOnlyList<ProcedureRecord> Procedures, string? Evidence)
    {
        public static Side Of(CaseSession session, string id)
        {
            if (!id.StartsWith("E-", StringComparison.OrdinalIgnoreCase))
            {
                var item = session.Book.Case(id);
                return new Side(item.Id, [.. session.Book.List<ProcedureRecord>(item.Id).Where(procedure => procedure.Status != ProcedureStatus.Rejected)], null);
            }
            var evidence = session.Book.Get<EvidenceRecord>(id);
            return new Side(
                Path.GetFileName(evidence.Path),
                [.. session.Book.List<ProcedureRecord>(evidence.CaseId).Where(procedure => procedure.Status != ProcedureStatus.Rejected && procedure.EvidenceIds.Contains(evidence.Id))], evidence.Id);
        }

        /// <summary>What this side says of a technique, in a few words; empty where it says nothing.</summary>
        public string Says(string technique)
        {
            var mine = Procedures.Where(procedure => procedure.Technique == technique).ToList();
            if (mine.Count == 0) return "";
            var hits = mine.SelectMany(procedure => procedure.Hits).Where(hit => Evidence is null || hit.EvidenceId == Evidence).ToList();
            var quotes = mine.SelectMany(procedure => procedure.Quotes).Where(quote => Evidence is null || quote.EvidenceId == Evidence).ToList();
            if (hits.Count > 0) return $"{hits.Sum(hit => hit.Count)} {(hits.Sum(hit => hit.Count) == 1 ? "event" : "events")} on {string.Join(", ", hits.Select(hit => hit.Host).Where(host => host.Length > 0).Distinct())}{(hits.Min(hit => hit.First) is { } first ? $" from {Values.Time(first)}" : "")}";
            return quotes.Count > 0 ? $"{quotes[0].Text}{(quotes.Count > 1 ? $" (+{quotes.Count - 1})" : "")}" : "claimed";
        }
    }
}
