using System.CommandLine;
using System.Globalization;
using System.Net;
using Modus.Analysis.Profiles;
using Modus.Cli.Shell;

namespace Modus.Cli.Commands.Analysis;

/// <summary><c>modus actor compare</c>: two to six actors, layers or bundles side by side.</summary>
internal sealed class ActorCompareCommand : ModusCommand
{
    private readonly Argument<string[]> subjects = new("WHO") { Description = "Two to six actors (id, name, alias), cases (case:ID), layers or STIX bundles.", Arity = ArgumentArity.OneOrMore };
    private const string CasePrefix = "case:";
    private readonly LensOptions lens = new();
    private readonly OwnCaseOptions cases = new(asks: false);

    public ActorCompareCommand() : base("compare", "Compares two to six actors or layers, beside what chance would share.",
        [.. Listing.All, Format.Navigator, Format.Html])
    {
        Add(subjects);
        lens.AddTo(this);
        cases.AddTo(this);
        Example("modus actor compare G0016 G0007");
        Example("modus actor compare APT29 APT28 Turla -o markdown");
    }

    public override int Run(Invocation run)
    {
        var words = run.Get(subjects)!;
        if (words.Length is < Comparer.Fewest or > Comparer.Most)
            throw CommandFailure.Usage("MD6032", $"{words.Length} subjects were named", $"name {Comparer.Fewest} to {Comparer.Most}");
        var own = cases.Read(run);
        var library = lens.Library(run, own);
        var knowledge = lens.Knowledge(run, library);
        var profiler = new Profiler(knowledge, lens.Lens(run));
        var chosen = words.Select(word => word.StartsWith(CasePrefix, StringComparison.OrdinalIgnoreCase) ? Case(own, word[CasePrefix.Length..]) : File.Exists(run.PathOf(word))
            ? new Subject(Path.GetFileName(word), Observed.Read(run, [word]).Techniques.Distinct(StringComparer.Ordinal).ToDictionary(id => id, _ => 1, StringComparer.Ordinal))
            : Comparer.Of(ActorLookup.Profile(profiler, word))).ToList();
        var compared = Comparer.Compare(profiler, chosen);
        switch (run.Format)
        {
            case Format.Navigator:
                ComparisonLayer.Write(run.Out, string.Join(" and ", compared.Subjects), knowledge.Release, compared.Rows.Select(row =>
                    (row.Id, (double)row.Shared, string.Join(", ", compared.Subjects.Where((_, at) => row.Sources[at] > 0)))));
                break;
            case Format.Html: WriteHtml(run.Out, compared); break;
            case Format.Json: run.Out.WriteLine(Json.Indented(json => ProfileWriter.Json(json, compared))); break;
            default: WriteRows(run, compared); break;
        }
        foreach (var pair in compared.Pairs) run.Say(Sentence(pair));
        return ExitCode.Done;
    }

    private static Subject Case(OwnCases own, string id)
    {
        var found = own.Others.Where(item => item.Case.Id.Equals(id, StringComparison.OrdinalIgnoreCase) || item.Case.Id.Equals("C-" + id, StringComparison.OrdinalIgnoreCase)).ToList();
        if (found.Count == 0) throw CommandFailure.Usage("MD6033", $"there is no case {id} in a workspace here", own.Others.Count == 0 ? "run it in a workspace with cases" : $"name one of: {string.Join(", ", own.Others.Take(5).Select(item => item.Case.Id))}");
        return new(found[0].Source, found[0].Techniques.ToDictionary(technique => technique, _ => 1, StringComparer.Ordinal));
    }

    private static void WriteRows(Invocation run, Comparison compared) => run.Write(compared.Rows,
    [
        new Column<ComparedTechnique>("id", "Id", row => row.Id),
        new Column<ComparedTechnique>("name", "Name", row => row.Name) { Gives = true },
        .. compared.Subjects.Select((name, at) => new Column<ComparedTechnique>(name, name, row => row.Sources[at] == 0 ? null : row.Sources[at]) { Right = true }),
        new Column<ComparedTechnique>("users", "Actors", row => row.Users) { Right = true },
    ]);

    private static string Sentence(ComparedPair pair) => string.Create(CultureInfo.InvariantCulture,
        $"{pair.First} and {pair.Second} share {pair.Shared} techniques, likeness {pair.Likeness:0.00}; an actor at random shares {pair.RandomShared:0.0}, likeness {pair.RandomLikeness:0.00}; {pair.MoreAlike:0 %} of actors are as like the first.");

    private static void WriteHtml(TextWriter to, Comparison compared)
    {
        to.WriteLine("<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Comparison</title>");
        to.WriteLine("<style>body{font:15px/1.45 system-ui,sans-serif;margin:2rem;max-width:70rem}table{border-collapse:collapse}td,th{padding:.2rem .6rem;border-bottom:1px solid #8885;text-align:left}td.n{text-align:right}tr.all{background:#8882;font-weight:600}</style>");
        to.WriteLine($"<h1>{string.Join(" · ", compared.Subjects.Select(WebUtility.HtmlEncode))}</h1><ul>");
        foreach (var pair in compared.Pairs) to.WriteLine($"<li>{WebUtility.HtmlEncode(Sentence(pair))}</li>");
        to.WriteLine("</ul><table><thead><tr><th>Id<th>Name" + string.Concat(compared.Subjects.Select(name => $"<th>{WebUtility.HtmlEncode(name)}")) + "<th>Actors</thead><tbody>");
        foreach (var row in compared.Rows)
            to.WriteLine($"<tr{(row.Shared == compared.Subjects.Count ? " class=\"all\"" : "")}><td>{WebUtility.HtmlEncode(row.Id)}<td>{WebUtility.HtmlEncode(row.Name)}"
                + string.Concat(row.Sources.Select(count => $"<td class=\"n\">{(count == 0 ? "" : count.ToString(CultureInfo.InvariantCulture))}")) + $"<td class=\"n\">{row.Users}");
        to.WriteLine("</tbody></table></html>");
    }
}
