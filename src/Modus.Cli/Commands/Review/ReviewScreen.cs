using Modus.Casework.Cases;
using Modus.Casework.Review;
using Modus.Cli.Shell;

namespace Modus.Cli.Commands.Review;

/// <summary>The queue on a terminal: one item a screen, one key a decision.</summary>
internal sealed class ReviewScreen(
    Invocation run, ReviewDesk desk, CaseBook book, CaseRecord @case, Func<ReviewItem, bool> wanted, ReviewReasons reasons, Func<ConsoleKeyInfo> keys)
{
    private readonly ReviewPage page = new(run, book.List<EvidenceRecord>(@case.Id).ToDictionary(item => item.Id, item => item.Path, StringComparer.Ordinal));
    private readonly LinePrompt prompt = new(run.Out, keys);
    private IReadOnlyList<ReviewItem> items = [];
    private int at;
    private string status = "";
    private IReadOnlyList<string> more = [];

    public int Run()
    {
        Load();
        while (items.Count > 0)
        {
            run.Stop.ThrowIfCancellationRequested();
            page.Show(items[at], at, items.Count, items.Count(item => item.IsDisputed), @case, desk, status, more);
            (status, more) = ("", []);
            var key = keys();
            if (key.KeyChar is 'q' or 'Q' or '\u0003' || key.Key == ConsoleKey.Escape) break;
            try
            {
                Answer(key, items[at]);
            }
            catch (CaseRuleException problem)
            {
                status = $"{problem.Code}: {problem.Message}{(problem.Fix is null ? "" : $"; {problem.Fix}")}";
                Load();
            }
        }
        page.Close();
        var made = string.Join(", ", desk.Made.Select(pair => FormattableString.Invariant($"{pair.Value} {Past(pair.Key)}")));
        run.Say(made.Length > 0 ? made : "nothing was decided");
        ReviewCommand.Say(run, desk.Queue());
        return ExitCode.Done;
    }

    private void Answer(ConsoleKeyInfo key, ReviewItem item)
    {
        switch (key)
        {
            case { Key: ConsoleKey.RightArrow or ConsoleKey.DownArrow } or { KeyChar: 'n' or 'j' or ' ' }: Move(1); break;
            case { Key: ConsoleKey.LeftArrow or ConsoleKey.UpArrow } or { KeyChar: 'p' or 'k' }: Move(-1); break;
            case { KeyChar: 'a' }: Decided(desk.Decide(item, ReviewVerdict.Accept)); break;
            case { KeyChar: 'A' }: Decided(desk.Decide(item, ReviewVerdict.Accept, identical: true)); break;
            case { KeyChar: 'r' }: Decided(desk.Decide(item, ReviewVerdict.Reject)); break;
            case { KeyChar: 'R' }: WithReason("why rejected", reason => Decided(desk.Decide(item, ReviewVerdict.Reject, reason, identical: true))); break;
            case { KeyChar: 'c' }: WithReason("what contradicts it", reason => Decided(desk.Decide(item, ReviewVerdict.Contradict, reason))); break;
            case { KeyChar: >= '1' and <= '9' }: TakeNumber(item, key.KeyChar - '1'); break;
            case { KeyChar: 't' }: WithReason("technique to take instead (T0000.000)", technique => Decided(desk.Take(item, technique))); break;
            case { KeyChar: 'e' }: EditSpan(item); break;
            case { KeyChar: 'g' }: WithReason("what is not known", reason => Decided(desk.LogGap(item, reason))); break;
            case { KeyChar: 'u' }: Decided(desk.Undo()); break;
            case { KeyChar: '?' or 'w' }: more = reasons.Of(item); break;
            case { KeyChar: 'h' }: more = ReviewPage.Help; break;
            default: status = "h shows the keys"; break;
        }
    }

    private void TakeNumber(ReviewItem item, int number)
    {
        if (number < item.Alternatives.Count) Decided(desk.Take(item, item.Alternatives[number].Technique));
        else status = item.Alternatives.Count == 0 ? "nothing else was considered here; t takes any technique" : FormattableString.Invariant($"there are {item.Alternatives.Count} to choose from; t takes any technique");
    }

    private void EditSpan(ReviewItem item)
    {
        if (item.Procedure.Quotes.Count == 0)
        {
            status = "no document tells it: there is no span to edit";
            return;
        }
        var editor = SpanEditor.Of(item.Procedure.Quotes[0]);
        while (true)
        {
            page.ShowSpan(editor);
            switch (editor.Take(keys()))
            {
                case SpanEditor.State.Kept: Decided(desk.SetSpan(item, 0, editor.Start, editor.Length)); return;
                case SpanEditor.State.Left: status = "the span was left as it is"; return;
                default: break;
            }
        }
    }

    private void WithReason(string question, Action<string> then)
    {
        if (prompt.Ask(question) is { Length: > 0 } answer) then(answer);
        else status = "nothing was written, nothing was changed";
    }

    private void Decided(string what)
    {
        var id = items[at].Procedure.Id;
        Load();
        // What stays open (an edited span, a gap) stays on the screen; else the next item has moved up.
        if (items.Select((item, index) => (item, index)).FirstOrDefault(pair => pair.item.Procedure.Id == id) is { item: not null } same) at = same.index;
        status = what;
    }

    private void Move(int by) => at = Math.Clamp(at + by, 0, items.Count - 1);

    private void Load()
    {
        items = [.. desk.Queue().Where(wanted)];
        at = Math.Clamp(at, 0, Math.Max(0, items.Count - 1));
    }

    private static string Past(ReviewVerdict verdict) => verdict switch
    {
        ReviewVerdict.Accept => "accepted",
        ReviewVerdict.Reject => "rejected",
        ReviewVerdict.Contradict => "contradicted",
        ReviewVerdict.Change => "changed",
        ReviewVerdict.Edit => "edited",
        ReviewVerdict.Gap => "with a gap logged",
        _ => "reopened",
    };
}
