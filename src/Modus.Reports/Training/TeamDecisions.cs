using System.Text.Json;

namespace Modus.Reports.Training;

/// <summary>Reads decisions: one JSON object a line with <c>doc</c>, <c>text</c>, <c>technique</c> and <c>accepted</c>.</summary>
public static class TeamDecisions
{
    /// <summary>Characters of the longest line that is read.</summary>
    public const int LongestLine = 1 << 20;

    /// <summary>Decisions that are read; more are reported and left out.</summary>
    public const int Most = 100_000;

    /// <summary>Reads decisions; a bad line is reported and passed over.</summary>
    /// <param name="reader">The lines.</param>
    /// <param name="name">Name of the input, for problems.</param>
    /// <param name="report">Takes each problem.</param>
    public static IReadOnlyList<TeamDecision> Read(TextReader reader, string name, Action<CorpusProblem> report)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentNullException.ThrowIfNull(report);
        var decisions = new List<TeamDecision>();
        var line = 0;
        while (reader.ReadLine() is { } text)
        {
            line++;
            if (string.IsNullOrWhiteSpace(text)) continue;
            if (decisions.Count < Most && Parse(text) is { } decision) decisions.Add(decision);
            else report(new("MD4741", decisions.Count < Most ? "The line is no decision." : $"There are more than {Most} decisions.", name, line,
                "Give {\"doc\":\"a\",\"text\":\"…\",\"technique\":\"an id\",\"accepted\":true}."));
        }

        return decisions;
    }

    private static TeamDecision? Parse(string line)
    {
        if (line.Length > LongestLine) return null;
        try
        {
            using var json = JsonDocument.Parse(line);
            var root = json.RootElement;
            return root.ValueKind == JsonValueKind.Object && Text(root, "doc") is { } document && Text(root, "text") is { } text && Text(root, "technique") is { } technique
                && root.TryGetProperty("accepted", out var accepted) && accepted.ValueKind is JsonValueKind.True or JsonValueKind.False
                ? new(document, text, technique, accepted.GetBoolean()) : null;
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
