using System.Text;
using System.Text.Json;
using Modus.Analysis.Attribution;
using Modus.Cli.Shell;

namespace Modus.Cli.Commands.Analysis;

/// <summary>Techniques and software that were seen: from the command line, from standard input, from a layer or a STIX bundle.</summary>
internal sealed record Observed(IReadOnlyList<string> Techniques, IReadOnlyList<string> Software)
{
    private const long LargestFile = 256L << 20;
    private static readonly char[] separators = [' ', ',', ';', '\t', '\r', '\n'];

    /// <summary>Reads what the words stand for: ids, "-" for standard input, or paths of a layer, a bundle or a list of ids.</summary>
    public static Observed Read(Invocation run, IReadOnlyList<string> words)
    {
        var techniques = new List<string>();
        var software = new List<string>();
        foreach (var word in words)
        {
            if (word == "-") AddText(ReadAll(run.Terminal.In));
            else if (word.AsSpan().ContainsAny('/', '\\') || File.Exists(run.PathOf(word))) AddFile(run.PathOf(word));
            else AddText(word);
        }
        return new(techniques, software);

        void AddText(string text)
        {
            if (text.TrimStart().StartsWith('{')) AddJson(text, "standard input");
            else techniques.AddRange(text.Split(separators, StringSplitOptions.RemoveEmptyEntries));
        }

        void AddFile(string path)
        {
            try
            {
                using var file = File.OpenRead(path);
                var text = ReadAll(file);
                if (text.TrimStart().StartsWith('{')) AddJson(text, path);
                else AddText(text);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                throw new CommandFailure(ExitCode.NoUsableInput, new CliProblem("MD6011", $"the file cannot be read: {error.Message}", path));
            }
        }

        void AddJson(string text, string place)
        {
            try
            {
                using var document = JsonDocument.Parse(text);
                var root = document.RootElement;
                if (root.TryGetProperty("objects", out var objects) && objects.ValueKind == JsonValueKind.Array) FromBundle(objects);
                else if (root.TryGetProperty("techniques", out var list) && list.ValueKind == JsonValueKind.Array) FromLayer(list);
                else throw new JsonException("it has neither techniques nor objects");
            }
            catch (JsonException error)
            {
                throw new CommandFailure(ExitCode.NoUsableInput, new CliProblem("MD6012", $"neither a layer nor a bundle: {error.Message}", place, "give a Navigator layer, a STIX bundle, or ids"));
            }
        }

        // An entry counts where it is scored above 0 or coloured; a layer that scores nothing counts whole.
        void FromLayer(JsonElement list)
        {
            var scored = list.EnumerateArray().Any(item => Score(item) is not null);
            foreach (var item in list.EnumerateArray())
            {
                if (item.ValueKind != JsonValueKind.Object) continue;
                if (item.TryGetProperty("enabled", out var enabled) && enabled.ValueKind == JsonValueKind.False) continue;
                if (scored && !(Score(item) > 0)) continue;
                if (item.TryGetProperty("techniqueID", out var id) && id.ValueKind == JsonValueKind.String) techniques.Add(id.GetString()!);
            }
        }

        void FromBundle(JsonElement objects)
        {
            foreach (var item in objects.EnumerateArray())
            {
                if (item.ValueKind != JsonValueKind.Object || !item.TryGetProperty("type", out var type)) continue;
                if (Text(item, "type") is "malware" or "tool") software.Add(AttackId(item) ?? Text(item, "name") ?? "");
                else if (Text(item, "type") == "attack-pattern" && AttackId(item) is { } id) techniques.Add(id);
            }
        }
    }

    private static double? Score(JsonElement item) =>
        item.ValueKind == JsonValueKind.Object && item.TryGetProperty("score", out var score) && score.ValueKind == JsonValueKind.Number ? score.GetDouble() : null;

    private static string? AttackId(JsonElement item) =>
        item.TryGetProperty("external_references", out var references) && references.ValueKind == JsonValueKind.Array
            ? references.EnumerateArray().Where(reference => reference.ValueKind == JsonValueKind.Object
                && Text(reference, "source_name")?.StartsWith("mitre-", StringComparison.Ordinal) == true).Select(reference => Text(reference, "external_id")).FirstOrDefault(id => id is not null)
            : null;

    private static string? Text(JsonElement item, string name) =>
        item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static string ReadAll(Stream stream)
    {
        using var reader = new StreamReader(stream, Encoding.UTF8, leaveOpen: true);
        var text = new StringBuilder();
        var buffer = new char[1 << 14];
        for (int read; (read = reader.Read(buffer)) > 0;)
        {
            text.Append(buffer, 0, read);
            if (text.Length > LargestFile)
                throw new CommandFailure(ExitCode.NoUsableInput, new CliProblem("MD6011", $"the input is larger than {LargestFile >> 20} MiB"));
        }
        return text.ToString();
    }

    /// <summary>Prints what a question could not use.</summary>
    public static int Report(Invocation run, IEnumerable<AnalysisProblem> problems, string? place = null)
    {
        var skipped = 0;
        foreach (var problem in problems)
        {
            run.Report(new CliProblem(problem.Code, problem.Message, place, problem.Fix, problem.Skipped));
            if (problem.Skipped) skipped++;
        }
        return skipped;
    }
}
