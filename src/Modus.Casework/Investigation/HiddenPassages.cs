using Modus.Reports.Documents;

namespace Modus.Casework.Investigation;

/// <summary>Says where a report holds text that its readers do not see, and text that gives orders to a program.</summary>
internal static class HiddenPassages
{
    private const int QuoteLength = 80;

    /// <summary>Adds at most one problem a document for each of the two; nothing of it is lost, and nothing is obeyed.</summary>
    public static void Report(Document document, string file, List<CaseProblem> problems)
    {
        var hidden = document.Blocks.Where(block => block.Traits.HasFlag(BlockTraits.Hidden)).ToList();
        var ordering = document.Blocks.Where(block => block.Traits.HasFlag(BlockTraits.Instruction)).ToList();
        if (ordering.Count > 0)
        {
            var first = ordering.Find(hidden.Contains) ?? ordering[0];
            var unseen = ordering.Count(hidden.Contains);
            problems.Add(new CaseProblem(
                CaseProblemCodes.HiddenText,
                FormattableString.Invariant($"{ordering.Count} passages give orders to a program that reads the report, {unseen} of them hidden; they are text like any other and were not obeyed: \"{Cut(document.TextOf(first))}\""),
                file, PlaceOf(document, first), "look at what else the report wants to hide, and where it comes from", Lost: false));
        }

        var silent = hidden.Where(block => !ordering.Contains(block)).ToList();
        if (silent.Count == 0) return;
        var reasons = hidden.Select(block => block.HiddenReason ?? "hidden").Distinct().Order(StringComparer.Ordinal);
        problems.Add(new CaseProblem(
            CaseProblemCodes.HiddenText,
            FormattableString.Invariant($"{silent.Count} passages are not seen by a reader ({string.Join(", ", reasons)}); what they name was kept apart: \"{Cut(document.TextOf(silent[0]))}\""),
            file, PlaceOf(document, silent[0]), Lost: false));
    }

    private static string PlaceOf(Document document, Block block) => document.PageAt(block.Start) is { } page
        ? FormattableString.Invariant($"page {page}") : FormattableString.Invariant($"offset {document.Quote(block.Start, block.Length) switch { var quote => quote.SourceStart ?? quote.Start }}");

    private static string Cut(string text)
    {
        var line = text.ReplaceLineEndings(" ");
        if (line.Length <= QuoteLength) return line;
        var end = char.IsHighSurrogate(line[QuoteLength - 1]) ? QuoteLength - 1 : QuoteLength;
        return line[..end] + "…";
    }
}
