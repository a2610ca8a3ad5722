using System.Globalization;
using Modus.Casework.Investigation;
using Modus.Cli.Shell;

namespace Modus.Cli.Commands.Investigate;

/// <summary>One row of the findings: a technique in one of its tactics, with its firmest evidence.</summary>
internal sealed record FindingRow(TacticNote Tactic, TechniqueFinding Finding)
{
    /// <summary>Every finding once a tactic, in matrix order. Where inputs name the tactic, only there.</summary>
    public static IReadOnlyList<FindingRow> Of(InvestigationResult result) =>
    [
        .. result.Tactics.SelectMany(tactic => result.Techniques
            .Where(finding => finding.IsFinding && (finding.NamedTactics.Count > 0 ? finding.NamedTactics : finding.Tactics).Contains(tactic.ShortName))
            .Select(finding => new FindingRow(tactic, finding))),
    ];
}

/// <summary>An investigation as a page of text or Markdown.</summary>
internal static class InvestigationText
{
    private const int InputsShown = 20, OverlapsShown = 5;

    public static void Write(TextWriter to, Format format, int width, Style style, InvestigationResult result)
    {
        var markdown = format == Format.Markdown;
        void Heading(string text) => to.WriteLine(markdown ? $"\n## {text}\n" : $"\n{style.Bold(text)}");
        void Rows<T>(IEnumerable<T> rows, params Column<T>[] columns) => Listing.Write(to, format, width, style, rows, columns);

        var findings = result.Techniques.Where(finding => finding.IsFinding).ToList();
        var rows = FindingRow.Of(result);
        if (markdown) to.WriteLine("# Investigation\n");
        to.WriteLine(Summary(result, findings));

        Heading("Read");
        // A long list of inputs that went well says nothing one by one; what was skipped is always named.
        var inputs = result.Inputs.Count <= InputsShown ? result.Inputs : [.. result.Inputs.Where(input => !input.Used)];
        if (inputs.Count < result.Inputs.Count)
            Rows(result.Inputs.Where(input => input.Used).GroupBy(input => input.Format).OrderByDescending(group => group.Count()).ThenBy(group => group.Key, StringComparer.Ordinal),
                new("format", "Format", group => group.Key),
                new("inputs", "Inputs", group => group.Count()) { Right = true });
        if (inputs.Count > 0) Rows(inputs,
            new("file", "Input", input => input.File) { Gives = true },
            new("format", "Format", input => input.Format),
            new("summary", "Result", input => input.Used ? input.Summary : $"skipped: {input.Summary}") { Gives = true });

        if (rows.Count > 0)
        {
            Heading("Techniques by tactic");
            Rows(rows,
                new("tactic", "Tactic", row => row.Tactic.Name),
                new("id", "Id", row => row.Finding.Id),
                new("name", "Technique", row => row.Finding.Name) { Gives = true },
                new("standing", "Standing", row => row.Finding.Standing.ToString().ToLowerInvariant()),
                new("evidence", "Evidence", row => First(row.Finding)) { Gives = true });
        }
        WriteAside(result, Heading, (cells, headers) => Rows(cells, [.. headers.Select((header, index) =>
            new Column<string[]>(header, header, row => row[index]) { Gives = index == headers.Length - 1 })]));
        if (result.Overlaps.Count > 0)
        {
            Heading("Groups that share most of them (plain overlap, no attribution)");
            Rows(result.Overlaps.Take(OverlapsShown),
                new("id", "Id", group => group.Id),
                new("name", "Group", group => group.Name),
                new("shared", "Shared", group => group.Shared.Count) { Right = true },
                new("known", "Known of it", group => group.Known) { Right = true },
                new("jaccard", "Overlap", group => group.Jaccard.ToString("0.00", CultureInfo.InvariantCulture)) { Right = true },
                new("techniques", "Techniques", group => group.Shared) { Gives = true });
        }
    }

    private static void WriteAside(InvestigationResult result, Action<string> heading, RowWriter rows)
    {
        var projected = result.Techniques.SelectMany(finding => finding.Evidence.Select(evidence => (finding, evidence.Origin)))
            .Where(pair => pair.Origin.Verdict is not null)
            .DistinctBy(pair => (pair.finding.Id, pair.Origin.Written, pair.Origin.Verdict)).ToList();
        if (projected.Count > 0)
        {
            heading($"Projected to ATT&CK {result.Release.Version}");
            rows(projected.Select(pair => new[] { pair.Origin.Written, pair.finding.Id, pair.Origin.Verdict!, pair.Origin.Reason ?? "" }), "Written", "Becomes", "Verdict", "Why");
        }
        var suggested = result.Techniques.Where(finding => finding.IsSuggestion).ToList();
        if (suggested.Count > 0)
        {
            heading("Suggested by the text mapper, not confirmed by anybody");
            rows(suggested.Select(finding => new[] { finding.Id, finding.Name, First(finding) }), "Id", "Technique", "Evidence");
        }
        var aside = result.Techniques.Where(finding => finding.Standing == Standing.Mentioned).ToList();
        if (aside.Count > 0)
        {
            heading("Named, but not as something that happened");
            rows(aside.Select(finding => new[] { finding.Id, finding.Name, finding.Evidence[0] switch { QuoteEvidence quote => quote.Statement, SuggestionEvidence suggestion => suggestion.Statement, _ => "switched off" }, First(finding) }), "Id", "Technique", "As", "Evidence");
        }
        if (result.Unplaced.Count > 0)
        {
            heading("Not placed");
            rows(result.Unplaced.Select(item => new[] { item.Written, $"{item.File} {item.Place}", item.Reason }), "Written", "Where", "Why");
        }
    }

    private delegate void RowWriter(IEnumerable<string[]> rows, params string[] headers);

    private static string Summary(InvestigationResult result, List<TechniqueFinding> findings)
    {
        var byStanding = Enum.GetValues<Standing>().Where(standing => standing < Standing.Suggested)
            .Select(standing => (standing, count: findings.Count(finding => finding.Standing == standing)))
            .Where(pair => pair.count > 0)
            .Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.count} {pair.standing.ToString().ToLowerInvariant()}"));
        var label = result.Release.Label is { } text ? $"; {text}" : "";
        var logs = result.Logs is { } read
            ? string.Create(CultureInfo.InvariantCulture, $" · {read.Events:#,0} events, {read.RulesFired} of {read.Rules} rules fired")
            : "";
        return string.Create(CultureInfo.InvariantCulture,
            $"{result.Used} of {result.Inputs.Count} inputs used{logs} · {findings.Count} techniques ({string.Join(", ", byStanding)}) · ATT&CK {result.Release.Version} ({string.Join(", ", result.Release.Domains)}{label})");
    }

    /// <summary>The firmest evidence of a technique, with the number of the others.</summary>
    public static string First(TechniqueFinding finding)
    {
        var first = finding.Evidence[0];
        var more = finding.Evidence.Count > 1 ? string.Create(CultureInfo.InvariantCulture, $" (+{finding.Evidence.Count - 1})") : "";
        return $"{Path.GetFileName(first.File)} {first.Place}: {first.Says}{more}";
    }
}
