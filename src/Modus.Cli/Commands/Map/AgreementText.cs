using System.Globalization;
using Modus.Casework.Agreement;
using Modus.Cli.Shell;

namespace Modus.Cli.Commands.Map;

/// <summary>Agreement for people: as a page on the terminal, or as Markdown.</summary>
internal sealed class AgreementText(TextWriter to, int width, Style style, Format format)
{
    // Krippendorff's customary limits: below the lower nothing should rest on the data, between the two only tentative conclusions.
    private const double Tentative = 0.667, Reliable = 0.8;

    public void Write(AgreementReport report)
    {
        var units = report.Basis == AgreementBasis.Evidence ? "pieces of evidence" : "techniques to name or not";
        Line(string.Create(CultureInfo.InvariantCulture,
            $"{report.Units:#,0} {units} in {Count(report.Documents, "document")} judged by at least two of {report.Coders.Count} coders · ATT&CK {report.Release} · 95 % intervals by drawing {report.Drawn}"));
        Heading("Coders");
        Table(report.Coders,
            new Column<CoderNote>("name", "Coder", coder => coder.Name) { Gives = true },
            new Column<CoderNote>("mappings", "Mappings", coder => coder.Mappings) { Right = true },
            new Column<CoderNote>("techniques", "Techniques", coder => coder.Techniques) { Right = true },
            new Column<CoderNote>("documents", "Documents", coder => coder.Documents) { Right = true });
        Heading("Agreement");
        Table(report.Levels.SelectMany(Rows),
            new Column<Row>("level", "Level", row => row.Level),
            new Column<Row>("coders", "Coders", row => row.Coders) { Gives = true },
            new Column<Row>("figure", "Coefficient", row => row.Figure),
            new Column<Row>("value", "Value", row => row.Value) { Right = true },
            new Column<Row>("interval", "95 % interval", row => row.Interval),
            new Column<Row>("observed", "Observed", row => row.Observed) { Right = true },
            new Column<Row>("chance", "By chance", row => row.Chance) { Right = true },
            new Column<Row>("f1", "Set F1", row => row.F1) { Right = true },
            new Column<Row>("n", "Units", row => row.Units) { Right = true });
        Line(Verdict(report));
        if (report.Disagreements.Count > 0)
        {
            Heading("Disagreements that would raise alpha most");
            var names = report.Coders.Select(coder => coder.Name).ToList();
            Table(report.Disagreements,
                [
                    new Column<Disagreement>("gain", "Gain", row => row.Gain.ToString("+0.000;-0.000;0.000", CultureInfo.InvariantCulture)) { Right = true },
                    new Column<Disagreement>("units", "Units", row => row.Units) { Right = true },
                    .. names.Select((name, at) => new Column<Disagreement>($"coder_{at + 1}", name, row => row.Given[at] ?? "not judged")),
                    new Column<Disagreement>("example", "Example", row => row.Example is null ? row.Where : $"{row.Where}: {row.Example}") { Gives = true },
                ]);
        }
        var disputed = report.Techniques.Where(technique => technique.Agreed < technique.Units).Take(10).ToList();
        if (disputed.Count == 0) return;
        Heading("Most disputed techniques");
        Table(disputed,
            [
                new Column<TechniqueAgreement>("technique", "Technique", row => row.Technique),
                new Column<TechniqueAgreement>("name", "Name", row => row.Name) { Gives = true },
                .. report.Coders.Select((coder, at) => new Column<TechniqueAgreement>($"coder_{at + 1}", coder.Name, row => row.Named[at]) { Right = true }),
                new Column<TechniqueAgreement>("agreed", "Agreed", row => $"{row.Agreed} of {row.Units}"),
            ]);
    }

    private static IEnumerable<Row> Rows(LevelAgreement level)
    {
        var name = NameOf(level.Level);
        yield return new Row(name, "all", "Krippendorff's alpha", Figure(level.Alpha), Between(level.AlphaInterval), "", "", "", "");
        foreach (var pair in level.Pairs)
            yield return new Row(name, $"{pair.One} · {pair.Other}", "Cohen's kappa", Figure(pair.Kappa?.Value), Between(pair.KappaInterval), Figure(pair.Kappa?.Observed), Figure(pair.Kappa?.Expected), Figure(pair.F1),
                pair.Kappa?.Units.ToString("#,0", CultureInfo.InvariantCulture) ?? "");
    }

    public static string NameOf(AgreementLevel level) => level switch { AgreementLevel.Technique => "technique", AgreementLevel.SubTechnique => "sub-technique", _ => "partial credit" };

    private static string Verdict(AgreementReport report)
    {
        var alpha = report.Levels.First(level => level.Level == AgreementLevel.SubTechnique).Alpha;
        return alpha switch
        {
            null => "Alpha is not defined here: nothing could disagree.",
            >= Reliable => "Alpha is 0.8 or more: the mappings can be relied on.",
            >= Tentative => "Alpha is between 0.667 and 0.8: tentative conclusions only.",
            _ => "Alpha is below 0.667: settle the disagreements before anything rests on these mappings.",
        };
    }

    private static string Figure(double? value) => value?.ToString("0.000", CultureInfo.InvariantCulture) ?? "–";

    private static string Between(Interval? interval) => interval is null ? "" : string.Create(CultureInfo.InvariantCulture, $"{interval.Low:0.000} to {interval.High:0.000}");

    private static string Count(int count, string what) => string.Create(CultureInfo.InvariantCulture, $"{count:#,0} {what}{(count == 1 ? "" : "s")}");

    private void Heading(string text)
    {
        to.WriteLine();
        to.WriteLine(format == Format.Markdown ? $"## {text}\n" : style.Bold(text));
    }

    private void Line(string text) => to.WriteLine(format == Format.Markdown ? $"\n{text}" : text);

    private void Table<T>(IEnumerable<T> rows, params Column<T>[] columns) => Listing.Write(to, format, width, style, rows, columns);

    private sealed record Row(string Level, string Coders, string Figure, string Value, string Interval, string Observed, string Chance, string F1, string Units);
}
