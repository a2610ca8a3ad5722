using System.Text.Json;

namespace Modus.Attack.Layers;

/// <summary>What a file of layers held.</summary>
/// <param name="Layers">The layers, in the order of the file.</param>
/// <param name="Given">Technique entries in the file's layers.</param>
/// <param name="Skipped">Those that could not be read; they are kept in their layer's <see cref="Layer.Others"/>.</param>
/// <param name="Problems">What was wrong, repaired or kept aside.</param>
public sealed record LayerReadResult(IReadOnlyList<Layer> Layers, int Given, int Skipped, IReadOnlyList<Problem> Problems)
{
    /// <summary>Technique entries that were read: given less skipped.</summary>
    public int Used => Given - Skipped;
}

/// <summary>Reads Navigator layers of every format from 1.0 to 4.5, one a file or a list of them.</summary>
/// <remarks>Wrong types are repaired where the meaning is plain, else kept aside; nothing is lost, and each repair is told.</remarks>
public static class LayerReader
{
    /// <summary>Largest file that is read, in bytes; the largest published layers have less than one megabyte.</summary>
    public const int MaxBytes = 64 * 1024 * 1024;

    /// <summary>Deepest nesting that is read; the format itself has five levels.</summary>
    public const int MaxDepth = 48;

    internal static JsonDocumentOptions Options { get; } = new() { MaxDepth = MaxDepth };

    private static readonly JsonDocumentOptions lenient =
        new() { MaxDepth = MaxDepth, AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    /// <summary>Reads a file. A file that cannot be opened is a problem, not an exception.</summary>
    public static LayerReadResult ReadFile(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            return Read(stream, path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return Nothing(new Problem(LayerCodes.CannotOpen, error.Message, path, Fix: "check the path and its permissions"));
        }
    }

    /// <summary>Reads a stream to its end, up to <see cref="MaxBytes"/>.</summary>
    /// <param name="stream">The bytes; the caller closes it.</param>
    /// <param name="file">The name that problems carry.</param>
    public static LayerReadResult Read(Stream stream, string file = "")
    {
        ArgumentNullException.ThrowIfNull(stream);
        using var buffer = new MemoryStream();
        var block = new byte[81920];
        for (int count; (count = stream.Read(block)) > 0;)
        {
            if (buffer.Length + count > MaxBytes)
                return Nothing(new Problem(LayerCodes.NotJson, $"larger than {MaxBytes / (1024 * 1024)} MiB", file, Fix: "split the file"));
            buffer.Write(block, 0, count);
        }
        return Read(buffer.GetBuffer().AsMemory(0, (int)buffer.Length), file);
    }

    /// <summary>Reads bytes: UTF-8 with or without a mark, or UTF-16 with one.</summary>
    public static LayerReadResult Read(ReadOnlyMemory<byte> bytes, string file = "")
    {
        var problems = new LayerProblems(file);
        var text = LayerText.Clean(bytes, problems);
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(text, Options);
        }
        catch (JsonException first)
        {
            try
            {
                document = JsonDocument.Parse(text, lenient);
                problems.Add(LayerCodes.TextRepaired, "$", "trailing commas or comments are not JSON; read all the same", "remove them", first.LineNumber + 1);
            }
            catch (JsonException error)
            {
                return Nothing(new Problem(LayerCodes.NotJson, $"not JSON that can be read: {Plain(error)}", file, (int)(error.LineNumber ?? 0) + 1,
                    $"give a whole JSON file, nested {MaxDepth} levels at most"));
            }
        }
        using (document) return ReadRoot(document.RootElement, problems);
    }

    /// <summary>Whether a JSON object is a layer: it names a layer's domain or itself, and has entries or states a layer format.</summary>
    /// <remarks>Sighting reports also have <c>techniques[].techniqueID</c>, but neither name nor domain.</remarks>
    public static bool IsLayer(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object) return false;
        var named = IsText(element, "domain") || IsText(element, "name");
        var annotated = element.TryGetProperty("techniques", out var entries) && entries.ValueKind == JsonValueKind.Array;
        var stated = element.TryGetProperty("versions", out var versions) && versions.ValueKind == JsonValueKind.Object && versions.TryGetProperty("layer", out _);
        return named && (annotated || stated || IsText(element, "domain") && element.TryGetProperty("gradient", out _));
    }

    private static bool IsText(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String;

    private static LayerReadResult ReadRoot(JsonElement root, LayerProblems problems)
    {
        var reading = new LayerReading(problems);
        if (root.ValueKind != JsonValueKind.Array) reading.Read(root, "$");
        else
        {
            var index = 0;
            foreach (var element in root.EnumerateArray()) reading.Read(element, $"$[{index++}]");
        }
        return new LayerReadResult(reading.Layers, reading.Given, reading.Skipped, problems.ToList());
    }

    private static LayerReadResult Nothing(Problem problem) => new([], 0, 0, [problem]);

    /// <summary>The parser's message without its own closing words on path and line.</summary>
    private static string Plain(JsonException error)
    {
        var end = error.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        var path = error.Message.IndexOf(" Path:", StringComparison.Ordinal);
        if (path >= 0 && path < end) end = path;
        return end > 0 ? error.Message[..end] : error.Message;
    }
}
