using System.Text.Json;
using Modus.Casework.Store;
using Npgsql;
using Xunit;

namespace Modus.Tests.Casework.Store;

/// <summary>The contract of the store, on every database that can run here.</summary>
public sealed class CaseStoreTests
{
    /// <summary>One row a database; those that are not there are skipped by name.</summary>
    public static IEnumerable<TheoryDataRow<string>> Stores =>
    [
        new("sqlite"),
        new("postgres") { Skip = PostgresAddress is null ? "set MODUS_TEST_POSTGRES to the connection string of an empty database" : null },
    ];

    private static string? PostgresAddress => Environment.GetEnvironmentVariable("MODUS_TEST_POSTGRES") is { Length: > 0 } address ? address : null;

    [Theory]
    [MemberData(nameof(Stores))]
    public void Keeps_items_and_counts_their_versions(string database)
    {
        using var store = new TestStore(database);

        Assert.True(store.Put("P-1", 0, """{"technique":"T1"}""").IsDone);
        Assert.True(store.Put("P-1", 1, """{"technique":"T2"}""").IsDone);

        var item = store.Store.Find("procedure", "P-1");
        Assert.Equal(2, item!.Version);
        Assert.Equal("T2", item.Body.GetProperty("technique").GetString());
        Assert.Null(store.Store.Find("procedure", "P-2"));
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public void Lists_by_case_in_the_order_of_ids(string database)
    {
        using var store = new TestStore(database);
        store.Put("P-b", 0, "{}", "C-1");
        store.Put("P-a", 0, "{}", "C-1");
        store.Put("P-c", 0, "{}", "C-2");

        Assert.Equal(["P-a", "P-b"], store.Store.List("procedure", "C-1").Select(item => item.Id));
        Assert.Equal(["P-a", "P-b", "P-c"], store.Store.List("procedure").Select(item => item.Id));
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public void A_change_that_changes_nothing_is_not_recorded(string database)
    {
        using var store = new TestStore(database);
        store.Put("P-1", 0, """{"a":1}""");

        Assert.Equal(0, store.Put("P-1", 1, """{ "a" : 1 }""").ChangeSet);
        Assert.Single(store.Store.Journal());
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public void What_follows_from_a_whole_case_is_not_written_over_another_change_of_it(string database)
    {
        using var store = new TestStore(database);
        store.Put("P-1", 0, "{}");
        var read = store.Store.LastSequence;
        using var other = store.OpenAgain();
        other.Change("bob", "edit", [store.Wish("P-2", 0, "{}", "C-2")]);

        Assert.True(store.Store.ChangeUnlessMoved("C-1", read, "ann", "ingest", [store.Wish("P-3", 0, "{}")])!.IsDone);
        other.Change("bob", "edit", [store.Wish("P-4", 0, "{}")]);
        var moved = store.Store.LastSequence;
        Assert.Null(store.Store.ChangeUnlessMoved("C-1", read, "ann", "ingest", [store.Wish("P-5", 0, "{}")]));

        Assert.Equal(moved, store.Store.LastSequence);
        Assert.Null(store.Store.Find("procedure", "P-5"));
        Assert.True(store.Store.ChangeUnlessMoved("C-1", moved, "ann", "ingest", [store.Wish("P-5", 0, "{}")])!.IsDone);
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public void Changes_of_different_members_are_merged(string database)
    {
        using var store = new TestStore(database);
        store.Put("P-1", 0, """{"steps":"a","status":"candidate"}""");
        store.Put("P-1", 1, """{"steps":"b","status":"candidate"}""");

        var result = store.Put("P-1", 1, """{"steps":"a","status":"confirmed"}""");

        Assert.Equal(["P-1"], result.Merged);
        Assert.Equal("""{"steps":"b","status":"confirmed"}""", store.Store.Find("procedure", "P-1")!.Body.GetRawText());
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public void Changes_of_the_same_member_conflict_and_change_nothing(string database)
    {
        using var store = new TestStore(database);
        store.Put("P-1", 0, """{"steps":"a"}""");
        store.Put("P-1", 1, """{"steps":"b"}""");

        var result = store.Store.Change("ann", "edit", [store.Wish("P-2", 0, "{}"), store.Wish("P-1", 1, """{"steps":"c"}""")]);

        var conflict = Assert.Single(result.Conflicts);
        Assert.Equal(["steps"], conflict.Members);
        Assert.Equal(2, conflict.Stored!.Version);
        Assert.Null(store.Store.Find("procedure", "P-2"));
        Assert.Equal(2, store.Store.Journal().Count);
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public void Making_what_another_made_conflicts(string database)
    {
        using var store = new TestStore(database);
        store.Put("P-1", 0, """{"steps":"a"}""");

        Assert.False(store.Put("P-1", 0, """{"steps":"b"}""").IsDone);
        Assert.True(store.Put("P-1", 0, """{"steps":"a"}""").IsDone);
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public void Undo_takes_change_sets_back_one_after_the_other(string database)
    {
        using var store = new TestStore(database);
        store.Put("P-1", 0, """{"steps":"a"}""");
        store.Put("P-1", 1, """{"steps":"b"}""");
        store.Store.Change("ann", "remove", [new ItemChange("procedure", "P-1", "C-1", 2, null)]);

        Assert.Equal([3], store.Store.Undo("bob", 1));
        Assert.Equal("""{"steps":"b"}""", store.Store.Find("procedure", "P-1")!.Body.GetRawText());
        Assert.Equal([2, 1], store.Store.Undo("bob", 5));
        Assert.Null(store.Store.Find("procedure", "P-1"));
        Assert.Empty(store.Store.Undo("bob", 1));
        Assert.Equal(6, store.Store.Journal().Count);
        Assert.Null(store.Store.Verify().FirstBroken);
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public void The_journal_says_who_did_what_when(string database)
    {
        using var store = new TestStore(database);
        store.Put("P-1", 0, """{"steps":"ä \u0000"}""");

        var entry = Assert.Single(store.Store.Journal());
        Assert.Equal((1, 1, "ann", "edit", "procedure", "P-1"), (entry.Sequence, entry.ChangeSet, entry.Actor, entry.Action, entry.Kind, entry.Id));
        Assert.Equal(FixedTime.Value, entry.Time);
        Assert.Null(entry.Before);
        Assert.Equal(64, entry.Hash.Length);
        Assert.Null(store.Store.Verify().FirstBroken);
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public void Verification_finds_every_kind_of_tampering(string database)
    {
        foreach (var tampering in new[]
                 {
                     "UPDATE journal SET actor = 'eve' WHERE sequence = 2",
                     "UPDATE journal SET body_after = '{\"steps\":\"x\"}' WHERE sequence = 2",
                     "UPDATE journal SET time = '2020-01-01T00:00:00.0000000Z' WHERE sequence = 2",
                     "DELETE FROM journal WHERE sequence = 2",
                     "UPDATE item SET body = '{\"steps\":\"x\"}'",
                     "DELETE FROM item",
                 })
        {
            using var store = new TestStore(database);
            store.Put("P-1", 0, """{"steps":"a"}""");
            store.Put("P-1", 1, """{"steps":"b"}""");
            store.Put("P-1", 2, """{"steps":"c"}""");
            Assert.Null(store.Store.Verify().FirstBroken);

            store.Execute(tampering);

            Assert.True(store.Store.Verify().FirstBroken is not null, tampering);
        }
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task Writers_at_the_same_time_lose_nothing(string database)
    {
        using var store = new TestStore(database);
        var writers = Enumerable.Range(0, 4).Select(writer => Task.Run(() =>
        {
            using var own = store.OpenAgain();
            for (var number = 0; number < 25; number++)
                Assert.True(own.Change($"w{writer}", "add", [store.Wish($"P-{writer}-{number}", 0, "{}")]).IsDone);
        }, TestContext.Current.CancellationToken));
        await Task.WhenAll(writers);

        Assert.Equal(100, store.Store.List("procedure").Count);
        Assert.Equal(new JournalCheck(100, null, null), store.Store.Verify());
    }

    private sealed class FixedTime : TimeProvider
    {
        public static DateTimeOffset Value { get; } = new(2026, 3, 9, 8, 41, 7, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Value;
    }

    /// <summary>An empty store: a file of its own, or a schema of its own.</summary>
    [Fact]
    public async Task A_team_may_open_an_empty_database_all_at_once()
    {
        Assert.SkipWhen(PostgresAddress is null, "set MODUS_TEST_POSTGRES to the connection string of an empty database");
        var cancel = TestContext.Current.CancellationToken;
        for (var round = 0; round < 5; round++)
        {
            var schema = $"open_{Environment.ProcessId}_{round}";
            await using var connection = new NpgsqlConnection(PostgresAddress);
            await connection.OpenAsync(cancel);
            await new NpgsqlCommand($"CREATE SCHEMA {schema}", connection).ExecuteNonQueryAsync(cancel);
            using var start = new Barrier(6);
            var address = $"{PostgresAddress};Search Path={schema}";
            var stores = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Factory.StartNew(
                () =>
                {
                    start.SignalAndWait(cancel);
                    return CaseStores.OpenPostgres(address, new FixedTime());
                }, cancel, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
            foreach (var store in stores) store.Dispose();
            await new NpgsqlCommand($"DROP SCHEMA {schema} CASCADE", connection).ExecuteNonQueryAsync(cancel);
        }
    }

    private sealed class TestStore : IDisposable
    {
        private static int schemas;
        private readonly TemporaryFolder? folder;
        private readonly string address;

        public TestStore(string database)
        {
            if (database == "sqlite")
            {
                folder = new TemporaryFolder();
                address = Path.Combine(folder.Path, "modus.db");
            }
            else
            {
                var schema = $"test_{Environment.ProcessId}_{Interlocked.Increment(ref schemas)}";
                using var connection = new NpgsqlConnection(PostgresAddress);
                connection.Open();
                new NpgsqlCommand($"CREATE SCHEMA {schema}", connection).ExecuteNonQuery();
                address = $"{PostgresAddress};Search Path={schema}";
            }
            Store = OpenAgain();
        }

        public ICaseStore Store { get; }

        public ICaseStore OpenAgain() =>
            folder is null ? CaseStores.OpenPostgres(address, new FixedTime()) : CaseStores.OpenSqlite(address, new FixedTime());

        public ItemChange Wish(string id, long baseVersion, string body, string caseId = "C-1")
        {
            using var document = JsonDocument.Parse(body);
            return new ItemChange("procedure", id, caseId, baseVersion, document.RootElement.Clone());
        }

        public ChangeResult Put(string id, long baseVersion, string body, string caseId = "C-1") =>
            Store.Change("ann", "edit", [Wish(id, baseVersion, body, caseId)]);

        public void Execute(string sql)
        {
            using var connection = folder is null ? new PostgresDialect(address).Open() : new SqliteDialect(address).Open();
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            Assert.True(command.ExecuteNonQuery() > 0);
        }

        public void Dispose()
        {
            Store.Dispose();
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            folder?.Dispose();
        }
    }
}
