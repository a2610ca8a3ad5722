using System.CommandLine;
using Modus.Analysis.Knowledge;
using Modus.Analysis.Prediction;
using Modus.Casework.Cases;
using Modus.Casework.Workspaces;
using Modus.Cli.Commands.Cases;
using Modus.Cli.Shell;

namespace Modus.Cli.Commands.Analysis;

/// <summary>What the workspace's own cases bring to questions about actors: sources, precedents, what followed what, and the question itself.</summary>
/// <param name="Asked">The case that was asked about, or null. It is no source for its own answer.</param>
/// <param name="Reports">What the other cases say of actors.</param>
/// <param name="Baskets">What the other cases saw together.</param>
/// <param name="Steps">What followed what in the other cases.</param>
/// <param name="Others">The other cases.</param>
internal sealed record OwnCases(
    CaseEvidence? Asked, IReadOnlyList<OwnReport> Reports, IReadOnlyList<OwnBasket> Baskets, IReadOnlyList<Transition> Steps, IReadOnlyList<CaseEvidence> Others)
{
    public static OwnCases None { get; } = new(null, [], [], [], []);

    /// <summary>Techniques of the case that was asked about, then what was named besides.</summary>
    public Observed With(Observed named) => Asked is null ? named
        : new([.. Asked.Techniques, .. named.Techniques], [.. Asked.Software, .. named.Software]);
}

/// <summary>What one case holds that analysis can use.</summary>
/// <param name="Case">The case.</param>
/// <param name="Procedures">Its usable procedures, in the order in which they began; undated ones last.</param>
/// <param name="Waiting">Suggestions that nobody has decided on: not used.</param>
/// <param name="Dropped">Rejected and contradicted ones: not used.</param>
internal sealed record CaseEvidence(CaseRecord Case, IReadOnlyList<ProcedureRecord> Procedures, int Waiting, int Dropped)
{
    public IReadOnlyList<string> Techniques => [.. Procedures.Select(item => item.Technique).Distinct(StringComparer.Ordinal)];

    public IReadOnlyList<string> Software => [.. Procedures.SelectMany(item => item.Software).Distinct(StringComparer.OrdinalIgnoreCase)];

    public string Source => $"case {Case.Id}";

    private DateOnly? Day => Procedures.Select(item => item.Last ?? item.First).Max() is { } last ? DateOnly.FromDateTime(last.UtcDateTime)
        : Case.Opened is { } opened ? DateOnly.FromDateTime(opened.UtcDateTime) : null;

    public static CaseEvidence Of(CaseBook book, CaseRecord record)
    {
        var all = book.List<ProcedureRecord>(record.Id);
        var dropped = all.Count(item => item.Status is ProcedureStatus.Rejected or ProcedureStatus.Contradicted);
        var usable = all.Where(item => item.Status == ProcedureStatus.Confirmed || (item.Status == ProcedureStatus.Candidate && item.Standing != "suggested"))
            .OrderBy(item => item.First ?? DateTimeOffset.MaxValue).ThenBy(item => item.Id, StringComparer.Ordinal).ToList();
        return new(record, usable, all.Count - dropped - usable.Count, dropped);
    }

    /// <summary>One source for each actor that the procedures name.</summary>
    public IEnumerable<OwnReport> Reports() => Procedures.Where(item => !string.IsNullOrWhiteSpace(item.Actor))
        .GroupBy(item => item.Actor!.Trim(), StringComparer.OrdinalIgnoreCase).OrderBy(group => group.Key, StringComparer.Ordinal)
        .Select(group => new OwnReport(Source, Day, group.Key, [.. group.Select(item => item.Technique).Distinct(StringComparer.Ordinal)],
            [.. group.SelectMany(item => item.Software).Distinct(StringComparer.OrdinalIgnoreCase)]));

    /// <summary>Each dated procedure and the next that began later.</summary>
    public IEnumerable<Transition> Steps()
    {
        var dated = Procedures.Where(item => item.First is not null).ToList();
        for (var at = 1; at < dated.Count; at++)
            if (dated[at].Technique != dated[at - 1].Technique && dated[at].First > dated[at - 1].First) yield return new(dated[at - 1].Technique, dated[at].Technique);
    }
}

/// <summary>The options of commands that ask about a case or count cases as sources.</summary>
internal sealed class OwnCaseOptions
{
    private readonly CaseOptions cases = new();
    private readonly Option<bool> without = new("--without-cases") { Description = "Do not count the workspace's own cases as sources." };
    private readonly bool asks;

    /// <param name="asks">True for commands that can be asked about a case.</param>
    public OwnCaseOptions(bool asks) => this.asks = asks;

    public void AddTo(Command command)
    {
        if (asks) command.Add(cases.Case);
        command.Add(cases.Store);
        command.Add(without);
    }

    /// <summary>Reads the workspace's cases; none where the command is not run in a workspace.</summary>
    public OwnCases Read(Invocation run)
    {
        var named = asks ? run.Get(cases.Case) : null;
        if (named is null && (run.Get(without) || !HasStore(run))) return OwnCases.None;
        var own = OwnCases.None;
        CaseSession.Run(run, cases, session =>
        {
            var asked = named is null ? null : CaseEvidence.Of(session.Book, session.Case(named));
            var others = run.Get(without) ? [] : session.Book.List<CaseRecord>().Where(item => item.Id != asked?.Case.Id)
                .OrderBy(item => item.Id, StringComparer.Ordinal).Select(item => CaseEvidence.Of(session.Book, item)).ToList();
            own = new(asked, [.. others.SelectMany(item => item.Reports())],
                [.. others.Select(item => new OwnBasket($"{item.Source} {item.Case.Name}", item.Techniques))], [.. others.SelectMany(item => item.Steps())], others);
            return ExitCode.Done;
        });
        if (own.Asked is { } used)
            run.Say($"{used.Source}: {used.Procedures.Count} procedures used, {used.Waiting} suggestions not decided on, {used.Dropped} rejected or contradicted");
        var sources = own.Reports.Select(item => item.Source).Distinct(StringComparer.Ordinal).Count();
        if (sources > 0) run.Say($"{sources} {(sources == 1 ? "case" : "cases")} of this workspace {(sources == 1 ? "counts" : "count")} as {(sources == 1 ? "a source" : "sources")}; --without-cases leaves them out");
        return own;
    }

    // Reading must not make a store: a workspace without one has no cases.
    private bool HasStore(Invocation run)
    {
        if (run.Get(cases.Store) is not null || run.Setting("MODUS_STORE") is not null) return Workspace.Find(run.PathOf(".")) is not null;
        return Workspace.Find(run.PathOf(".")) is { } workspace && (Workspace.IsServer(workspace.Store) || File.Exists(workspace.PathOf(workspace.Store)));
    }
}
