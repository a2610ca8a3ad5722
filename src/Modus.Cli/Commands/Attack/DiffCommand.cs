using System.CommandLine;
using System.Text;
using Modus.Attack;
using Modus.Attack.Bundles;
using Modus.Attack.Diff;
using Modus.Cli.Shell;

namespace Modus.Cli.Commands.Attack;

/// <summary><c>modus attack diff</c>: what differs in meaning between two releases.</summary>
internal sealed class DiffCommand : ModusCommand
{
    /// <summary>Tables for people leave out long texts and the thousands of relationships, unless these are asked for.</summary>
    private static readonly string[] shownAtFirst = [DiffSections.Summary, DiffSections.Tactics, DiffSections.Moves, "techniques"];

    private readonly Argument<string> from = new("A") { Description = "The earlier release: a version at hand, or a bundle." };
    private readonly Argument<string> to = new("B") { Description = "The later release: a version at hand, or a bundle." };
    private readonly Option<string?> domain = new("--domain") { Description = "enterprise, mobile or ics; of bundles what both hold.", HelpName = "DOMAIN" };
    private readonly Option<string[]> only = new("--only")
    {
        Description = $"Sections to show, joined by commas: {string.Join(", ", DiffSections.Keys)}.",
        HelpName = "SECTIONS",
    };

    public DiffCommand() : base(
        "diff", "Compares two releases: tactics, objects, procedures; noise is counted, not listed.",
        Format.Table, Format.Json, Format.Markdown, Format.Html)
    {
        Add(from);
        Add(to);
        Add(domain);
        Add(only);
        Example("modus attack diff 18.1 19.0");
        Example("modus attack diff 18.1 19.0 --only moves,groups");
        Example("modus attack diff 18.1 19.0 -o changes.html");
    }

    public override int Run(Invocation run)
    {
        var sections = Sections(run.Get(only) ?? []);
        var asked = Knowledge.Domain(run.Get(domain));
        var knowledge = Knowledge.Open(run);
        if (Read(run, knowledge, run.Get(from)!, asked) is not { } before || Read(run, knowledge, run.Get(to)!, asked) is not { } after) return ExitCode.NoUsableInput;
        var diff = ReleaseDiff.Between(before, after, asked == Domains.None ? null : asked);
        foreach (var limit in diff.Limits) run.Say(limit);
        switch (run.Format)
        {
            case Format.Json:
                using (var buffer = new MemoryStream())
                {
                    DiffJson.Write(diff, buffer, sections);
                    run.Out.Write(Encoding.UTF8.GetString(buffer.ToArray()));
                }
                break;
            case Format.Markdown: DiffMarkdown.Write(diff, run.Out, sections); break;
            case Format.Html: DiffHtml.Write(diff, run.Out, sections); break;
            default: WriteTables(run, diff, sections); break;
        }
        return ExitCode.Done;
    }

    private static void WriteTables(Invocation run, ReleaseDiff diff, HashSet<string>? sections)
    {
        run.Out.WriteLine(run.OutStyle.Bold($"ATT&CK {diff.From.Name} → {diff.To.Name}"));
        foreach (var section in DiffSections.Of(diff, sections ?? [.. shownAtFirst]))
        {
            run.Out.WriteLine();
            run.Out.WriteLine(run.OutStyle.Bold($"{section.Title} ({section.Rows.Count})"));
            var columns = section.Headers.Index().Where(header => header.Item != "Text" || sections?.Count == 1)
                .Select(header => new Column<IReadOnlyList<DiffCell>>(header.Item, header.Item, row => row[header.Index].Text) { Gives = header.Item is "What" or "Text" or "Name" or "New sources" });
            Listing.Write(run.Out, Format.Table, run.Width, run.OutStyle, section.Rows, [.. columns]);
        }
        if (sections is null) run.Say($"Not shown: {diff.Procedures.Count()} changes of procedures and more. --only procedures shows them, -o diff.html everything.");
    }

    /// <summary>A bundle where there is such a file, else a version at hand.</summary>
    private static Release? Read(Invocation run, KnowledgeBase knowledge, string given, Domains domain)
    {
        var path = run.PathOf(given);
        if (File.Exists(path) || Directory.Exists(path))
        {
            var read = BundleReader.Read(path, null, run.Stop);
            foreach (var problem in read.Problems) Knowledge.Report(run, problem, isError: read.Release is null);
            return read.Release;
        }
        var one = domain == Domains.None ? Domains.Enterprise : domain;
        if (knowledge.Get(given, one) is { } release) return release;
        var missing = knowledge.NoSuch(given, one);
        throw CommandFailure.Usage(missing.Code, missing.Message, $"{missing.Fix}, or name a bundle file");
    }

    private static HashSet<string>? Sections(string[] given)
    {
        var words = given.SelectMany(value => value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).ToHashSet(StringComparer.Ordinal);
        if (words.FirstOrDefault(word => !DiffSections.Keys.Contains(word)) is { } unknown)
            throw CommandFailure.Usage("MD9020", $"'{unknown}' is no section of a diff", $"use one of: {string.Join(", ", DiffSections.Keys)}");
        return words.Count == 0 ? null : words;
    }
}
