using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Modus.Cli.Shell;

/// <summary>JSON by hand: deterministic, without reflection, so that the trimmed program writes what the tests saw.</summary>
internal static class Json
{
    // Relaxed: the output is JSON, not HTML; only what JSON itself demands is escaped.
    private static readonly JsonWriterOptions compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonWriterOptions indented = compact with { Indented = true, NewLine = "\n" };

    /// <summary>One JSON value on one line.</summary>
    public static string Of(Action<Utf8JsonWriter> write) => Write(write, compact);

    /// <summary>One JSON value over several lines, two blanks a level.</summary>
    public static string Indented(Action<Utf8JsonWriter> write) => Write(write, indented);

    /// <summary>As <see cref="Indented(Action{Utf8JsonWriter})"/>, written piece by piece and with a line end.</summary>
    public static void Indented(TextWriter to, Action<Utf8JsonWriter> write)
    {
        var sink = new JsonSink(to);
        using (var json = new Utf8JsonWriter(sink, indented)) write(json);
        sink.Drain();
        to.WriteLine();
    }

    public static void WriteMember(Utf8JsonWriter json, string key, object? value)
    {
        json.WritePropertyName(key);
        WriteValue(json, value);
    }

    public static void WriteValue(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null: json.WriteNullValue(); break;
            case string text: json.WriteStringValue(text); break;
            case bool flag: json.WriteBooleanValue(flag); break;
            case int number: json.WriteNumberValue(number); break;
            case long number: json.WriteNumberValue(number); break;
            case double number when double.IsFinite(number): json.WriteNumberValue(Math.Round(number, 6)); break;
            case double: json.WriteNullValue(); break;
            case IEnumerable<string> list:
                json.WriteStartArray();
                foreach (var item in list) json.WriteStringValue(item);
                json.WriteEndArray();
                break;
            default: json.WriteStringValue(Values.Text(value)); break;
        }
    }

    private static string Write(Action<Utf8JsonWriter> write, JsonWriterOptions options)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, options)) write(json);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
