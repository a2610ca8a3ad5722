using System.Collections.Immutable;
using System.Text;
using System.Text.Json;

namespace Modus.Sigma.Fixtures;

/// <summary>Reads fixture files.</summary>
public static class FixtureReader
{
    /// <summary>Events of one case: 10,000.</summary>
    public const int MaxEvents = 10_000;

    private static readonly JsonDocumentOptions options = new() { MaxDepth = 64, CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>Reads a fixture file.</summary>
    /// <param name="json">The file's text.</param>
    /// <param name="file">The name that problems carry.</param>
    /// <param name="problems">Takes what was wrong: MD2500 for the file, MD2501 for a case.</param>
    /// <returns>The cases that can be used, or null when the file cannot.</returns>
    public static FixtureSet? Read(string json, string file, ICollection<Problem> problems)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(problems);
        try
        {
            using var document = JsonDocument.Parse(json, options);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("rule", out var rule) || rule.ValueKind != JsonValueKind.String)
            {
                problems.Add(new("MD2500", ProblemSeverity.Error, "The file is no object with the id of a rule under 'rule'.", file, Fix: "Write {\"rule\": \"id\", \"must_match\": […], \"must_not_match\": […]}."));
                return null;
            }

            var cases = ImmutableArray.CreateBuilder<FixtureCase>();
            foreach (var (key, must) in (ReadOnlySpan<(string, bool)>)[("must_match", true), ("must_not_match", false)])
                if (root.TryGetProperty(key, out var list)) Cases(list, key, must, file, cases, problems);
            return new(file, rule.GetString()!, cases.ToImmutable());
        }
        catch (JsonException exception)
        {
            problems.Add(new("MD2500", ProblemSeverity.Error, "The file is not JSON.", file, (int)(exception.LineNumber ?? -1) + 1, (int)(exception.BytePositionInLine ?? -1) + 1));
            return null;
        }
    }

    private static void Cases(JsonElement list, string key, bool must, string file, ImmutableArray<FixtureCase>.Builder cases, ICollection<Problem> problems)
    {
        if (list.ValueKind != JsonValueKind.Array)
        {
            problems.Add(new("MD2501", ProblemSeverity.Error, $"'{key}' is no list.", file));
            return;
        }

        var number = 0;
        foreach (var item in list.EnumerateArray())
        {
            number++;
            if (item.ValueKind == JsonValueKind.Object && item.TryGetProperty("events", out var events) && Log(events) is { } log)
                cases.Add(new(item.TryGetProperty("says", out var says) ? says.ToString() : $"{key} {number}", must, log));
            else
                problems.Add(new("MD2501", ProblemSeverity.Error, $"Case {number} of '{key}' has no list of events.", file, Fix: "Write {\"says\": \"…\", \"events\": […]} with objects or lines of text, not both."));
        }
    }

    private static string? Log(JsonElement events)
    {
        if (events.ValueKind != JsonValueKind.Array || events.GetArrayLength() is 0 or > MaxEvents) return null;
        var kind = events[0].ValueKind;
        if (kind is not (JsonValueKind.Object or JsonValueKind.String) || events.EnumerateArray().Any(one => one.ValueKind != kind)) return null;
        var log = new StringBuilder();
        foreach (var one in events.EnumerateArray())
            log.Append(kind == JsonValueKind.String ? one.GetString() : Compact(one)).Append('\n');
        return log.ToString();
    }

    private static string Compact(JsonElement element)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer)) element.WriteTo(writer);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
