using System.Diagnostics;
using System.Globalization;
using Modus.Casework.Store;
using Npgsql;
using Xunit;

namespace Modus.EndToEnd;

/// <summary>A writer that is killed in the middle of its work, again and again: the store loses nothing that it acknowledged.</summary>
public sealed class CrashTests : IDisposable
{
    private const int MostNotes = 40;
    private readonly string folder = Directory.CreateTempSubdirectory("modus-crash-").FullName;

    public static IEnumerable<TheoryDataRow<string>> Stores =>
    [
        new("sqlite"),
        new("postgres") { Skip = PostgresAddress is null ? "set MODUS_TEST_POSTGRES to the connection string of an empty database" : null },
    ];

    private static string? PostgresAddress => Environment.GetEnvironmentVariable("MODUS_TEST_POSTGRES") is { Length: > 0 } address ? address : null;

    private static bool IsSlow => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("MODUS_TEST_SLOW"));

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [MemberData(nameof(Stores))]
    public void A_killed_writer_leaves_a_whole_journal_with_everything_acknowledged(string database)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "kills as POSIX systems do");
        var (address, drop) = database == "sqlite" ? (Path.Combine(folder, "cases.db"), null) : Schema();
        try
        {
            var random = new Random(9);
            var acknowledged = new List<long>();
            var next = 0L;
            for (var kill = IsSlow ? 100 : 5; kill > 0; kill--)
            {
                acknowledged.AddRange(WriteAndKill(address, next, random.Next(1, MostNotes)));
                using var store = Open(address);
                var numbers = store.List(ItemKinds.Note, "C-crash").GroupBy(note => long.Parse(note.Id.Split('-')[1], CultureInfo.InvariantCulture)).ToDictionary(group => group.Key, group => group.Count());
                Assert.All(acknowledged, number => Assert.True(numbers.ContainsKey(number), $"{number} was acknowledged and is missing"));
                Assert.All(numbers, pair => Assert.True(pair.Value == 2, $"half of change {pair.Key} is there"));
                Assert.InRange(numbers.Count - acknowledged.Count, 0, kill + 200);
                next = numbers.Keys.Max() + 1;
            }
            using var last = Open(address);
            var check = last.Verify();
            Assert.True(check.Reason is null, $"entry {check.FirstBroken}: {check.Reason}");
            Assert.Equal(2 * last.Journal().Select(entry => entry.ChangeSet).Distinct().Count(), last.Journal().Count);
            Assert.True(acknowledged.Count > 0);
        }
        finally
        {
            drop?.Invoke();
        }
    }

    /// <summary>Lets the writer acknowledge so many changes, kills it at whatever it is doing then, and returns what it acknowledged.</summary>
    private static List<long> WriteAndKill(string address, long first, int count)
    {
        var name = Path.Combine(ModusProgram.Root, "artifacts", "bin", "Modus.Benchmarks", new DirectoryInfo(AppContext.BaseDirectory).Name, "Modus.Benchmarks");
        var start = new ProcessStartInfo(name) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in new[] { "casework", "writer", address, first.ToString(CultureInfo.InvariantCulture) }) start.ArgumentList.Add(argument);
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{name} did not start");
        var error = process.StandardError.ReadToEndAsync();
        var numbers = new List<long>();
        while (numbers.Count < count)
        {
            var line = process.StandardOutput.ReadLine() ?? throw new InvalidOperationException($"the writer ended by itself: {error.GetAwaiter().GetResult()}");
            numbers.Add(long.Parse(line, CultureInfo.InvariantCulture));
        }
        process.Kill(); // SIGKILL: nothing of it runs any more
        // What it said before it died counts as acknowledged too; a line without an end does not.
        var rest = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        foreach (var line in rest.Split('\n')[..^1]) numbers.Add(long.Parse(line, CultureInfo.InvariantCulture));
        return numbers;
    }

    private static ICaseStore Open(string address) =>
        address.StartsWith("Host=", StringComparison.Ordinal) ? CaseStores.OpenPostgres(address, TimeProvider.System) : CaseStores.OpenSqlite(address, TimeProvider.System);

    private static (string Address, Action? Drop) Schema()
    {
        var schema = $"crash_{Environment.ProcessId}";
        void Execute(string sql)
        {
            using var connection = new NpgsqlConnection(PostgresAddress);
            connection.Open();
            using var command = connection.CreateCommand();
#pragma warning disable CA2100 // the schema's name is made above
            command.CommandText = sql;
#pragma warning restore CA2100
            command.ExecuteNonQuery();
        }
        Execute($"CREATE SCHEMA {schema}");
        return (new NpgsqlConnectionStringBuilder(PostgresAddress) { SearchPath = schema }.ToString(), () => Execute($"DROP SCHEMA {schema} CASCADE"));
    }
}
