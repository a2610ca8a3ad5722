using System.Diagnostics;
using System.Globalization;
using Modus.Casework.Cases;
using Modus.Casework.Comparison;
using Modus.Casework.Exchange;
using Modus.Casework.Store;

namespace Modus.Benchmarks.Casework;

/// <summary>What a large case costs: listings, export and import, single edits. And the writer that a test kills.</summary>
internal static class CaseworkBenchmarks
{
    private const int Procedures = 10_000, Runs = 15, Edits = 2_000;

    public static int Run(string[] args)
    {
        if (args is ["writer", var store, var first]) return CaseWriter.Run(store, long.Parse(first, CultureInfo.InvariantCulture));
        if (args.Length > 1)
        {
            Console.Error.WriteLine("usage: casework [postgres://... | connection string]");
            return 3;
        }
        var folder = Directory.CreateTempSubdirectory("modus-bench-").FullName;
        try
        {
            Console.WriteLine("| job | CPU ms | wall ms | result |");
            Console.WriteLine("|---|---|---|---|");
            Measure(folder);
            if (args is [var address]) Rate("PostgreSQL", CaseStores.OpenPostgres(address, TimeProvider.System));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
        return 0;
    }

    private static void Measure(string folder)
    {
        using var book = new CaseBook(CaseStores.OpenSqlite(Path.Combine(folder, "a.db"), TimeProvider.System), "bench", TimeProvider.System);
        var records = LargeCase.Records(Procedures).ToList();
        Row("floor: the same bodies hashed once by the journal, in memory", 1, () => FormattableString.Invariant($"{LargeCase.Hash(records):N0} bytes"));
        Row("save 10,000 procedures with evidence in one change", 1, () =>
        {
            book.SaveOrThrow("bench", records);
            return FormattableString.Invariant($"{records.Count:N0} records");
        });
        var item = book.Case(null);
        Row("list the procedures", Runs, () => FormattableString.Invariant($"{book.List<ProcedureRecord>(item.Id).Count:N0} rows"));
        Row("list the evidence", Runs, () => FormattableString.Invariant($"{book.List<EvidenceRecord>(item.Id).Count:N0} rows"));
        Row("timeline", Runs, () => FormattableString.Invariant($"{TimelineRow.Of(book.List<EvidenceRecord>(item.Id), book.List<ProcedureRecord>(item.Id), book.List<GapRecord>(item.Id)).Count:N0} rows"));
        Row("told and seen, contradictions", Runs, () => FormattableString.Invariant($"{CaseFindings.Of(book.List<EvidenceRecord>(item.Id), book.List<ProcedureRecord>(item.Id), []).Both.Count:N0} told and seen"));
        Row("find one by the beginning of its id", Runs, () => book.Get<ProcedureRecord>(LargeCase.Id(Procedures - 1)[..10]).Id);
        var place = Path.Combine(folder, "export");
        Row("export", 1, () => FormattableString.Invariant($"{CaseExport.Write(book, item, place).Count:N0} files"));
        Row("export again, nothing changed", 1, () => FormattableString.Invariant($"{CaseExport.Write(book, item, place).Count:N0} files"));
        using (var other = new CaseBook(CaseStores.OpenSqlite(Path.Combine(folder, "b.db"), TimeProvider.System), "bench", TimeProvider.System))
            Row("import", 1, () => FormattableString.Invariant($"{CaseImport.Read(other, place).Read:N0} records"));
        Row("verify the journal", 1, () => FormattableString.Invariant($"{book.Store.Verify().Entries:N0} entries, {book.Store.Verify().Reason ?? "whole"}"));
        Rate("SQLite", CaseStores.OpenSqlite(Path.Combine(folder, "c.db"), TimeProvider.System));
    }

    /// <summary>Edits of one record each, every one a transaction that is synced to disk before it is acknowledged.</summary>
    private static void Rate(string name, ICaseStore store)
    {
        using var book = new CaseBook(store, "bench", TimeProvider.System);
        var mark = Guid();
        var records = LargeCase.Records(200).OfType<ProcedureRecord>().Select(procedure => procedure with { Id = procedure.Id + mark, CaseId = "C-" + mark }).ToList();
        book.SaveOrThrow("start", records);
        var (cpu, clock) = (Cpu(), Stopwatch.StartNew());
        for (var edit = 0; edit < Edits; edit++)
        {
            var at = edit % records.Count;
            records[at] = records[at] with { Steps = FormattableString.Invariant($"edit {edit}"), Version = 1 + (edit / records.Count) };
            book.SaveOrThrow("edit", records[at]);
        }
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {Edits:N0} edits on {name}, each a transaction | {Cpu() - cpu:0} | {clock.Elapsed.TotalMilliseconds:0} | {Edits / clock.Elapsed.TotalSeconds:N0} a second |"));
        book.Remove("end", records.Select(record => record with { Version = 1 + (Edits / records.Count) }));
    }

    private static string Guid() => Environment.ProcessId.ToString(CultureInfo.InvariantCulture);

    private static void Row(string name, int runs, Func<string> job)
    {
        var best = (Cpu: double.MaxValue, Wall: double.MaxValue);
        var note = "";
        for (var run = 0; run < runs; run++)
        {
            var (cpu, clock) = (Cpu(), Stopwatch.StartNew());
            note = job();
            best = (Math.Min(best.Cpu, Cpu() - cpu), Math.Min(best.Wall, clock.Elapsed.TotalMilliseconds));
        }
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {best.Cpu:0} | {best.Wall:0} | {note} |"));
    }

    private static double Cpu() => Process.GetCurrentProcess().TotalProcessorTime.TotalMilliseconds;
}
