using System.CommandLine;
using Modus.Casework.Cases;
using Modus.Cli.Shell;

namespace Modus.Cli.Commands.Cases;

/// <summary><c>modus case notes [TEXT]</c>: what people write into a case.</summary>
internal sealed class CaseNotesCommand : ModusCommand
{
    private readonly Argument<string?> text = new("TEXT") { Description = "What to write; without it the notes are listed.", Arity = ArgumentArity.ZeroOrOne };
    private readonly CaseOptions options = new();
    private readonly Option<string[]> about = new("--about") { Description = "A record or technique that it is about, by id.", HelpName = "ID" };
    private readonly Option<bool> decision = new("--decision") { Description = "It is a decision." };
    private readonly Option<string?> reason = new("--because") { Description = "Why it was decided so; makes it a decision.", HelpName = "WORDS" };
    private readonly Option<bool> hypothesis = new("--hypothesis") { Description = "It is a hypothesis." };
    private readonly Option<string[]> evidenceFor = new("--for") { Description = "A record that speaks for the hypothesis.", HelpName = "ID" };
    private readonly Option<string[]> evidenceAgainst = new("--against") { Description = "A record that speaks against the hypothesis.", HelpName = "ID" };

    public CaseNotesCommand() : base("notes", "Lists the notes, decisions and hypotheses of a case, or writes one.", Listing.All)
    {
        Add(text);
        options.AddTo(this);
        foreach (var option in new Option[] { about, decision, reason, hypothesis, evidenceFor, evidenceAgainst }) Add(option);
        Example("modus init -q && modus case new Tidewrack && modus case notes 'the two reports name the actor differently' && modus case notes");
        Example("modus init -q && modus case new Tidewrack && modus case notes 'rebuild the backup server' --because 'its accounts were used' && modus case notes -o json");
    }

    public override int Run(Invocation run) => CaseSession.Run(run, options, session =>
    {
        var (book, item) = (session.Book, session.Case(run.Get(options.Case)));
        if (run.Get(text) is not { Length: > 0 } words)
        {
            WritingRows.Write(run, WritingRows.Of(book.List<NoteRecord>(item.Id), book.List<DecisionRecord>(item.Id), book.List<HypothesisRecord>(item.Id)));
            return ExitCode.Done;
        }
        if (item.Status == CaseStatus.Closed) throw new CaseRuleException(CaseRuleCodes.CaseClosed, $"{item.Id} is closed", $"open it again: modus case close {item.Id} --reopen");
        var now = book.Now;
        string Id(string prefix) => CaseIds.OfWriting(prefix, item.Id, book.Actor, now.ToString("O", System.Globalization.CultureInfo.InvariantCulture), words);
        ICaseRecord record = run.Get(hypothesis) || run.Get(evidenceFor) is { Length: > 0 } || run.Get(evidenceAgainst) is { Length: > 0 }
            ? new HypothesisRecord { Id = Id("H-"), CaseId = item.Id, Author = book.Actor, Time = now, Text = words, For = run.Get(evidenceFor) ?? [], Against = run.Get(evidenceAgainst) ?? [] }
            : run.Get(decision) || run.Get(reason) is { Length: > 0 }
                ? new DecisionRecord { Id = Id("D-"), CaseId = item.Id, Author = book.Actor, Time = now, Text = words, Reason = run.Get(reason) ?? "", About = run.Get(about) ?? [] }
                : new NoteRecord { Id = Id("N-"), CaseId = item.Id, Author = book.Actor, Time = now, Text = words, About = run.Get(about) ?? [] };
        book.SaveOrThrow($"{record.Kind} {record.Id}", record);
        run.Say($"{record.Kind} {record.Id}");
        return ExitCode.Done;
    });
}
