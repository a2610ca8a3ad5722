using System.Text.Json;

namespace Modus.Casework.Mappings;

/// <summary>
/// Mappings out of lines of JSON: <c>{"document":…, "unit":…, "text":…, "technique":…, "annotator":…}</c>, with
/// <c>techniques</c> for several and an empty list for "looked at it and found none". What <c>modus map suggest</c> writes is read too.
/// </summary>
internal static class LineMappings
{
    private static readonly JsonDocumentOptions oneLine = new() { MaxDepth = 32 };

    public static bool IsMapping(JsonElement item) =>
        item.ValueKind == JsonValueKind.Object && MappingMembers.Technique.Any(name => item.TryGetProperty(name, out var value)
            && (value.ValueKind == JsonValueKind.String || value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(one => one.ValueKind == JsonValueKind.String)));

    public static MappingReading ReadArray(JsonElement array, string name)
    {
        var reading = new Reading(name);
        foreach (var (item, index) in array.EnumerateArray().Select((item, index) => (item, index))) reading.Take(item, FormattableString.Invariant($"$[{index}]"), 0);
        return reading.Result;
    }

    public static MappingReading Read(string text, string name)
    {
        var reading = new Reading(name);
        var number = 0;
        using var lines = new StringReader(text);
        while (lines.ReadLine() is { } line && !reading.IsFull)
        {
            number++;
            if (string.IsNullOrWhiteSpace(line)) continue;
            try
            {
                using var document = JsonDocument.Parse(line, oneLine);
                reading.Take(document.RootElement, FormattableString.Invariant($"line {number}"), number);
            }
            catch (JsonException problem)
            {
                reading.Bad($"damaged JSON: {problem.Message}", FormattableString.Invariant($"line {number}"));
            }
        }
        return reading.Result;
    }

    private sealed class Reading(string name)
    {
        private readonly List<StatedMapping> made = [];
        private readonly List<CaseProblem> problems = [];
        private int given;

        public bool IsFull => made.Count >= MappingFile.Most;

        public MappingReading Result => new(made, "lines of JSON", given, problems);

        public void Bad(string message, string place)
        {
            given++;
            problems.Add(new CaseProblem(MappingCodes.BadLine, message, name, place, "one JSON object a line, with a technique"));
        }

        public void Take(JsonElement item, string place, int line)
        {
            if (item.ValueKind != JsonValueKind.Object || Ids(item) is not { } ids)
            {
                Bad("no technique is named", place);
                return;
            }
            // A decision that was refused says: not this technique, and nothing else.
            if (item.TryGetProperty("accepted", out var accepted) && accepted.ValueKind == JsonValueKind.False) ids = [];
            given += Math.Max(1, ids.Count);
            var text = Text(item, MappingMembers.Text);
            var start = Number(item, MappingMembers.Start);
            var mapping = new StatedMapping
            {
                File = name,
                Line = line,
                Place = place,
                Document = Text(item, MappingMembers.Document) ?? "",
                Unit = Text(item, MappingMembers.Unit),
                Annotator = Text(item, MappingMembers.Annotator),
                Text = text,
                IsQuote = text is not null,
                Start = start,
                Length = Number(item, MappingMembers.Length) ?? (Number(item, MappingMembers.End) - start),
                Tactic = Text(item, MappingMembers.Tactic),
                Release = Text(item, MappingMembers.Release),
                Domain = Text(item, MappingMembers.Domain),
                Reason = Text(item, MappingMembers.Reason) ?? "",
                Statement = Text(item, MappingMembers.Statement),
            };
            if (ids.Count == 0) made.Add(mapping);
            else made.AddRange(ids.Select(id => mapping with { Technique = id }));
        }

        private static IReadOnlyList<string>? Ids(JsonElement item)
        {
            foreach (var member in MappingMembers.Technique)
            {
                if (!item.TryGetProperty(member, out var value)) continue;
                if (value.ValueKind == JsonValueKind.String) return MappingMembers.Ids(value.GetString()!);
                if (value.ValueKind == JsonValueKind.Null) return [];
                if (value.ValueKind != JsonValueKind.Array) continue;
                var written = value.EnumerateArray().Where(one => one.ValueKind == JsonValueKind.String).Select(one => one.GetString()!).ToList();
                var ids = written.Select(TechniqueIds.Normal).OfType<string>().ToList();
                return ids.Count == written.Count ? ids : null;
            }
            return null;
        }

        private static string? Text(JsonElement item, string[] members) =>
            members.Select(member => item.TryGetProperty(member, out var value) ? value.ValueKind switch { JsonValueKind.String => value.GetString(), JsonValueKind.Number => value.GetRawText(), _ => null } : null)
                .FirstOrDefault(text => !string.IsNullOrWhiteSpace(text));

        private static long? Number(JsonElement item, string[] members) =>
            members.Select(member => item.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) ? (long?)number : null).FirstOrDefault(number => number is not null);
    }
}
