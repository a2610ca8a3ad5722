using System.Text;
using System.Text.Json;
using Modus.Attack.Layers;
using Modus.Casework.Inputs;

namespace Modus.Casework.Mappings;

/// <summary>
/// Reads mappings that others made: Navigator layers, STIX, CSV and TSV tables, TRAM's JSON, and lines of JSON.
/// The content decides what a file is, never its name.
/// </summary>
public static class MappingFile
{
    /// <summary>Statements taken from one file.</summary>
    public const int Most = 1_000_000;

    // A file is read whole, since JSON of either kind has to be.
    private const int LargestFile = 256 << 20;

    private static readonly JsonDocumentOptions whole = new() { MaxDepth = 64, CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>Reads a file. Bad content is a problem, never an exception.</summary>
    /// <param name="path">Where it lies.</param>
    /// <param name="name">What problems and mappings call it.</param>
    public static MappingReading Read(string path, string name)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(name);
        try
        {
            var file = new InputFile(path, new FileInfo(path).Length);
            using var stream = BoundedInput.OpenUtf8(file, InputLimits.Default);
            return ReadText(ReadBounded(stream), name);
        }
        catch (InvalidDataException problem)
        {
            return Failed(new CaseProblem(CaseProblemCodes.BadCompression, problem.Message, name));
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return Failed(new CaseProblem(MappingCodes.CannotRead, $"the file cannot be read: {problem.Message}", name, Fix: "check the path"));
        }
    }

    /// <summary>Reads a text.</summary>
    /// <param name="text">The content.</param>
    /// <param name="name">What problems and mappings call it.</param>
    public static MappingReading ReadText(string text, string name)
    {
        ArgumentNullException.ThrowIfNull(text);
        text = text.TrimStart('\uFEFF');
        var first = text.AsSpan().TrimStart();
        if (first.IsEmpty) return Failed(new CaseProblem(CaseProblemCodes.EmptyFile, "the file is empty", name));
        if (first[0] is not ('{' or '[')) return CsvMappings.Read(text, name);
        try
        {
            using var document = JsonDocument.Parse(text, whole);
            return OfJson(document.RootElement, text, name);
        }
        catch (JsonException problem)
        {
            // Several values one after another are lines of JSON; anything else is damaged.
            var lines = LineMappings.Read(text, name);
            return lines.Mappings.Count > 0 ? lines
                : Failed(new CaseProblem(MappingCodes.NoMappings, $"damaged JSON: {problem.Message}", name, Place(problem), "give a layer, STIX, TRAM JSON, or one JSON object a line"));
        }
    }

    private static MappingReading OfJson(JsonElement root, string text, string name)
    {
        if (TramMappings.IsTram(root)) return TramMappings.Read(root, name);
        if (root.ValueKind == JsonValueKind.Object && LineMappings.IsMapping(root)) return LineMappings.Read(text, name);
        if (root.ValueKind == JsonValueKind.Array && root.EnumerateArray().Any(LineMappings.IsMapping)) return LineMappings.ReadArray(root, name);
        var bytes = Encoding.UTF8.GetBytes(text);
        if (StixMappings.IsStix(root)) return StixMappings.Read(bytes, name);
        if (LayerReader.IsLayer(root) || root.ValueKind == JsonValueKind.Array && root.EnumerateArray().Any(LayerReader.IsLayer)) return LayerMappings.Read(bytes, name);
        return Failed(new CaseProblem(
            MappingCodes.NoMappings, "the JSON is no layer, no STIX, no TRAM export and holds no mappings", name,
            Fix: "see the formats with: modus map agree --help"));
    }

    private static string? Place(JsonException problem) => problem.LineNumber is { } line ? FormattableString.Invariant($"line {line + 1}") : null;

    private static MappingReading Failed(CaseProblem problem) => new([], "", 0, [problem]);

    private static string ReadBounded(Stream stream)
    {
        using var reader = new StreamReader(stream, new UTF8Encoding(false, throwOnInvalidBytes: false));
        var text = new StringBuilder();
        var buffer = new char[1 << 14];
        for (int read; (read = reader.Read(buffer)) > 0;)
        {
            text.Append(buffer, 0, read);
            if (text.Length > LargestFile) throw new InvalidDataException(FormattableString.Invariant($"larger than {LargestFile >> 20} MiB"));
        }
        return text.ToString();
    }
}
