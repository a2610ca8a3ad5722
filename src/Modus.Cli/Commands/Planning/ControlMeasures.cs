using System.Text.Json;
using Modus.Analysis.Planning.Choices;
using Modus.Cli.Shell;

namespace Modus.Cli.Commands.Planning;

/// <summary>Control mappings in the JSON of Mappings Explorer as measures.</summary>
internal static class ControlMeasures
{
    private const long LargestFile = 256L << 20;

    /// <summary>Reads the files; rows that are not mappable are counted, ids that nobody knows are reported.</summary>
    public static (IReadOnlyList<MeasureFact> Measures, int Skipped) Read(Invocation run, IReadOnlyList<string> files, IdCarrier carrier)
    {
        var effects = new SortedDictionary<string, Dictionary<string, double>>(StringComparer.Ordinal);
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        int skipped = 0, used = 0, notMappable = 0;
        foreach (var file in files)
        {
            var unknown = new SortedDictionary<string, int>(StringComparer.Ordinal);
            try
            {
                var path = run.PathOf(file);
                if (new FileInfo(path).Length > LargestFile) throw new IOException($"it is larger than {LargestFile >> 20} MiB");
                using var document = JsonDocument.Parse(File.ReadAllBytes(path));
                foreach (var row in document.RootElement.GetProperty("mapping_objects").EnumerateArray())
                {
                    var technique = Text(row, "attack_object_id");
                    var capability = Text(row, "capability_id");
                    if (Text(row, "mapping_type") is not { Length: > 0 } || technique is null || capability is null)
                    {
                        notMappable++;
                        continue;
                    }
                    var carried = carrier.Carry(technique);
                    if (carried.Count == 0)
                    {
                        unknown[technique] = unknown.GetValueOrDefault(technique) + 1;
                        continue;
                    }
                    used++;
                    names.TryAdd(capability, Text(row, "capability_description") is { Length: > 0 } name ? name : capability);
                    if (!effects.TryGetValue(capability, out var list)) effects[capability] = list = new(StringComparer.Ordinal);
                    var grade = DefenceQuestions.Grade(Text(row, "score_value"));
                    foreach (var id in carried) list[id] = Math.Max(list.GetValueOrDefault(id), grade);
                }
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException or KeyNotFoundException or InvalidOperationException)
            {
                run.Report(new CliProblem("MD6210", $"no control mapping: {error.Message}", file, "give a mapping file of Mappings Explorer (JSON)"));
                skipped++;
            }
            foreach (var (id, count) in unknown)
                run.Report(new CliProblem("MD6202", $"{id} ({count} rows) is no technique of the release in use: left out", file, null, IsError: false));
            skipped += unknown.Values.Sum();
        }
        run.Say($"{used} mappings used, {notMappable} rows say that nothing is mapped, {skipped} skipped");
        return ([.. effects.Select(item => new MeasureFact(item.Key, names[item.Key], [.. item.Value.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => new MeasureEffect(pair.Key, pair.Value))]))], skipped);
    }

    private static string? Text(JsonElement row, string name) =>
        row.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
