using System.Data.Common;
using System.Text;
using Microsoft.Data.Sqlite;
using Modus.Casework.Store;
using Modus.Logs;
using Modus.Sigma;
using Modus.Sigma.Conversion;
using Modus.Sigma.Matching;
using Npgsql;
using Xunit;

namespace Modus.Tests.Sigma.Conversion;

/// <summary>Converted rules on real engines: the rows they choose are the events that the rule means.</summary>
public sealed class SqlEngineTests
{
    private static readonly string?[] values =
    [
        null, "", "a", "A", "abc", "ABC def", "x delete shadows /all", "DELETE  shadows", "C:\\Windows\\System32\\cmd.exe", "c:\\windows\\SYSTEM32\\CMD.EXE", "cmd.exe", "notcmd.exe",
        "100%", "1000", "a_b", "axb", "a*b", "a?b", "it's \"quoted\"", "[x]", "tab\tand\nline", "-enc AAAA", "/enc AAAA", "–enc AAAA", "42", "42.0", "042", "-5", "4-2", "1e3", " 7 ", "0x2a",
        "10.0.0.1", "10.255.255.255", "11.0.0.1", "172.16.0.1", "172.32.0.1", "10.0.0", "10.0.0.256", "::ffff:10.1.2.3", "fe80::1", "-", "true", "null", "!x", "a!b", "\\", "a\\b", "ends\\",
    ];

    // Detections that an engine cannot express, each refused with a reason.
    private const int DuckDbRefuses = 0, ClickHouseRefuses = 0;

    // Each is the body of 'detection' after one level of indentation.
    private static readonly string[] detections =
    [
        "s: {A: abc}\ncondition: s",
        "s: {A: ''}\ncondition: s",
        "s: {A: null}\ncondition: s",
        "s: {A: null}\ncondition: not s",
        "s: {A|exists: true}\ncondition: s",
        "s: {A: '*'}\ncondition: s",
        "s: {A|contains: 'DELETE'}\ncondition: s",
        "s: {A|contains: 'delete'}\ncondition: not s",
        "s: {A|startswith: 'c:\\windows\\'}\ncondition: s",
        "s: {A|endswith: '\\cmd.exe'}\ncondition: s",
        "s: {A|endswith: 'cmd.exe'}\nf: {B|endswith: 'cmd.exe'}\ncondition: s and not f",
        "s: {A|contains: '%'}\ncondition: s",
        "s: {A: 'a_b'}\ncondition: s",
        "s: {A: 'a?b'}\ncondition: s",
        "s: {A: 'a\\?b'}\ncondition: s",
        "s: {A: 'a\\*b'}\ncondition: s",
        "s: {A: '*e*d*'}\ncondition: s",
        "s: {A: '?_?'}\ncondition: s",
        "s: {A: '?!?'}\ncondition: s",
        "s: {A: '*\\\\?'}\ncondition: s",
        "s: {A|contains: \"'\"}\ncondition: s",
        "s: {A|contains: '\"'}\ncondition: s",
        "s: {A: ['abc', 'cmd.exe', 42]}\ncondition: s",
        "s: {A: ['abc', null]}\ncondition: s",
        "s: {A|cased: 'abc'}\ncondition: s",
        "s: {A|cased|contains: 'DEL'}\ncondition: s",
        "s: {A|cased: 'A?C*'}\ncondition: s",
        "s: {A|cased: '[?]'}\ncondition: s",
        "s: {A|contains|all: ['delete', 'shadows']}\ncondition: s",
        "s: {A|contains|windash: ' -enc'}\nt: {A|startswith|windash: '-enc'}\ncondition: s or t",
        "s: {A|gt: 41}\ncondition: s",
        "s: {A|lte: 42}\ncondition: s",
        "s: {A|lt: 0}\ncondition: not s",
        "s: {A|cidr: 10.0.0.0/8}\ncondition: s",
        "s: {A|cidr: [10.0.0.0/8, 172.16.0.0/12]}\ncondition: not s",
        "s: {A|cidr: 0.0.0.0/0}\ncondition: s",
        "s: {A|fieldref: B}\ncondition: s",
        "s: {A|fieldref: B}\ncondition: not s",
        "s: {A|fieldref|contains: B}\ncondition: s",
        "s: {A|fieldref|endswith: B}\ncondition: s",
        "s: {A|fieldref|startswith: B}\ncondition: s",
        "s: {A|contains: a}\nt: {B|contains: b}\ncondition: not (s and not t) and not (t and s)",
        "s: {A|re: '^a.b$'}\ncondition: s",
        "s: {A|re|i: '\\bcmd\\.exe$'}\ncondition: s",
        "s: {A|re: '[^a-z]\\d{2,3}'}\ncondition: s",
        "s: {A|re: 'tab.and'}\ncondition: s",
        "s: {A|re: 'and.line'}\ncondition: not s",
        "s: {A|re|s: 'tab.and.line'}\ncondition: s",
        "s: {A|re: '^(?:a|A)(bc)?$'}\ncondition: not s",
        "s: {A|re: 'x\\s+delete|\\\\System32\\\\'}\ncondition: s",
        "s: {A|neq: abc}\ncondition: s",
        "s:\n        - A: abc\n        - B: null\ncondition: s",
    ];

    [Fact]
    public void SQLite_finds_what_the_rule_means()
    {
        SqliteDialect.ChooseLibrary();
        using var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        var converted = Compare(sql => Execute(connection, sql), sql => Query(connection, sql), QueryTarget.Sqlite, "TEXT");
        // Regular expressions, and the dash beyond ASCII.
        Assert.Equal(detections.Count(one => one.Contains("|re", StringComparison.Ordinal)) + 1, detections.Length - converted);
    }

    [Fact]
    public void PostgreSQL_finds_what_the_rule_means()
    {
        var server = Environment.GetEnvironmentVariable("MODUS_TEST_POSTGRES");
        Assert.SkipWhen(string.IsNullOrEmpty(server), "no PostgreSQL: set MODUS_TEST_POSTGRES to a connection string");
        using var connection = new NpgsqlConnection(server);
        connection.Open();
        Assert.Equal(detections.Length, Compare(sql => Execute(connection, sql), sql => Query(connection, sql), QueryTarget.Postgres, "text"));
    }

    [Fact]
    public void DuckDB_finds_what_the_rule_means()
    {
        using var engine = SqlEngine.Start("duckdb", "MODUS_TEST_DUCKDB");
        Assert.Equal(detections.Length - DuckDbRefuses, Compare(engine.Execute, engine.Query, QueryTarget.DuckDb, "VARCHAR"));
    }

    [Fact]
    public void DuckDB_counts_in_windows_as_the_correlation_does()
    {
        using var engine = SqlEngine.Start("duckdb", "MODUS_TEST_DUCKDB");
        CompareCorrelations(engine.Execute, engine.Query, QueryTarget.DuckDb, "VARCHAR", "TIMESTAMP", second => $"make_timestamp({second}000000)");
    }

    [Fact]
    public void ClickHouse_finds_what_the_rule_means()
    {
        using var engine = SqlEngine.Start("clickhouse", "MODUS_TEST_CHDB");
        Assert.Equal(detections.Length - ClickHouseRefuses, Compare(engine.Execute, engine.Query, QueryTarget.ClickHouse, "Nullable(String)"));
    }

    [Fact]
    public void SQLite_counts_in_windows_as_the_correlation_does()
    {
        SqliteDialect.ChooseLibrary();
        using var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        CompareCorrelations(sql => Execute(connection, sql), sql => Query(connection, sql), QueryTarget.Sqlite, "TEXT", "INTEGER", second => second.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public void PostgreSQL_counts_in_windows_as_the_correlation_does()
    {
        var server = Environment.GetEnvironmentVariable("MODUS_TEST_POSTGRES");
        Assert.SkipWhen(string.IsNullOrEmpty(server), "no PostgreSQL: set MODUS_TEST_POSTGRES to a connection string");
        using var connection = new NpgsqlConnection(server);
        connection.Open();
        CompareCorrelations(sql => Execute(connection, sql), sql => Query(connection, sql), QueryTarget.Postgres, "text", "timestamptz", second => $"to_timestamp({second})");
    }

    private static int Compare(Action<string> execute, Func<string, HashSet<long>> query, QueryTarget target, string type)
    {
        var rows = values.SelectMany(one => values.Select(other => (A: one, B: other))).ToList();
        execute(target == QueryTarget.ClickHouse ? $"CREATE TABLE modus_events (n Int32, A {type}, B {type}) ENGINE = Memory" : $"CREATE TEMPORARY TABLE modus_events (n integer, \"A\" {type}, \"B\" {type})");
        foreach (var batch in rows.Select((row, n) => $"({n}, {Sql(row.A, target)}, {Sql(row.B, target)})").Chunk(400))
            execute($"INSERT INTO modus_events VALUES {string.Join(", ", batch)}");

        var rules = detections.Select(Rule).ToList();
        var meant = Meant(rows, rules);
        var converted = 0;
        for (var at = 0; at < rules.Count; at++)
        {
            var result = RuleConverter.Convert(rules[at], target, new() { Table = "modus_events" });
            if (result.Query is null)
            {
                Assert.NotEmpty(result.Refusals);
                continue;
            }

            converted++;
            var found = query(result.Query);
            Assert.True(meant[at].SetEquals(found), $"{detections[at]}\n{result.Query}\nmissed: {Show(meant[at].Except(found))}\nfalse: {Show(found.Except(meant[at]))}");
            Assert.NotEmpty(found);
        }

        return converted;

        string Show(IEnumerable<long> numbers) => string.Join(", ", numbers.Take(5).Select(n => $"[{rows[(int)n].A ?? "NULL"} | {rows[(int)n].B ?? "NULL"}]"));
    }

    private static void CompareCorrelations(Action<string> execute, Func<string, HashSet<long>> query, QueryTarget target, string text, string time, Func<long, string> at)
    {
        var random = new Random(7);
        var events = Enumerable.Range(0, 400).Select(n => (Time: 1_700_000_000L + random.Next(3_000), Host: random.Next(4) is var host && host == 3 ? null : "h" + host, User: "u" + random.Next(6), Kind: random.Next(3) == 0 ? "x" : "bad")).ToList();
        execute($"CREATE TEMPORARY TABLE modus_stream (n integer, \"time\" {time}, \"Host\" {text}, \"User\" {text}, \"Kind\" {text})");
        execute("INSERT INTO modus_stream VALUES " + string.Join(", ", events.Select((one, n) => $"({n}, {at(one.Time)}, {Sql(one.Host, target)}, '{one.User}', '{one.Kind}')")));
        foreach (var (condition, measure) in new (string, Func<IEnumerable<(long Time, string? Host, string User, string Kind)>, int>)[]
                 { ("event_count|gte: 5", list => list.Count()), ("value_count|field: User, gt: 3", list => list.Select(one => one.User).Distinct().Count()) })
        {
            var (type, bound) = (condition.Split('|')[0], condition.Split('|')[1]);
            var yaml = $"title: C\nid: 1c9cb5ac-4bb4-4ca8-a16d-b2d2d4e1d0a6\ncorrelation:\n    type: {type}\n    rules: [base]\n    group-by: [Host]\n    timespan: 60s\n    condition: {{{bound}}}\n---\ntitle: B\nname: base\nlogsource: {{product: p}}\ndetection:\n    s: {{Kind: bad}}\n    condition: s\n";
            var set = RuleSet.Parse([("c.yml", yaml)]);
            var result = RuleConverter.Convert(set, Assert.Single(set.Correlations), target, new() { Table = "modus_stream" });
            Assert.NotNull(result.Query);

            // The plain meaning: at an event, look back over the span, its edge included, among events of the same host.
            var meant = events.Select((one, n) => (one, n)).Where(pair => pair.one is { Kind: "bad", Host: not null }
                && measure(events.Where(other => other.Kind == "bad" && other.Host == pair.one.Host && other.Time <= pair.one.Time && other.Time >= pair.one.Time - 60)) is var measured
                && (type == "event_count" ? measured >= 5 : measured > 3)).Select(pair => (long)pair.n).ToHashSet();

            Assert.NotEmpty(meant);
            Assert.True(meant.SetEquals(query(result.Query!)), $"{condition}\n{result.Query}");
        }
    }

    private static List<HashSet<long>> Meant(List<(string? A, string? B)> rows, List<CompiledRule> rules)
    {
        var text = new StringBuilder();
        foreach (var (a, b) in rows)
        {
            var members = new[] { ("A", a), ("B", b), ("Pad", "1") }.Where(pair => pair.Item2 is not null)
                .Select(pair => $"\"{pair.Item1}\":\"{System.Text.Json.JsonEncodedText.Encode(pair.Item2!)}\"");
            text.Append('{').AppendJoin(',', members).Append("}\n");
        }

        var meant = rules.Select(_ => new HashSet<long>()).ToList();
        var reader = new LogReader();
        long number = 0;
        foreach (var logEvent in reader.Read(new MemoryStream(Encoding.UTF8.GetBytes(text.ToString())), "rows"))
        {
            for (var at = 0; at < rules.Count; at++)
                if (EvidenceFinder.IsTrue(rules[at].Expression, logEvent)) meant[at].Add(number);
            number++;
        }

        Assert.Equal(rows.Count, number);
        return meant;
    }

    private static CompiledRule Rule(string detection)
    {
        var problems = new List<Problem>();
        var parsed = Modus.Sigma.Rules.RuleParser.Parse("title: T\nlogsource: {product: p}\ndetection:\n    " + detection.Replace("\n", "\n    ", StringComparison.Ordinal) + "\n", "t.yml");
        var rule = RuleCompiler.Compile(Assert.IsType<Modus.Sigma.Rules.SigmaRule>(Assert.Single(parsed.Documents)), new(), problems);
        Assert.True(rule is not null, detection + ": " + string.Join("; ", problems));
        return rule!;
    }

    private static string Sql(string? text, QueryTarget target) => text is null ? "NULL"
        : target == QueryTarget.ClickHouse ? $"'{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}'"
        : $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    private static void Execute(DbConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The texts are this test's own.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    private static HashSet<long> Query(DbConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100
        command.CommandText = sql;
#pragma warning restore CA2100
        using var reader = command.ExecuteReader();
        var found = new HashSet<long>();
        while (reader.Read()) found.Add(Convert.ToInt64(reader["n"], System.Globalization.CultureInfo.InvariantCulture));
        return found;
    }
}
