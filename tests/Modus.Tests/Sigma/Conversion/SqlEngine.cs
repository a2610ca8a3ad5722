using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Xunit;

namespace Modus.Tests.Sigma.Conversion;

/// <summary>A native SQL engine in a process of its own; see <c>bench/Modus.Benchmarks/SqlEngines</c>.</summary>
internal sealed class SqlEngine : IDisposable
{
    private readonly Process process;

    private SqlEngine(Process process) => this.process = process;

    /// <summary>Starts an engine; skips the running test where its library is not there.</summary>
    /// <param name="name"><c>duckdb</c> or <c>clickhouse</c>.</param>
    /// <param name="variable">The environment variable that names its library.</param>
    public static SqlEngine Start(string name, string variable)
    {
        var library = Environment.GetEnvironmentVariable(variable);
        Assert.SkipWhen(string.IsNullOrEmpty(library), $"no library of this engine: set {variable} to its path");
        var program = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "Modus.Benchmarks", Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)), "Modus.Benchmarks.dll"));
        var start = new ProcessStartInfo("dotnet") { RedirectStandardInput = true, RedirectStandardOutput = true };
        foreach (var argument in (string[])[program, "sql-engine", name, library!]) start.ArgumentList.Add(argument);
        return new SqlEngine(Process.Start(start)!);
    }

    public void Execute(string sql) => Query(sql);

    public HashSet<long> Query(string sql)
    {
        process.StandardInput.WriteLine($"\"{JsonEncodedText.Encode(sql)}\"");
        process.StandardInput.Flush();
        var answer = process.StandardOutput.ReadLine();
        Assert.True(answer?.StartsWith("ok ", StringComparison.Ordinal) == true, $"{answer ?? "the engine ended"}\n{(sql.Length > 2000 ? sql[..2000] + "…" : sql)}");
        return [.. answer![3..].Split(',', StringSplitOptions.RemoveEmptyEntries).Select(n => long.Parse(n, CultureInfo.InvariantCulture))];
    }

    public void Dispose()
    {
        process.StandardInput.Close();
        if (!process.WaitForExit(TimeSpan.FromSeconds(10))) process.Kill();
        process.Dispose();
    }
}
