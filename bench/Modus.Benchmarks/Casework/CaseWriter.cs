using Modus.Casework.Cases;
using Modus.Casework.Store;
using Modus.Casework.Workspaces;

namespace Modus.Benchmarks.Casework;

/// <summary>
/// Writes records one after the other, each a transaction, and says each number on standard output once the store has
/// acknowledged it. It ends when somebody kills it: that is what it is for.
/// </summary>
internal static class CaseWriter
{
    public static int Run(string store, long first)
    {
        using var book = new CaseBook(Workspace.IsServer(store) ? CaseStores.OpenPostgres(store, TimeProvider.System) : CaseStores.OpenSqlite(store, TimeProvider.System), "writer", TimeProvider.System);
        using var output = new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true };
        for (var number = first; ; number++)
        {
            // Two records a change: half a change would show.
            book.SaveOrThrow(
                FormattableString.Invariant($"write {number}"),
                new NoteRecord { Id = FormattableString.Invariant($"N-{number}-a"), CaseId = "C-crash", Text = FormattableString.Invariant($"note {number}") },
                new NoteRecord { Id = FormattableString.Invariant($"N-{number}-b"), CaseId = "C-crash", Text = FormattableString.Invariant($"note {number}") });
            output.WriteLine(number);
        }
    }
}
