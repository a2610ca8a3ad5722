using System.Text.Json;
using Xunit;

namespace Modus.EndToEnd;

/// <summary>Several programs that take evidence into one workspace at the same time.</summary>
public sealed class IngestAtOnceTests
{
    [Fact]
    public async Task Ingests_at_once_leave_what_one_after_the_other_leaves()
    {
        using var modus = new ModusProgram();
        var files = IngestedInTurn(modus);
        Assert.Equal(0, modus.Run("-C", ".", "init", "at-once").Code);
        var ended = await Task.WhenAll(files.Select(file => Task.Run(() => modus.Run("-C", "at-once", "ingest", Path.Combine("..", file)))));

        Assert.All(ended, one => Assert.True(one.Code == 0, one.Error));
        Assert.Equal(ProceduresOf(modus, "after"), ProceduresOf(modus, "at-once"));
        Assert.Equal(0, modus.Run("-C", "at-once", "audit").Code);
    }

    [Fact]
    public async Task Ingests_at_once_into_a_new_store_of_a_team_leave_as_much()
    {
        var server = Environment.GetEnvironmentVariable("MODUS_TEST_POSTGRES");
        Assert.SkipWhen(string.IsNullOrEmpty(server), "no PostgreSQL: set MODUS_TEST_POSTGRES to a connection string");
        using var modus = new ModusProgram();
        var files = IngestedInTurn(modus);

        var schema = $"atonce{Guid.NewGuid():N}";
        using var connection = new Npgsql.NpgsqlConnection(server);
        connection.Open();
        Execute(connection, $"CREATE SCHEMA {schema}");
        try
        {
            // The store is empty: the first thing that all four do is to make its tables.
            var store = $"{server};Search Path={schema}";
            Assert.Equal(0, modus.Run("-C", ".", "init", "at-once").Code);
            var ended = await Task.WhenAll(files.Select(file => Task.Run(() => modus.Run("-C", "at-once", "ingest", "--store", store, Path.Combine("..", file)))));

            Assert.All(ended, one => Assert.True(one.Code == 0, one.Error));
            Assert.Equal(ProceduresOf(modus, "after"), ProceduresOf(modus, "at-once", "--store", store));
            Assert.Equal(0, modus.Run("-C", "at-once", "audit", "--store", store).Code);
        }
        finally
        {
            Execute(connection, $"DROP SCHEMA {schema} CASCADE");
        }
    }

    // Files that share most of their records, taken one after the other into the workspace "after".
    private static string[] IngestedInTurn(ModusProgram modus)
    {
        var lines = File.ReadAllLines(Path.Combine(ModusProgram.Root, "samples", "first-case", "hosts.jsonl"));
        modus.Write("whole.jsonl", string.Join('\n', lines) + "\n");
        modus.Write("twice.jsonl", string.Join('\n', lines.Append(lines[^1])) + "\n");
        modus.Write("short.jsonl", string.Join('\n', lines[..^1]) + "\n");
        string[] files = ["whole.jsonl", "twice.jsonl", "short.jsonl", "short.jsonl"];
        Assert.Equal(0, modus.Run("-C", ".", "init", "after").Code);
        foreach (var file in files) Assert.Equal(0, modus.Run("-C", "after", "ingest", Path.Combine("..", file)).Code);
        return files;
    }

    private static void Execute(Npgsql.NpgsqlConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The texts are this test's own.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    // Which file's events stand first differs from run to run; how many there are does not.
    private static IEnumerable<string> ProceduresOf(ModusProgram modus, string workspace, params string[] more)
    {
        using var shown = JsonDocument.Parse(modus.Run(["-C", workspace, "case", "show", "-o", "json", .. more]).Out);
        return [.. shown.RootElement.GetProperty("procedures").EnumerateArray().Select(one => $"{one.GetProperty("technique")} {one.GetProperty("hosts")} {one.GetProperty("first")}").Order(StringComparer.Ordinal)];
    }
}
