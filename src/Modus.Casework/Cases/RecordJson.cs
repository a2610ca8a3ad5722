using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Modus.Casework.Cases;

/// <summary>JSON of records by hand: one spelling for one content, and errors that name the member.</summary>
internal static class RecordJson
{
    private const string TimeForm = "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'";
    private static readonly JsonWriterOptions plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The content of a record as the store takes it.</summary>
    public static JsonElement BodyOf(ICaseRecord record)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer, plain))
        {
            json.WriteStartObject();
            record.Write(json);
            json.WriteEndObject();
        }
        var reader = new Utf8JsonReader(buffer.WrittenSpan);
        return JsonElement.ParseValue(ref reader);
    }

    public static string TextOf(DateTimeOffset time) => time.UtcDateTime.ToString(TimeForm, CultureInfo.InvariantCulture);

    public static void Text(this Utf8JsonWriter json, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value)) json.WriteString(name, value);
    }

    public static void Time(this Utf8JsonWriter json, string name, DateTimeOffset? value)
    {
        if (value is { } time) json.WriteString(name, TextOf(time));
    }

    public static void Word<T>(this Utf8JsonWriter json, string name, T value)
        where T : struct, Enum => json.WriteString(name, WordOf(value));

    public static void Number(this Utf8JsonWriter json, string name, long? value)
    {
        if (value is { } number) json.WriteNumber(name, number);
    }

    public static void Number(this Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number) json.WriteNumber(name, Math.Round(number, 6));
    }

    public static void Flag(this Utf8JsonWriter json, string name, bool value)
    {
        if (value) json.WriteBoolean(name, value);
    }

    public static void Texts(this Utf8JsonWriter json, string name, IReadOnlyList<string> values)
    {
        if (values.Count == 0) return;
        json.WriteStartArray(name);
        foreach (var value in values) json.WriteStringValue(value);
        json.WriteEndArray();
    }

    public static void Objects<T>(this Utf8JsonWriter json, string name, IReadOnlyList<T> values, Action<Utf8JsonWriter, T> write)
    {
        if (values.Count == 0) return;
        json.WriteStartArray(name);
        foreach (var value in values)
        {
            json.WriteStartObject();
            write(json, value);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    public static string WordOf<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();

    public static string? Text(this JsonElement body, string name) => new RecordBody(body).Text(name);

    /// <summary>Text that may be missing, and is empty then.</summary>
    public static string TextOrEmpty(this JsonElement body, string name) => body.Text(name) ?? "";

    public static DateTimeOffset? Time(this JsonElement body, string name) => new RecordBody(body).Time(name);

    public static T Word<T>(this JsonElement body, string name, T missing)
        where T : struct, Enum => new RecordBody(body).Word(name, missing);

    public static long? Whole(this JsonElement body, string name) => new RecordBody(body).Whole(name);

    public static double? Real(this JsonElement body, string name) => new RecordBody(body).Real(name);

    public static bool Flag(this JsonElement body, string name) => new RecordBody(body).Flag(name);

    public static IReadOnlyList<string> Texts(this JsonElement body, string name) => new RecordBody(body).Texts(name);

    public static IReadOnlyList<T> Objects<T>(this JsonElement body, string name, Func<JsonElement, T> read) => new RecordBody(body).Objects(name, read);
}
