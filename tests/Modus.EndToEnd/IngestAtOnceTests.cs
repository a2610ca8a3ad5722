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
        var lines = File.ReadAllLines(Path.Combine(ModusProgram.Root, "samples", "first-case", "hosts.jsonl"));
        modus.Write("whole.jsonl", string.Join('\n', lines) + "\n");
        modus.Write("twice.jsonl", string.Join('\n', lines.Append(lines[^1])) + "\n");
        modus.Write("short.jsonl", string.Join('\n', lines[..^1]) + "\n");
        string[] files = ["whole.jsonl", "twice.jsonl", "short.jsonl", "short.jsonl"];

        Assert.Equal(0, modus.Run("-C", ".", "init", "after").Code);
        foreach (var file in files) Assert.Equal(0, modus.Run("-C", "after", "ingest", Path.Combine("..", file)).Code);
        Assert.Equal(0, modus.Run("-C", ".", "init", "at-once").Code);
        var ended = await Task.WhenAll(files.Select(file => Task.Run(() => modus.Run("-C", "at-once", "ingest", Path.Combine("..", file)))));

        Assert.All(ended, one => Assert.True(one.Code == 0, one.Error));
        Assert.Equal(ProceduresOf(modus, "after"), ProceduresOf(modus, "at-once"));
        Assert.Equal(0, modus.Run("-C", "at-once", "audit").Code);
    }

    // Which file's events stand first differs from run to run; how many there are does not.
    private static IEnumerable<string> ProceduresOf(ModusProgram modus, string workspace)
    {
        using var shown = JsonDocument.Parse(modus.Run("-C", workspace, "case", "show", "-o", "json").Out);
        return [.. shown.RootElement.GetProperty("procedures").EnumerateArray().Select(one => $"{one.GetProperty("technique")} {one.GetProperty("hosts")} {one.GetProperty("first")}").Order(StringComparer.Ordinal)];
    }
}
