using System.Buffers;
using System.Data;
using System.Data.Common;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Dapper;

namespace Modus.Casework.Store;

/// <summary>Opens stores.</summary>
public static class CaseStores
{
    /// <summary>Opens the store of a workspace, making it where it is not there yet.</summary>
    /// <param name="path">The database file; its folder must exist.</param>
    /// <param name="time">The clock for the journal.</param>
    public static ICaseStore OpenSqlite(string path, TimeProvider time) => new CaseStore(new SqliteDialect(path), time);

    /// <summary>Opens a team's store.</summary>
    /// <param name="address">An address <c>postgres://user:password@host:port/database</c>, or a connection string.</param>
    /// <param name="time">The clock for the journal.</param>
    public static ICaseStore OpenPostgres(string address, TimeProvider time) => new CaseStore(new PostgresDialect(address), time);
}

/// <summary>The store in SQL that SQLite and PostgreSQL both understand.</summary>
internal sealed class CaseStore : ICaseStore
{
    private const string EntryColumns = "sequence, change_set, time, actor, action, undoes, kind, id, case_id, version, body_before, body_after, previous, hash";
    private static readonly JsonWriterOptions plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly SqlDialect dialect;
    private readonly TimeProvider time;
    private readonly DbConnection connection;

    public CaseStore(SqlDialect dialect, TimeProvider time)
    {
        this.dialect = dialect;
        this.time = time;
        connection = dialect.Open();
        SchemaSteps.Apply(dialect, connection);
    }

    public string Name => dialect.Name;

    public StoredItem? Find(string kind, string id) =>
        connection.QuerySingleOrDefault<ItemRow>("SELECT kind, id, case_id, version, body FROM item WHERE kind = @kind AND id = @id", new { kind, id })?.Item();

    public IReadOnlyList<StoredItem> List(string kind, string? caseId = null) =>
        List(kind, caseId, (body, id, owner, version) => new StoredItem(kind, id, owner, version, body.Clone()));

    public IReadOnlyList<T> List<T>(string kind, string? caseId, ItemReader<T> read)
    {
        using var rows = new ListedRows();
        using (var command = connection.CreateCommand())
        {
            command.CommandText = $"SELECT id, case_id, version, {dialect.BytesOf("body")} FROM item WHERE kind = @kind" + (caseId is null ? "" : " AND case_id = @caseId");
            command.AddParameter("@kind", kind);
            if (caseId is not null) command.AddParameter("@caseId", caseId);
            using var reader = command.ExecuteReader();
            rows.Read(reader);
        }
        var items = new T[rows.Count];
        InBlocks.For(rows.Count, index =>
        {
            var row = rows[index];
            using var document = JsonDocument.Parse(rows.BodyOf(row));
            items[index] = read(document.RootElement, row.Id, row.CaseId, row.Version);
        });
        return items;
    }

    public long Count(string kind, string caseId) =>
        connection.ExecuteScalar<long>("SELECT COUNT(*) FROM item WHERE kind = @kind AND case_id = @caseId", new { kind, caseId });

    public long LastSequence => connection.ExecuteScalar<long>("SELECT COALESCE(MAX(sequence), 0) FROM journal");

    public ChangeResult Change(string actor, string action, IReadOnlyList<ItemChange> changes) => Change(actor, action, changes, undoes: null)!;

    public ChangeResult? ChangeUnlessMoved(string caseId, long sequence, string actor, string action, IReadOnlyList<ItemChange> changes) =>
        Change(actor, action, changes, undoes: null, (caseId, sequence));

    public IReadOnlyList<JournalEntry> Journal(long after = 0, int limit = int.MaxValue) =>
        [.. connection.Query<EntryRow>($"SELECT {EntryColumns} FROM journal WHERE sequence > @after ORDER BY sequence LIMIT @limit", new { after, limit }).Select(row => row.Entry())];

    public IReadOnlyList<long> Undo(string actor, int count)
    {
        var sets = connection.Query<long>(
            "SELECT DISTINCT change_set FROM journal WHERE undoes IS NULL AND change_set NOT IN (SELECT undoes FROM journal WHERE undoes IS NOT NULL) ORDER BY change_set DESC LIMIT @count",
            new { count }).ToList();
        var done = new List<long>();
        foreach (var set in sets)
        {
            var entries = connection.Query<EntryRow>($"SELECT {EntryColumns} FROM journal WHERE change_set = @set ORDER BY sequence DESC", new { set }).ToList();
            var back = entries.Select(entry => new ItemChange(entry.kind, entry.id, CaseBefore(entry), entry.version, entry.body_before is null ? null : Parse(entry.body_before))).ToList();
            if (!Change(actor, $"undo of {set}: {entries[0].action}", back, set)!.IsDone) break;
            done.Add(set);
        }
        return done;
    }

    public JournalCheck Verify()
    {
        var (previous, sequence, entries) = (JournalHash.Start, 0L, 0L);
        var state = new Dictionary<(string, string), string?>();
        foreach (var row in connection.Query<EntryRow>($"SELECT {EntryColumns} FROM journal ORDER BY sequence", buffered: false))
        {
            var entry = row.Entry();
            entries++;
            if (entry.Sequence != ++sequence) return new JournalCheck(entries, entry.Sequence, $"entry {sequence} is missing");
            if (entry.Previous != previous) return new JournalCheck(entries, entry.Sequence, "it does not follow the entry before");
            if (entry.Hash != JournalHash.Of(entry)) return new JournalCheck(entries, entry.Sequence, "its content was changed after it was written");
            if (state.GetValueOrDefault((entry.Kind, entry.Id)) != entry.Before) return new JournalCheck(entries, entry.Sequence, $"it does not start from what {entry.Kind} {entry.Id} was");
            state[(entry.Kind, entry.Id)] = entry.After;
            previous = entry.Hash;
        }
        foreach (var row in connection.Query<ItemRow>("SELECT kind, id, case_id, version, body FROM item", buffered: false))
        {
            if (!state.Remove((row.kind, row.id), out var body) || body != row.body)
                return new JournalCheck(entries, sequence, $"{row.kind} {row.id} is not what the journal says");
        }
        return state.FirstOrDefault(pair => pair.Value is not null) is { Value: not null } lost
            ? new JournalCheck(entries, sequence, $"{lost.Key.Item1} {lost.Key.Item2} is missing")
            : new JournalCheck(entries, null, null);
    }

    public void Dispose() => connection.Dispose();

    /// <summary>The case that an item belonged to before an entry: items move between cases.</summary>
    private string CaseBefore(EntryRow entry) => connection.QuerySingleOrDefault<string?>(
        "SELECT case_id FROM journal WHERE kind = @kind AND id = @id AND version = @version", new { entry.kind, entry.id, version = entry.version - 1 }) ?? entry.case_id;

    private ChangeResult? Change(string actor, string action, IReadOnlyList<ItemChange> changes, long? undoes, (string CaseId, long Sequence)? unmoved = null)
    {
        using var transaction = connection.BeginTransaction();
        dialect.LockForWriting(connection, transaction);
        if (unmoved is var (caseId, sequence) && connection.ExecuteScalar<long>("SELECT COUNT(*) FROM journal WHERE sequence > @sequence AND case_id = @caseId", new { sequence, caseId }, transaction) > 0)
            return null;
        var last = connection.QuerySingleOrDefault<LastRow>("SELECT sequence, change_set, hash FROM journal ORDER BY sequence DESC LIMIT 1", transaction: transaction);
        using var writer = new ChangeWriter(connection, transaction, actor, action, undoes, time.GetUtcNow(), last);
        foreach (var change in changes) writer.Write(change);
        if (writer.Conflicts.Count > 0) return new ChangeResult(0, [], writer.Conflicts); // disposing rolls back
        transaction.Commit();
        return new ChangeResult(writer.Written ? writer.ChangeSet : 0, writer.Merged, []);
    }

    private static JsonElement Parse(string text)
    {
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }

    /// <summary>One spelling for one content, so that equal bodies are equal text.</summary>
    private static string TextOf(JsonElement body)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, plain)) body.WriteTo(writer);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>Writes the changes of one transaction.</summary>
    private sealed class ChangeWriter(DbConnection connection, DbTransaction transaction, string actor, string action, long? undoes, DateTimeOffset now, LastRow? last) : IDisposable
    {
        private readonly Statement latestOf = new(connection, transaction,
            "SELECT version, case_id, body_after FROM journal WHERE kind = @kind AND id = @id ORDER BY version DESC LIMIT 1", ("@kind", DbType.String), ("@id", DbType.String));

        private readonly Statement addEntry = new(connection, transaction,
            $"INSERT INTO journal ({EntryColumns}) VALUES (@sequence, @change_set, @time, @actor, @action, @undoes, @kind, @id, @case_id, @version, @before, @after, @previous, @hash)",
            ("@sequence", DbType.Int64), ("@change_set", DbType.Int64), ("@time", DbType.String), ("@actor", DbType.String), ("@action", DbType.String), ("@undoes", DbType.Int64), ("@kind", DbType.String),
            ("@id", DbType.String), ("@case_id", DbType.String), ("@version", DbType.Int64), ("@before", DbType.String), ("@after", DbType.String), ("@previous", DbType.String), ("@hash", DbType.String));

        private readonly Statement putItem = new(connection, transaction,
            """
            INSERT INTO item (kind, id, case_id, version, body) VALUES (@kind, @id, @case_id, @version, @body)
            ON CONFLICT (kind, id) DO UPDATE SET case_id = excluded.case_id, version = excluded.version, body = excluded.body
            """,
            ("@kind", DbType.String), ("@id", DbType.String), ("@case_id", DbType.String), ("@version", DbType.Int64), ("@body", DbType.String));

        private readonly string written = TimeText.Of(now);
        private long sequence = last?.sequence ?? 0;
        private string previous = last?.hash ?? JournalHash.Start;

        public long ChangeSet { get; } = (last?.change_set ?? 0) + 1;
        public bool Written { get; private set; }
        public List<string> Merged { get; } = [];
        public List<ChangeConflict> Conflicts { get; } = [];

        public void Write(ItemChange change)
        {
            var latest = latestOf.First(static row => new LatestRow(row.GetInt64(0), row.GetString(1), row.IsDBNull(2) ? null : row.GetString(2)), change.Kind, change.Id);
            var version = latest?.Version ?? 0;
            var before = latest?.Body;
            var after = change.Body is { } wanted ? TextOf(wanted) : null;
            if (change.BaseVersion != version && before != after && !TryJoin(change, latest, ref after)) return;
            if (before == after) return;

            var entry = new JournalEntry(++sequence, ChangeSet, now, actor, action, change.Kind, change.Id, change.CaseId, before, after, previous, "");
            entry = entry with { Hash = JournalHash.Of(entry) };
            previous = entry.Hash;
            Written = true;
            addEntry.Run(entry.Sequence, entry.ChangeSet, written, actor, action, undoes, entry.Kind, entry.Id, entry.CaseId, version + 1, entry.Before, entry.After, entry.Previous, entry.Hash);
            if (after is null) connection.Execute("DELETE FROM item WHERE kind = @Kind AND id = @Id", new { change.Kind, change.Id }, transaction);
            else putItem.Run(change.Kind, change.Id, change.CaseId, version + 1, after);
        }

        public void Dispose()
        {
            latestOf.Dispose();
            addEntry.Dispose();
            putItem.Dispose();
        }

        /// <summary>Joins a change made on an older version with what was stored since. False leaves a conflict.</summary>
        private bool TryJoin(ItemChange change, LatestRow? latest, ref string? after)
        {
            var basis = connection.QuerySingleOrDefault<string?>(
                "SELECT body_after FROM journal WHERE kind = @Kind AND id = @Id AND version = @BaseVersion", new { change.Kind, change.Id, change.BaseVersion }, transaction);
            var stored = latest?.Body is { } body ? new StoredItem(change.Kind, change.Id, latest.CaseId, latest.Version, Parse(body)) : null;
            // The item was made, removed or given back in between: there are no members to join, unless nothing has changed at all.
            if (basis == latest?.Body) return true;
            if (basis is null || stored is null || change.Body is not { } wanted)
            {
                Conflicts.Add(new ChangeConflict(change.Kind, change.Id, [], stored));
                return false;
            }
            var (merged, conflicts) = JsonMerge.Join(Parse(basis), stored.Body, wanted);
            if (conflicts.Count > 0)
            {
                Conflicts.Add(new ChangeConflict(change.Kind, change.Id, conflicts, stored));
                return false;
            }
            Merged.Add(change.Id);
            after = TextOf(merged);
            return true;
        }
    }

    private sealed record LatestRow(long Version, string CaseId, string? Body);

#pragma warning disable IDE1006 // the names of the columns
    private sealed record ItemRow(string kind, string id, string case_id, long version, string body)
    {
        public StoredItem Item() => new(kind, id, case_id, version, Parse(body));
    }

    private sealed record LastRow(long sequence, long change_set, string hash);

    private sealed record EntryRow(
        long sequence, long change_set, string time, string actor, string action, long? undoes, string kind, string id, string case_id,
        long version, string? body_before, string? body_after, string previous, string hash)
    {
        public JournalEntry Entry() => new(sequence, change_set, TimeText.Read(time), actor, action, kind, id, case_id, body_before, body_after, previous, hash);
    }
#pragma warning restore IDE1006
}
