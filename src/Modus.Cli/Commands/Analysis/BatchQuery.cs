using System.Globalization;
using System.Text.Json;
using Modus.Analysis.Knowledge;
using Modus.Cli.Shell;

namespace Modus.Cli.Commands.Analysis;

/// <summary>One line of a batch: a question with its own rules.</summary>
/// <param name="Id">The asker's id, given back with the answer.</param>
/// <param name="Techniques">Ids seen.</param>
/// <param name="Software">Ids or names seen.</param>
/// <param name="AbsentTechniques">Ids looked for and not found.</param>
/// <param name="AbsentSoftware">Ids or names looked for and not found.</param>
/// <param name="Lens">Its own as-of day and excluded sources.</param>
/// <param name="Release">Its own release, or null.</param>
/// <param name="Line">Line in the file, from 1.</param>
internal sealed record BatchQuery(
    string Id, IReadOnlyList<string> Techniques, IReadOnlyList<string> Software, IReadOnlyList<string> AbsentTechniques,
    IReadOnlyList<string> AbsentSoftware, Lens Lens, string? Release, int Line)
{
    private const int LongestLine = 4 << 20;

    /// <summary>Reads a file of JSON lines, or standard input for "-". Lines that are no question are reported and skipped.</summary>
    public static IEnumerable<BatchQuery> Read(Invocation run, string file, Lens defaults, Action skip)
    {
        TextReader reader;
        try
        {
            reader = file == "-" ? new StreamReader(run.Terminal.In, leaveOpen: true) : new StreamReader(run.PathOf(file));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailure(ExitCode.NoUsableInput, new CliProblem("MD6011", $"the file cannot be read: {error.Message}", file));
        }
        using (reader)
            for (var number = 1; reader.ReadLine() is { } line; number++)
            {
                run.Stop.ThrowIfCancellationRequested();
                if (string.IsNullOrWhiteSpace(line)) continue;
                BatchQuery? query = null;
                try
                {
                    if (line.Length > LongestLine) throw new JsonException("the line is too long");
                    query = Parse(line, defaults, number);
                }
                catch (Exception error) when (error is JsonException or FormatException)
                {
                    run.Report(new CliProblem("MD6020", $"no question: {error.Message}", CliProblem.Place(file, number), "write {\"id\":…,\"techniques\":[…]}"));
                    skip();
                }
                if (query is not null) yield return query;
            }
    }

    private static BatchQuery Parse(string line, Lens defaults, int number)
    {
        using var document = JsonDocument.Parse(line);
        var root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object) throw new JsonException("it is no object");
        if (!root.TryGetProperty("techniques", out _)) throw new JsonException("it has no techniques");
        var excluded = Texts(root, "exclude_sources");
        return new(root.TryGetProperty("id", out var id) ? id.ValueKind == JsonValueKind.String ? id.GetString()! : id.GetRawText() : number.ToString(CultureInfo.InvariantCulture),
            Texts(root, "techniques"), Texts(root, "software"), Texts(root, "absent_techniques"), Texts(root, "absent_software"),
            defaults with
            {
                AsOf = Text(root, "as_of") is { } day ? Day(day) : defaults.AsOf,
                ExcludedSources = excluded.Length > 0 ? [.. defaults.ExcludedSources, .. excluded] : defaults.ExcludedSources,
            },
            Text(root, "release"), number);
    }

    private static DateOnly Day(string text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day
        : throw new JsonException($"as_of is no day like 2024-03-09: '{(text.Length <= 40 ? text : text[..40] + "…")}'");

    private static string? Text(JsonElement root, string name) =>
        !root.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null ? null
        : value.ValueKind == JsonValueKind.String ? value.GetString() : throw new JsonException($"{name} is no text");

    private static string[] Texts(JsonElement root, string name)
    {
        if (!root.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null) return [];
        if (value.ValueKind != JsonValueKind.Array) throw new JsonException($"{name} is no list");
        return [.. value.EnumerateArray().Select(item => item.ValueKind == JsonValueKind.String ? item.GetString()! : throw new JsonException($"{name} holds something that is no text"))];
    }
}
