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

    /// <summary>Correlations of all types over one stream: what the rows say, joined where windows overlap, is what a hunt finds in the same events.</summary>
    private static void CompareWithHunt(Action<string> execute, Func<string, HashSet<long>> query, QueryTarget target, string text, string time, Func<long, string> at, IReadOnlySet<string> refused)
    {
        const long start = 1_700_000_000L;
        var random = new Random(11);
        var seconds = Enumerable.Range(0, 1_500).OrderBy(_ => random.Next()).Take(500).ToList();
        var events = seconds.Select((second, n) => (N: (long)n, Time: start + second, Host: random.Next(5) switch { 0 => null, 1 => "H1", 2 => "h1", 3 => "h2", _ => "h3" }, Peer: "h" + random.Next(1, 4),
            User: (random.Next(2) == 0 ? "u" : "U") + random.Next(6), Kind: "abcx"[random.Next(4)].ToString(), Size: random.Next(6) switch { 0 => null, 1 => "none", 2 => "-2.5", _ => random.Next(40).ToString(System.Globalization.CultureInfo.InvariantCulture) })).ToList();
        var create = target == QueryTarget.ClickHouse ? "CREATE TABLE modus_mixed (n Int32, {0}) ENGINE = Memory" : "CREATE TEMPORARY TABLE modus_mixed (n integer, {0})";
        string Quote(string name) => target == QueryTarget.ClickHouse ? $"`{name}`" : $"\"{name}\"";
        execute(string.Format(System.Globalization.CultureInfo.InvariantCulture, create, $"{Quote("time")} {time}, " + string.Join(", ", new[] { "Host", "Peer", "User", "Kind", "Size" }.Select(name => $"{Quote(name)} {text}"))));
        foreach (var batch in events.Chunk(200))
            execute("INSERT INTO modus_mixed VALUES " + string.Join(", ", batch.Select(one => $"({one.N}, {at(one.Time)}, {Sql(one.Host, target)}, '{one.Peer}', '{one.User}', '{one.Kind}', {Sql(one.Size, target)})")));

        using var folder = new TemporaryFolder();
        var log = Path.Combine(folder.Path, "log.jsonl");
        File.WriteAllLines(log, events.Select(one => "{" + string.Join(",", new[] { ("time", one.Time.ToString(System.Globalization.CultureInfo.InvariantCulture)), ("Host", one.Host), ("Peer", one.Peer), ("User", one.User), ("Kind", one.Kind), ("Size", one.Size) }
            .Where(pair => pair.Item2 is not null).Select(pair => $"\"{pair.Item1}\":\"{pair.Item2}\"")) + "}"));
        var mappings = LogMappings.Default.With("""{"shapes":[{"name":"mixed","readers":["json"],"product":"p","needs":[["Peer","Kind"]],"time":["time"]}]}"""u8.ToArray(), "test", out var problem);
        Assert.Null(problem);

        foreach (var correlation in mixed)
        {
            var set = RuleSet.Parse([("r.yml", string.Join("\n---\n", "abc".Select(kind => $"title: R{kind}\nname: {kind}\nlogsource: {{product: p}}\ndetection: {{s: {{Kind: {kind}}}, condition: s}}"))
                + "\n---\ntitle: Ru\nname: u\nlogsource: {product: p}\ndetection: {s: {User: u1}, condition: s}"), ("c.yml", $"title: C\ncorrelation: {{timespan: 60s, {correlation}}}")]);
            Assert.Empty(set.Problems);
            var result = RuleConverter.Convert(set, Assert.Single(set.Correlations), target, new() { Table = "modus_mixed" });
            if (refused.Contains(correlation))
            {
                Assert.Null(result.Query);
                Assert.Single(result.Refusals);
                continue;
            }

            Assert.True(result.Query is not null, $"{correlation}: {string.Join("; ", result.Refusals)}");
            var hits = new List<Modus.Sigma.Hunting.CorrelationHit>();
            Modus.Sigma.Hunting.Hunt.Run(set, [log], new() { Read = new() { Mappings = mappings } }, _ => { }, hits.Add);
            var last = hits.Select(hit => ((DateTimeOffset)hit.Last).ToUnixTimeSeconds() - start).Order().ToList();
            var rows = query(result.Query!).Select(n => events[(int)n].Time - start).Order().ToList();
            Assert.True(rows.Count > 0, correlation);
            // Each moment lies in a hit; each hit ends with such a moment, and begins no more than a window before the first.
            Assert.All(rows, row => Assert.True(hits.Exists(hit => Second(hit.First) <= row && row <= Second(hit.Last)), $"{correlation}: {row} is in no hit\n{result.Query}"));
            Assert.All(last, end => Assert.True(rows.Contains(end), $"{correlation}: no row at {end}\n{result.Query}"));
            Assert.All(hits, hit => Assert.True(rows.Exists(row => row >= Second(hit.First) && row <= Second(hit.First) + 60), $"{correlation}: no row in the first window of {Second(hit.First)}\n{result.Query}"));

            long Second(DateTime moment) => ((DateTimeOffset)moment).ToUnixTimeSeconds() - start;
        }
    }

    private const string Ordered = "type: temporal_ordered, rules: [a, b, c], group-by: [Host]";
    private const string OtherNames = "type: temporal, rules: [a, b], group-by: [H], aliases: {H: {a: Host, b: Peer}}";
    private const string Ninetieth = "type: value_percentile, rules: [a], group-by: [Host], condition: {field: Size, percentile: 90, gte: 34}";
    private const string Median = "type: value_median, rules: [a], condition: {field: Size, gt: 20}";

    private static readonly string[] mixed =
    [
        "type: event_count, rules: [a, u], group-by: [Host], condition: {gte: 4}",
        "type: event_count, rules: [a], condition: {gt: 5}",
        "type: value_count, rules: [a], group-by: [Host], condition: {field: User, gte: 3}",
        "type: value_count, rules: [a], group-by: [Host], condition: {field: [User, Peer], gte: 4}",
        "type: temporal, rules: [a, b, u], group-by: [Host]",
        "type: temporal, rules: [a, b, c], condition: {gte: 2}",
        OtherNames,
        Ordered,
        "type: temporal_ordered, rules: [c, u], group-by: [Host, Peer]",
        "type: value_sum, rules: [a], group-by: [Host], condition: {field: Size, gt: 60}",
        "type: value_avg, rules: [a, b], group-by: [Host], condition: {field: Size, gte: 22}",
        Ninetieth,
        Median,
    ];

    [Fact]
    public void SQLite_finds_what_a_hunt_finds_in_windows()
    {
        SqliteDialect.ChooseLibrary();
        using var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        CompareWithHunt(sql => Execute(connection, sql), sql => Query(connection, sql), QueryTarget.Sqlite, "TEXT", "INTEGER", second => second.ToString(System.Globalization.CultureInfo.InvariantCulture), new HashSet<string> { Ninetieth, Median });
    }

    [Fact]
    public void PostgreSQL_finds_what_a_hunt_finds_in_windows()
    {
        var server = Environment.GetEnvironmentVariable("MODUS_TEST_POSTGRES");
        Assert.SkipWhen(string.IsNullOrEmpty(server), "no PostgreSQL: set MODUS_TEST_POSTGRES to a connection string");
        using var connection = new NpgsqlConnection(server);
        connection.Open();
        CompareWithHunt(sql => Execute(connection, sql), sql => Query(connection, sql), QueryTarget.Postgres, "text", "timestamptz", second => $"to_timestamp({second})", new HashSet<string>());
    }

    [Fact]
    public void DuckDB_finds_what_a_hunt_finds_in_windows()
    {
        using var engine = SqlEngine.Start("duckdb", "MODUS_TEST_DUCKDB");
        CompareWithHunt(engine.Execute, engine.Query, QueryTarget.DuckDb, "VARCHAR", "TIMESTAMP", second => $"make_timestamp({second}000000)", new HashSet<string>());
    }

    [Fact]
    public void ClickHouse_finds_what_a_hunt_finds_in_windows()
    {
        using var engine = SqlEngine.Start("clickhouse", "MODUS_TEST_CHDB");
        CompareWithHunt(engine.Execute, engine.Query, QueryTarget.ClickHouse, "Nullable(String)", "DateTime64(3, 'UTC')", second => $"toDateTime64({second}, 3, 'UTC')",
            new HashSet<string>(mixed.Where(one => one.Contains("temporal_ordered", StringComparison.Ordinal))) { OtherNames });
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
