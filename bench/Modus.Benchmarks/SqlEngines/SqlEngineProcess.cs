using System.Globalization;
using System.Text.Json;

namespace Modus.Benchmarks.SqlEngines;

/// <summary>A real engine in a process of its own, so that its native code cannot take a test run along: SQL in, numbers out.</summary>
/// <remarks>Each line of standard input is a JSON string of SQL; each is answered by one line: <c>ok</c> and the values of the column <c>n</c>, or <c>error</c> and why.</remarks>
internal static class SqlEngineProcess
{
    public static int Run(string[] args)
    {
        if (args is not ["duckdb" or "clickhouse", var library] || !File.Exists(library))
        {
            Console.Error.WriteLine("usage: Modus.Benchmarks sql-engine duckdb|clickhouse LIBRARY");
            return 3;
        }

        Func<string, IReadOnlyList<long>> query = args[0] == "duckdb" ? new DuckDb(library).Query : new ClickHouse(library).Query;
        while (Console.In.ReadLine() is { } line)
        {
            try
            {
                using var json = JsonDocument.Parse(line);
                Console.Out.WriteLine("ok " + string.Join(',', query(json.RootElement.GetString()!).Select(n => n.ToString(CultureInfo.InvariantCulture))));
            }
            catch (InvalidOperationException problem)
            {
                Console.Out.WriteLine("error " + JsonEncodedText.Encode(problem.Message));
            }

            Console.Out.Flush();
        }

        return 0;
    }
}
