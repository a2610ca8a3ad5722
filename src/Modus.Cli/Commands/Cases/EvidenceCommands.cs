using System.CommandLine;
using System.Security.Cryptography;
using Modus.Casework.Cases;
using Modus.Cli.Shell;

namespace Modus.Cli.Commands.Cases;

/// <summary><c>modus evidence list</c>.</summary>
internal sealed class EvidenceListCommand : ModusCommand
{
    private readonly CaseOptions options = new();

    public EvidenceListCommand() : base("list", "Lists the evidence of a case.", Listing.All)
    {
        options.AddTo(this);
        Example("modus init -q && modus ingest -q samples/first-case && modus evidence list");
        Example("modus init -q && modus ingest -q samples/first-case && modus evidence list -o csv");
    }

    public override int Run(Invocation run) => CaseSession.Run(run, options, session =>
    {
        var item = session.Case(run.Get(options.Case));
        run.Write(session.Book.List<EvidenceRecord>(item.Id).OrderBy(one => one.Path, StringComparer.Ordinal).ThenBy(one => one.Id, StringComparer.Ordinal),
            new Column<EvidenceRecord>("id", "Id", one => one.Id),
            new Column<EvidenceRecord>("type", "Type", one => one.Type.ToString().ToLowerInvariant()),
            new Column<EvidenceRecord>("path", "File", one => one.Path) { Gives = true },
            new Column<EvidenceRecord>("tlp", "TLP", one => one.Tlp),
            new Column<EvidenceRecord>("source", "Source", one => one.Source) { Gives = true },
            new Column<EvidenceRecord>("arrived", "Arrived", one => one.Arrived),
            new Column<EvidenceRecord>("by", null, one => one.By),
            new Column<EvidenceRecord>("used", "Used", one => one.Used) { Right = true },
            new Column<EvidenceRecord>("skipped", "Skipped", one => one.Skipped) { Right = true },
            new Column<EvidenceRecord>("first", null, one => one.First),
            new Column<EvidenceRecord>("last", null, one => one.Last),
            new Column<EvidenceRecord>("kept", null, one => one.Kept),
            new Column<EvidenceRecord>("summary", "Result", one => one.Redacted.Length > 0 ? $"redacted: {one.Redacted}" : one.Summary) { Gives = true },
            new Column<EvidenceRecord>("sha256", null, one => one.Sha256));
        return ExitCode.Done;
    });
}

/// <summary><c>modus evidence show ID</c>: one piece with everything that rests on it.</summary>
internal sealed class EvidenceShowCommand : ModusCommand
{
    private readonly Argument<string> id = new("ID") { Description = "The evidence, by id or the beginning of it." };
    private readonly CaseOptions options = new();

    public EvidenceShowCommand() : base("show", "Shows a piece of evidence: what it says, procedure by procedure, and what it only mentions.", Format.Table, Format.Json, Format.Markdown)
    {
        Add(id);
        options.AddTo(this);
        Example("modus init -q && modus ingest -q samples/first-case/vendor-report.html && modus evidence show E- -o table");
        Example("modus init -q && modus ingest -q samples/first-case/hosts.jsonl && modus evidence show E- -o json");
    }

    public override int Run(Invocation run) => CaseSession.Run(run, options, session =>
    {
        var item = session.Book.Get<EvidenceRecord>(run.Get(id)!, run.Get(options.Case) is { } named ? session.Case(named).Id : null);
        var procedures = session.Book.List<ProcedureRecord>(item.CaseId).Where(procedure => procedure.EvidenceIds.Contains(item.Id)).ToList();
        if (run.Format == Format.Json)
        {
            run.Out.WriteLine(Json.Indented(json =>
            {
                json.WriteStartObject();
                json.WritePropertyName("evidence");
                CaseJson.Record(json, item);
                json.WriteStartArray("procedures");
                foreach (var procedure in procedures) CaseJson.Record(json, procedure);
                json.WriteEndArray();
                json.WriteEndObject();
            }));
            return ExitCode.Done;
        }
        run.Out.WriteLine(SafeText.ForTerminal($"{item.Id} · {item.Type.ToString().ToLowerInvariant()} · {item.Format} · {item.Path}"));
        run.Out.WriteLine(SafeText.ForTerminal($"sha256 {item.Sha256} · {item.Bytes} bytes · taken in {(item.Arrived is { } time ? Values.Time(time) : "")} by {item.By}{(item.Source.Length > 0 ? $" from {item.Source}" : "")}{(item.Tlp is { } tlp ? $" · TLP:{tlp.ToUpperInvariant()}" : "")}{(item.Zone is { } zone ? $" · zone {zone}" : "")}"));
        run.Out.WriteLine(SafeText.ForTerminal(item.Redacted.Length > 0 ? $"redacted: {item.Redacted}" : item.Summary));
        var says = procedures.SelectMany(procedure => Says(procedure, item.Id)).Concat(item.Asides.Select(aside => new SaysRow(aside.Technique, aside.Name, aside.Quote.Statement, PlaceOf(aside.Quote), aside.Quote.Text, ""))).ToList();
        if (says.Count > 0)
        {
            run.Out.WriteLine();
            run.Write(says,
                new Column<SaysRow>("technique", "Technique", row => row.Technique),
                new Column<SaysRow>("name", "Name", row => row.Name) { Gives = true },
                new Column<SaysRow>("as", "As", row => row.As),
                new Column<SaysRow>("place", "Place", row => row.Place),
                new Column<SaysRow>("says", "Says", row => row.Says) { Gives = true },
                new Column<SaysRow>("procedure", "Procedure", row => row.Procedure));
        }
        return ExitCode.Done;
    });

    private static IEnumerable<SaysRow> Says(ProcedureRecord procedure, string id)
    {
        foreach (var quote in procedure.Quotes.Where(quote => quote.EvidenceId == id))
            yield return new SaysRow(procedure.Technique, procedure.Name, quote.Probability is null ? quote.Statement : "suggested", PlaceOf(quote), quote.Text, procedure.Id);
        foreach (var hit in procedure.Hits.Where(hit => hit.EvidenceId == id))
            yield return new SaysRow(procedure.Technique, procedure.Name, "seen", hit.Record, $"{hit.Rule}: {hit.Details}", procedure.Id);
        foreach (var claim in procedure.Claims.Where(claim => claim.EvidenceId == id))
            yield return new SaysRow(procedure.Technique, procedure.Name, "claimed", claim.Place, claim.Says, procedure.Id);
    }

    private static string PlaceOf(CaseQuote quote) => quote.Page is { } page ? $"page {page}" : $"offset {quote.SourceStart ?? quote.Start}";

    private sealed record SaysRow(string Technique, string Name, string As, string Place, string Says, string Procedure);
}

/// <summary><c>modus evidence verify</c>: whether the bytes are still those that were taken in.</summary>
internal sealed class EvidenceVerifyCommand : ModusCommand
{
    private readonly CaseOptions options = new();

    public EvidenceVerifyCommand() : base("verify", "Hashes the evidence again: ends with 1 where a file or a kept copy is no longer what was taken in.", Listing.All)
    {
        options.AddTo(this);
        Example("modus init -q && modus ingest -q samples/first-case && modus evidence verify");
        Example("modus init -q && modus ingest -q --keep samples/first-case && modus evidence verify -o json");
    }

    public override int Run(Invocation run) => CaseSession.Run(run, options, session =>
    {
        var item = session.Case(run.Get(options.Case));
        var rows = new List<VerifyRow>();
        foreach (var one in session.Book.List<EvidenceRecord>(item.Id).OrderBy(one => one.Path, StringComparer.Ordinal))
        {
            run.Stop.ThrowIfCancellationRequested();
            rows.Add(Check(one, session.Workspace.PathOf(one.Path), one.Path, isCopy: false));
            if (one.Kept is { } kept) rows.Add(Check(one, session.Workspace.PathOf(kept), kept, isCopy: true));
        }
        run.Write(rows,
            new Column<VerifyRow>("id", "Id", row => row.Id),
            new Column<VerifyRow>("state", "State", row => row.State),
            new Column<VerifyRow>("path", "File", row => row.Path) { Gives = true },
            new Column<VerifyRow>("sha256", null, row => row.Sha256));
        var changed = rows.Count(row => row.State == "changed");
        // A file that is gone is no harm where its copy is whole.
        var lost = rows.GroupBy(row => row.Id).Count(group => group.All(row => row.State == "missing"));
        run.Say($"{rows.Count(row => row.State == "same")} of {rows.Count} files are what was taken in; {changed} changed, {lost} pieces of evidence are gone");
        return changed + lost > 0 ? ExitCode.Finding : ExitCode.Done;
    });

    private static VerifyRow Check(EvidenceRecord one, string path, string shown, bool isCopy)
    {
        if (one.Redacted.Length > 0 && isCopy) return new VerifyRow(one.Id, "redacted", shown, null);
        try
        {
            using var stream = File.OpenRead(path);
            var hash = Convert.ToHexStringLower(SHA256.HashData(stream));
            return new VerifyRow(one.Id, hash == one.Sha256 ? "same" : "changed", shown, hash);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return new VerifyRow(one.Id, problem is UnauthorizedAccessException ? "unreadable" : "missing", shown, null);
        }
    }

    private sealed record VerifyRow(string Id, string State, string Path, string? Sha256);
}

/// <summary><c>modus evidence redact ID</c>: takes the words of a piece of evidence out of the case.</summary>
internal sealed class EvidenceRedactCommand : ModusCommand
{
    private readonly Argument<string> id = new("ID") { Description = "The evidence, by id or the beginning of it." };
    private readonly CaseOptions options = new();
    private readonly Option<string> reason = new("--reason") { Description = "Why.", HelpName = "WORDS", Required = true };

    public EvidenceRedactCommand() : base("redact", "Takes the words of a piece of evidence out of the case's records and deletes its kept copy; techniques, places and hashes stay.")
    {
        Add(id);
        options.AddTo(this);
        Add(reason);
        Example("modus init -q && modus ingest -q samples/first-case/vendor-report.html && modus evidence redact E- --reason 'the customer asked for it'");
        Example("modus init -q && modus ingest -q --keep samples/first-case/hosts.jsonl && modus evidence redact E- --reason 'names of patients' --by mira");
    }

    public override int Run(Invocation run) => CaseSession.Run(run, options, session =>
    {
        var item = session.Book.Get<EvidenceRecord>(run.Get(id)!, run.Get(options.Case) is { } named ? session.Case(named).Id : null);
        var changed = Redaction.Of(session.Book, item, run.Get(reason)!);
        if (item.Kept is { } kept) File.Delete(session.Workspace.PathOf(kept));
        run.Say($"took the words of {item.Id} out of {changed} records{(item.Kept is null ? "" : " and deleted the kept copy")}; the journal still holds what they were, and the file itself lies where it was");
        return ExitCode.Done;
    });
}
