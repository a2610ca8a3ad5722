using System.CommandLine;
using System.Text;
using Modus.Casework.Cases;
using Modus.Casework.Review;
using Modus.Cli.Commands.Cases;
using Modus.Cli.Commands.Investigate;
using Modus.Cli.Shell;

namespace Modus.Cli.Commands.Review;

/// <summary><c>modus review</c>: the queue of what a person has to decide; by keys on a terminal, by lines elsewhere.</summary>
internal sealed class ReviewCommand : ModusCommand
{
    private const int LongestInput = 16 << 20;

    private readonly CaseOptions options;
    private readonly Option<string?> queue = new("--queue") { Description = "Only items of this kind: disputed (reports and logs disagree, or nothing can check), suggested, claimed, seen.", HelpName = "KIND" };
    private readonly Option<string[]> decide = new("--decide") { Description = "A decision: ID=accept, ID=reject:why, ID=T1053.005, ID=1 (first alternative), ID=span:words, ID=gap:what is not known, ID=contradict:why, ID=reopen.", HelpName = "ID=DECISION", AllowMultipleArgumentsPerToken = true };
    private readonly Option<string?> decisions = new("--decisions") { Description = "A file of decisions, one a line: as --decide takes them, or JSON objects with id, decision, technique, reason; - for standard input.", HelpName = "FILE" };
    private readonly Option<bool> identical = new("--identical") { Description = "Let each decision of --decide count for the identical items too." };
    private readonly Option<bool> list = new("--list") { Description = "Print the queue, even on a terminal." };

    public ReviewCommand() : base("review", "Shows what waits for a person's decision, one item a screen and one key a decision; without a terminal, lists it or takes decisions by lines.", Listing.All)
    {
        queue.AcceptOnlyFromAmong("disputed", "suggested", "claimed", "seen");
        foreach (var option in new Option[] { queue, decide, decisions, identical, list }) Add(option);
        options = new CaseOptions().AddTo(this);
        Example("modus init -q && modus ingest samples/first-case -q && modus review --list");
        Example("modus init -q && modus ingest samples/first-case -q && modus review --queue disputed -o csv");
        Example("modus init -q && modus ingest samples/first-case -q && echo 'P-12ab=reject:advice only' | modus review --decisions -", ExitCode.NoUsableInput);
    }

    public override int Run(Invocation run) => CaseSession.Run(run, options, session =>
    {
        var @case = session.Case(run.Get(options.Case));
        var knowledge = CaseKnowledge.Of(run, @case.Release ?? session.Workspace.AttackVersion);
        var desk = new ReviewDesk(session.Book, @case.Id, ReviewQueue.Names(knowledge.Targets), knowledge.Targets, knowledge.Newest);
        var given = run.Get(decide) ?? [];
        if (given.Length > 0 || run.Get(decisions) is not null) return Script(run, desk, session.Book, given);
        if (!run.Get(list) && run is { OutputFile: null, Terminal: { OutIsTerminal: true, InIsTerminal: true, ReadKey: { } keys } })
            return new ReviewScreen(run, desk, session.Book, @case, Wanted(run), new ReviewReasons(), keys).Run();
        var items = desk.Queue().Where(item => Wanted(run)(item)).ToList();
        Write(run, items);
        Say(run, desk.Queue());
        return ExitCode.Done;
    });

    private Func<ReviewItem, bool> Wanted(Invocation run) => run.Get(queue) switch
    {
        "disputed" => static item => item.IsDisputed,
        "suggested" => static item => item.Kind == ReviewKind.Suggested,
        "claimed" => static item => item.Kind == ReviewKind.Claimed,
        "seen" => static item => item.Kind == ReviewKind.Seen,
        _ => static _ => true,
    };

    private int Script(Invocation run, ReviewDesk desk, CaseBook book, string[] given)
    {
        int used = 0, skipped = 0;
        var lines = given.Select((line, at) => (line, Place: FormattableString.Invariant($"--decide {at + 1}")));
        if (run.Get(decisions) is { } file) lines = lines.Concat(Lines(run, file));
        foreach (var (line, place) in lines)
        {
            if (string.IsNullOrWhiteSpace(line)) continue;
            try
            {
                var decision = ReviewDecision.Parse(line);
                var item = ItemOf(desk, book, decision.Id);
                run.Say(decision.Apply(desk, item, run.Get(identical)));
                used++;
            }
            catch (FormatException problem)
            {
                skipped++;
                run.Report(new CliProblem("MD5701", problem.Message, place));
            }
            catch (CaseRuleException problem)
            {
                skipped++;
                run.Report(new CliProblem(problem.Code, problem.Message, place, problem.Fix));
            }
        }
        Say(run, desk.Queue());
        return Invocation.Accounted(used, skipped);
    }

    /// <summary>The item of a procedure: open ones come from the queue, decided ones can still be reopened or changed.</summary>
    private static ReviewItem ItemOf(ReviewDesk desk, CaseBook book, string id)
    {
        var procedure = book.Get<ProcedureRecord>(id, desk.CaseId);
        return desk.Queue().FirstOrDefault(item => item.Procedure.Id == procedure.Id)
            ?? new ReviewItem(procedure, ReviewKind.Seen, "decided before", procedure.RunnersUp, []);
    }

    private static IEnumerable<(string Line, string Place)> Lines(Invocation run, string path)
    {
        TextReader reader;
        try
        {
            reader = new StreamReader(path == "-" ? run.Terminal.In : File.OpenRead(run.PathOf(path)), Encoding.UTF8, leaveOpen: path == "-");
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailure(ExitCode.NoUsableInput, new CliProblem("MD5702", $"the decisions cannot be read: {problem.Message}", path));
        }
        using (reader)
        {
            var (number, read) = (0, 0L);
            while (reader.ReadLine() is { } line)
            {
                read += line.Length + 1;
                if (read > LongestInput) throw new CommandFailure(ExitCode.NoUsableInput, new CliProblem("MD5702", FormattableString.Invariant($"more than {LongestInput >> 20} MiB of decisions"), path, "split the file"));
                yield return (line, CliProblem.Place(path == "-" ? "standard input" : path, ++number)!);
            }
        }
    }

    internal static void Say(Invocation run, IReadOnlyList<ReviewItem> open)
    {
        var disputed = open.Count(item => item.IsDisputed);
        run.Say(FormattableString.Invariant($"{open.Count} open, {disputed} of them where reports and logs disagree or nothing can check"));
    }

    private static void Write(Invocation run, IReadOnlyList<ReviewItem> items) => run.Write(items,
        new Column<ReviewItem>("id", "Id", item => item.Procedure.Id),
        new Column<ReviewItem>("kind", "Kind", item => ReviewReasons.Word(item.Kind)),
        new Column<ReviewItem>("technique", "Technique", item => item.Procedure.Technique),
        new Column<ReviewItem>("name", "Name", item => item.Procedure.Name) { Gives = true },
        new Column<ReviewItem>("standing", "Standing", item => item.Procedure.Standing),
        new Column<ReviewItem>("confidence", "Confidence", item => item.Procedure.Confidence.ToString().ToLowerInvariant()),
        new Column<ReviewItem>("why", "Why", item => item.Why) { Gives = true },
        new Column<ReviewItem>("steps", null, item => item.Procedure.Steps),
        new Column<ReviewItem>("quotes", null, item => item.Procedure.Quotes.Select(quote => quote.Text)),
        new Column<ReviewItem>("events", null, item => item.Procedure.Hits.Sum(hit => hit.Count)),
        new Column<ReviewItem>("alternatives", "Instead", item => item.Alternatives.Select(other => other.Technique)),
        new Column<ReviewItem>("identical", "Identical", item => item.Identical.Count) { Right = true },
        new Column<ReviewItem>("author", null, item => item.Procedure.Author),
        new Column<ReviewItem>("origin", null, item => item.Procedure.Origin));
}
