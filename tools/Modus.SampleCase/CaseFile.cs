using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace Modus.SampleCase;

/// <summary>One file of the case.</summary>
public sealed record CaseFile(string Path, byte[] Bytes)
{
    public static CaseFile Text(string path, string text) => new(path, Encoding.UTF8.GetBytes(text));

    public static byte[] Json(Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, NewLine = "\n" })) write(json);
        stream.WriteByte((byte)'\n');
        return stream.ToArray();
    }

    public static byte[] Gzip(byte[] bytes)
    {
        using var stream = new MemoryStream();
        using (var gzip = new GZipStream(stream, CompressionLevel.SmallestSize, leaveOpen: true)) gzip.Write(bytes);
        return stream.ToArray();
    }
}

/// <summary>The label of one event: its number in the file, from 1, and the entry of the storyline that it belongs to.</summary>
internal readonly record struct Label(int Number, string Story);

/// <summary>What a log file holds, for the file beside it.</summary>
internal sealed record Truth(int Records, IReadOnlyList<Label> Labels)
{
    /// <summary>Records that a reader skips, with the reason.</summary>
    public IReadOnlyList<(string Reason, int Count)> Skipped { get; init; } = [];

    /// <summary>Further figures.</summary>
    public IReadOnlyList<(string Name, string Value)> Facts { get; init; } = [];

    public CaseFile ToFile(string of) => new($"expected/{of}.expected.json", CaseFile.Json(json =>
    {
        json.WriteStartObject();
        json.WriteNumber("records", Records);
        json.WriteNumber("malicious", Labels.Count);
        json.WriteStartArray("skipped");
        foreach (var (reason, count) in Skipped)
        {
            json.WriteStartObject();
            json.WriteString("reason", reason);
            json.WriteNumber("count", count);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        foreach (var (name, value) in Facts) json.WriteString(name, value);
        json.WriteStartArray("events");
        foreach (var group in Labels.GroupBy(label => label.Story).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            json.WriteStartObject();
            json.WriteString("label", group.Key);
            json.WriteNumber("count", group.Count());
            json.WriteStartArray("techniques");
            foreach (var technique in Story.Storyline.TechniquesOf(group.Key)) json.WriteStringValue(technique);
            json.WriteEndArray();
            json.WriteString("numbers", Ranges(group.Select(label => label.Number)));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }));

    /// <summary>"3-5,9": numbers in order, neighbours drawn together.</summary>
    public static string Ranges(IEnumerable<int> numbers)
    {
        var text = new StringBuilder();
        var sorted = numbers.Order().ToArray();
        for (var i = 0; i < sorted.Length;)
        {
            var end = i;
            while (end + 1 < sorted.Length && sorted[end + 1] == sorted[end] + 1) end++;
            if (text.Length > 0) text.Append(',');
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"{sorted[i]}");
            if (end > i) text.Append(System.Globalization.CultureInfo.InvariantCulture, $"-{sorted[end]}");
            i = end + 1;
        }

        return text.ToString();
    }
}
