using System.Text.Json;

namespace Modus.Casework.Mappings;

/// <summary>
/// Mappings out of TRAM: the export of a report (sentences with mappings and what the reader decided) and the training
/// files (a list of sentences with their labels and the document's title).
/// </summary>
internal static class TramMappings
{
    public static bool IsTram(JsonElement root) => root.ValueKind switch
    {
        JsonValueKind.Object => root.TryGetProperty("sentences", out var sentences) && sentences.ValueKind == JsonValueKind.Array,
        JsonValueKind.Array => root.GetArrayLength() > 0 && root[0] is { ValueKind: JsonValueKind.Object } first
            && (first.TryGetProperty("doc_title", out _) || first.TryGetProperty("sentence", out _) && first.TryGetProperty("labels", out _)),
        _ => false,
    };

    public static MappingReading Read(JsonElement root, string name)
    {
        var made = new List<StatedMapping>();
        var problems = new List<CaseProblem>();
        var given = 0;
        if (root.ValueKind == JsonValueKind.Object)
        {
            var document = Text(root, "name") ?? "";
            foreach (var (sentence, index) in root.GetProperty("sentences").EnumerateArray().Select((item, index) => (item, index)))
                given += Sentence(sentence, index, document, name, made, problems);
            return new MappingReading(made, "TRAM report", given, problems);
        }
        foreach (var (row, index) in root.EnumerateArray().Select((item, index) => (item, index)))
            given += Row(row, index, name, made, problems);
        return new MappingReading(made, "TRAM sentences", given, problems);
    }

    /// <summary>What a reader rejected is a sentence without a mapping; what nobody decided yet is what the tool says.</summary>
    private static int Sentence(JsonElement sentence, int index, string document, string name, List<StatedMapping> made, List<CaseProblem> problems)
    {
        var place = FormattableString.Invariant($"$.sentences[{index}]");
        if (sentence.ValueKind != JsonValueKind.Object || Text(sentence, "text") is not { } text) return Bad(problems, name, place, "a sentence without a text");
        var unit = new StatedMapping { File = name, Place = place, Document = document, Text = text, IsQuote = true, Unit = UnitOf(sentence, index) };
        var rejected = Text(sentence, "disposition") is { } word && word.StartsWith("rej", StringComparison.OrdinalIgnoreCase);
        var ids = sentence.TryGetProperty("mappings", out var mappings) && mappings.ValueKind == JsonValueKind.Array && !rejected
            ? mappings.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.Object).Select(item => Text(item, "attack_id") ?? Text(item, "technique") ?? "").ToList() : [];
        return AddAll(unit, ids, made, problems);
    }

    private static int Row(JsonElement row, int index, string name, List<StatedMapping> made, List<CaseProblem> problems)
    {
        var place = FormattableString.Invariant($"$[{index}]");
        if (row.ValueKind != JsonValueKind.Object || (Text(row, "sentence") ?? Text(row, "text")) is not { } text) return Bad(problems, name, place, "a row without a sentence");
        var unit = new StatedMapping { File = name, Place = place, Document = Text(row, "doc_title") ?? "", Text = text, IsQuote = true };
        List<string> ids = row.TryGetProperty("labels", out var labels) && labels.ValueKind == JsonValueKind.Array
            ? [.. labels.EnumerateArray().Where(label => label.ValueKind == JsonValueKind.String).Select(label => label.GetString()!)]
            : Text(row, "label") is { Length: > 0 } label ? [label] : [];
        return AddAll(unit, ids, made, problems);
    }

    private static int AddAll(StatedMapping unit, List<string> ids, List<StatedMapping> made, List<CaseProblem> problems)
    {
        if (ids.Count == 0)
        {
            made.Add(unit);
            return 1;
        }
        foreach (var id in ids)
        {
            if (TechniqueIds.Normal(id) is { } technique) made.Add(unit with { Technique = technique });
            else problems.Add(new CaseProblem(MappingCodes.BadLine, $"'{id}' is no technique id", unit.File, unit.Place));
        }
        return ids.Count;
    }

    private static string? UnitOf(JsonElement sentence, int index) =>
        sentence.TryGetProperty("order", out var order) && order.ValueKind == JsonValueKind.Number ? $"sentence {order.GetRawText()}" : FormattableString.Invariant($"sentence {index}");

    private static int Bad(List<CaseProblem> problems, string name, string place, string message)
    {
        problems.Add(new CaseProblem(MappingCodes.BadLine, message, name, place));
        return 1;
    }

    private static string? Text(JsonElement item, string member) =>
        item.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
