using System.Text;
using Modus.Casework.Cases;
using Modus.Casework.Review;
using Modus.Cli.Shell;

namespace Modus.Cli.Commands.Review;

/// <summary>Draws one item on the terminal. Texts of evidence are untrusted: control characters become visible.</summary>
internal sealed class ReviewPage(Invocation run, IReadOnlyDictionary<string, string> documents)
{
    private const int MostQuotes = 3, MostHits = 3, Indent = 2, Narrowest = 20;

    public static readonly IReadOnlyList<string> Help =
    [
        "a accept · A accept this and all identical · r reject · R reject with a reason, identical ones too",
        "1–5 take that technique instead · t take any technique · c contradicted by other evidence",
        "e edit the span · g log an intelligence gap · ? why · u undo the last decision of this session",
        "← → (or p n, k j) move · q or Esc leave; decisions are kept as they are made",
    ];

    private readonly Style style = run.OutStyle;

    private int Width => Math.Max(Narrowest, run.Width > 0 ? run.Width : 80);

    public void Show(ReviewItem item, int at, int count, int disputed, CaseRecord @case, ReviewDesk desk, string status, IReadOnlyList<string> more)
    {
        var procedure = item.Procedure;
        Clear();
        Line(style.Dim(Cut(FormattableString.Invariant($"{@case.Name} ({@case.Id}) · {at + 1} of {count} open, {disputed} disputed · reviewer {desk.Reviewer}"))));
        Line(style.Dim(new string('─', Width)));
        Line(style.Bold(Cut($"{procedure.Technique}  {procedure.Name}")));
        Line(Cut($"{procedure.Id} · {procedure.Standing} · {procedure.Confidence.ToString().ToLowerInvariant()} confidence · {procedure.Origin} by {procedure.Author}{(procedure.Tactics.Count > 0 ? $" · {string.Join(", ", procedure.Tactics)}" : "")}"));
        Line();
        Wrap($"{ReviewReasons.Word(item.Kind)}: {item.Why}", style.Yellow);
        Line();
        foreach (var quote in procedure.Quotes.Take(MostQuotes)) Quote(quote);
        More(procedure.Quotes.Count - MostQuotes, "quotes");
        foreach (var hit in procedure.Hits.Take(MostHits)) Hit(hit);
        More(procedure.Hits.Count - MostHits, "groups of events");
        foreach (var claim in procedure.Claims.Take(MostHits)) Wrap($"◇ {Name(claim.EvidenceId)} {claim.Place}: {claim.Says}");
        More(procedure.Claims.Count - MostHits, "claims");
        if (item.Alternatives.Count > 0)
        {
            Line();
            for (var number = 0; number < item.Alternatives.Count; number++)
            {
                var other = item.Alternatives[number];
                Line(Cut($"{number + 1}  {other.Technique}  {other.Name}{(other.Probability is { } p ? FormattableString.Invariant($"  p {p:0.00}") : $"  {other.Why}")}"));
            }
        }
        Line();
        if (item.Identical.Count > 0) Line(Cut(FormattableString.Invariant($"{item.Identical.Count} identical: A accepts all, R rejects all")));
        if (!desk.MayAccept(item)) Wrap("four eyes: you entered it, somebody else has to accept it", style.Yellow);
        foreach (var line in more) Wrap(line);
        if (more.Count > 0) Line();
        if (status.Length > 0) Wrap(status, style.Bold);
        Line(style.Dim(Cut("a accept  r reject  1–5 instead  e span  g gap  ? why  u undo  ← → move  h keys  q quit")));
        run.Out.Flush();
    }

    public void ShowSpan(SpanEditor editor)
    {
        Clear();
        Line(style.Bold("The words that carry the technique"));
        Line();
        var (start, end) = (editor.Start, editor.Start + editor.Length);
        Wrap($"{editor.Text[..start]}[{editor.Text[start..end]}]{editor.Text[end..]}");
        Line();
        Line(style.Dim(Cut("← → move the beginning  , . (or ↓ ↑) move the end  Enter keep  Esc leave")));
        run.Out.Flush();
    }

    public void Close()
    {
        Clear();
        run.Out.Flush();
    }

    private void Quote(CaseQuote quote)
    {
        var text = quote.Text;
        var at = quote.Matched.Length > 0 ? text.IndexOf(quote.Matched, StringComparison.Ordinal) : -1;
        if (at >= 0) text = $"{text[..at]}[{quote.Matched}]{text[(at + quote.Matched.Length)..]}";
        Wrap($"“{text}”");
        var place = quote.Page is { } page ? FormattableString.Invariant($"page {page}") : FormattableString.Invariant($"offset {quote.SourceStart ?? quote.Start}");
        Line(style.Dim(Cut($"  {Name(quote.EvidenceId)}, {place} · {quote.Statement}{(quote.Probability is { } p ? FormattableString.Invariant($" · p {p:0.00}") : "")}")));
    }

    private void Hit(CaseHit hit)
    {
        var time = hit.First is { } first ? $" {Values.Time(first)}" : "";
        Wrap(FormattableString.Invariant($"■ {hit.Host}{time} · {hit.Rule} ({hit.Level}) · {hit.Count:#,0} {(hit.Count == 1 ? "event" : "events")}, first {hit.File} {hit.Record}"));
        if (hit.Details.Length > 0) Wrap(hit.Details);
    }

    private string Name(string evidence) => documents.GetValueOrDefault(evidence, evidence);

    private void More(int count, string what)
    {
        if (count > 0) Line(style.Dim(FormattableString.Invariant($"… and {count} more {what}")));
    }

    private void Clear() => run.Out.Write("\u001b[2J\u001b[H");

    private void Line(string text = "") => run.Out.Write(text + "\r\n");

    private string Cut(string text) => SafeText.Cut(SafeText.ForTerminal(text), Width);

    /// <summary>Breaks a text at blanks into lines of the terminal's width, two blanks in.</summary>
    private void Wrap(string text, Func<string, string>? paint = null)
    {
        var line = new StringBuilder(new string(' ', Indent));
        var used = Indent;
        foreach (var word in SafeText.ForTerminal(text).Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var piece = SafeText.Cut(word, Width - Indent);
            var width = SafeText.Width(piece);
            if (used > Indent && used + 1 + width > Width)
            {
                Line(paint is null ? line.ToString() : paint(line.ToString()));
                line.Clear().Append(' ', Indent);
                used = Indent;
            }
            if (used > Indent)
            {
                line.Append(' ');
                used++;
            }
            line.Append(piece);
            used += width;
        }
        if (used > Indent) Line(paint is null ? line.ToString() : paint(line.ToString()));
    }
}
